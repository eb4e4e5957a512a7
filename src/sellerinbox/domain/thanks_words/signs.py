"""Emoji of thanks, and words that are no names."""

from __future__ import annotations

THANKFUL_SIGNS = frozenset("🙏👍👌❤💕💖💗💙💚💛🧡💜😍🥰😊🤝👏💐🌹🫶🤗☺♥💯🎉")
"""Say thank you by themselves."""
FRIENDLY_SIGNS = frozenset("🙂😀😄😃😁😅😉😎✨🌸🌷🌺⭐🌟💪😘😇🎊🥳🫡✅✔🌞☀🍀🎁🎄")
"""May stand beside it. Any other sign (🙄 👎 😡) makes it "no"."""
NOT_NAMES = """
        aber address adresse again amazon and anwalt asap betrug bitte broken but cancel case defekt delivery devolución dhl ebay ersatz
        erstattung except factura fake fall falsch fehler fehlt finally for fraud für geld help hermes hilfe how however if invoice joke
        kaputt klage late lawyer leider liar lieferung mais missing money nada nein never nichts no non not nothing now number nummer nur
        only paypal pero please police polizei rechnung reembolso refund reklamation remboursement replacement retour return rien rückgabe
        sadly scam seriously shipping still stornieren storno today tracking und unless until urgent useless versand wann warum was wenn
        what whatever when where who why wie wo wrong
    """
"""Words that are never taken for a buyer's name."""
