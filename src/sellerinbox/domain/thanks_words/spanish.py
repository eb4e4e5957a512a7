"""Thank-yous in Spanish."""

from __future__ import annotations

from sellerinbox.domain.thanks_words.form import ThanksWords

ES = ThanksWords(
    thanks="""
        gracias, muchas gracias, muchísimas gracias, mil gracias, gracias a usted, gracias a ti, gracias a vosotros, gracias a ustedes,
        muchas gracias a usted, se lo agradezco, se lo agradezco mucho, te lo agradezco, te lo agradezco mucho, le agradezco mucho,
        muy agradecido, muy agradecida, agradecido, agradecida, grcs, un millón de gracias, infinitas gracias, le doy las gracias
    """,
    beside="""
        ok, okay, vale, perfecto, genial, estupendo, excelente, fantástico, fenomenal, muy bien, bien, todo bien, todo perfecto,
        todo correcto, todo ok, de acuerdo, entendido, listo, super, súper, guay, muy amable, es usted muy amable, muy amables, qué bien,
        que bien, me alegro, recibido, ya llegó, ya ha llegado, ha llegado, llegó bien, ya lo recibí, lo recibí, ya lo he recibido,
        lo he recibido, paquete recibido, reembolso recibido, dinero recibido, funciona, ya funciona, funciona perfectamente, solucionado,
        no hay problema, sin problema, ningún problema, no pasa nada, no se preocupe, no hay prisa, sin prisa, espero, esperaré,
        yo espero, buen día, buenos días, buenas tardes, buenas noches, buenas, buen fin de semana, feliz día, feliz fin de semana,
        que tenga buen día, que tenga un buen día, que pase un buen día, igualmente, a usted también, hola, un saludo, saludos,
        saludos cordiales, cordiales saludos, atentamente, un abrazo, adiós, y, entonces, pues, muy, también, de nuevo, otra vez,
        nuevamente, estimado, estimada, señor, señora, amigo
    """,
    what_for="por",
    gifts="""
        su, tu, sus, la, el, los, las, todo, toda, ayuda, respuesta, respuestas, rápida, rápido, pronta, rapidez, atención, amabilidad,
        información, info, servicio, paciencia, comprensión, tiempo, mensaje, envío, reembolso, devolución, gestión, avisar, avisarme,
        responder, contestar, contestarme, responderme, informar, informarme, confirmar, la rapidez, interés, preocuparse, solucionarlo,
        resolverlo, tan, y, eficacia, seriedad, profesionalidad
    """,
    until="hasta, espero hasta, esperaré hasta, nos vemos, hablamos",
    days=(
        "lunes, martes, miércoles, jueves, viernes, sábado, domingo, mañana, luego, pronto, entonces, el, la próxima semana,"
        " próximo, enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre, de"
    ),
    to_name="hola, saludos, un saludo, atentamente, saludos cordiales, estimado, estimada, señor, señora",
)
