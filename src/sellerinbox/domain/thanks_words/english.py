"""Thank-yous in English."""

from __future__ import annotations

from sellerinbox.domain.thanks_words.form import ThanksWords

EN = ThanksWords(
    thanks="""
        thank you, thank u, thankyou, thanks, thank you so much, thank you very much, many thanks, thanks so much, thanks a lot,
        thanks a million, thanks a bunch, thanks again, thank you again, thank you kindly, big thanks, thanks very much, thx, tnx, thnx,
        thanx, ty, tysm, tyvm, cheers, ta, much appreciated, i appreciate it, appreciate it, i really appreciate it, appreciate the help,
        i appreciate the help, appreciate your help, really appreciate it, i appreciate your help, i really appreciate your help,
        much obliged, appreciated, i appreciate that, i am grateful, i'm grateful, very grateful
    """,
    beside="""
        ok, okay, k, oki, okey, great, perfect, excellent, brilliant, lovely, awesome, fantastic, wonderful, amazing, super, superb, cool,
        nice, good, very good, fine, sounds good, all good, all is well, that's great, that is great, thats great, that's fine,
        that is fine, that's perfect, that is perfect, that's good, that's kind, that's very kind, really kind, kind of you,
        very kind of you, so kind of you, really kind of you, that was quick, that was fast, so quick, so fast, very kind, so kind,
        you are very kind, you're very kind, you are the best, you're the best, you're a star, you are a star, great service,
        excellent service, great seller, great communication, great news, good news, happy, very happy, so happy, i'm happy, i am happy,
        i'm very happy, alright, all right, wow, oh, ah, understood, noted, got it, i got it, received, received it, i received it,
        received today, i have received it, it arrived, it has arrived, it's arrived, arrived today, it arrived today,
        it arrived this morning, it arrived safely, parcel arrived, parcel arrived today, the parcel arrived, the parcel has arrived,
        parcel received, package arrived, the package arrived, package received, arrived safely, item received, refund received,
        received the refund, i received the refund, i got the refund, got the refund, money received, it works, it works now, works now,
        it works great, it works perfectly, works great, works perfectly, all sorted, sorted, problem solved, solved, no problem,
        no problem at all, no worries, no rush, no hurry, take your time, i can wait, i'll wait, i will wait, will wait, happy to wait,
        i am happy to wait, i'm happy to wait, i will be waiting, i'll wait to hear from you, i will wait to hear from you,
        looking forward to it, have a nice day, have a great day, have a good day, have a lovely day, have a good one,
        have a nice weekend, have a nice week end, have a good week end, have a good weekend, have a great weekend, have a lovely weekend,
        enjoy your weekend, nice weekend, good weekend, good night, good evening, good morning, good afternoon, good day, take care,
        all the best, best wishes, best regards, kind regards, warm regards, regards, best, with kind regards, sincerely, yours sincerely,
        bye, goodbye, you too, and you too, same to you, to you too, and to you, to you, hi, hello, hey, dear, hi there, hello there, sir,
        madam, mate, friend, my friend, dear friend, seller, dear seller, dear sir, guys, team, buddy, love, and, then, now, so, very,
        indeed, really, again, it's ok, it is ok, its ok, it's fine, god bless, bless you, well done, keep it up, xx, xxx, x
    """,
    what_for="for",
    gifts="""
        the, your, you, my, all, all your, all the, so, such, a, an, very, quick, fast, prompt, speedy, swift, rapid, kind, friendly,
        nice, good, great, excellent, amazing, wonderful, lovely, super, reply, replies, response, answer, answering, replying,
        responding, message, messages, email, mail, help, helping, helping me, assistance, support, service, customer service, info,
        information, update, updates, updating me, news, explanation, explaining, clarification, advice, tip, tips, delivery, shipping,
        dispatch, postage, refund, full refund, partial refund, replacement, item, product, parcel, understanding, time, patience, effort,
        efforts, trouble, kindness, honesty, generosity, attention, communication, confirmation, confirming, checking, looking into it,
        looking into this, looking into that, looking, letting me know, getting back, getting back to me, sorting it, sorting this,
        sorting it out, sorting this out, sorting that out, sorting, out, so fast, so quickly, quickly, dealing with it, dealing with this,
        resolving this, resolving it, solving this, solving it, solving the problem, fixing it, fixing this, taking care of it,
        taking care of this, taking care of that, taking care, being so kind, being so helpful, everything, it, that, this, today, too,
        again, and, back
    """,
    until=(
        "until, till, til, see you, see you on, talk to you, talk to you on, speak, speak on, talk, talk on, i'll wait until, i"
        " will wait until, i'll wait till, i will wait till, will wait until, can wait until, i can wait until, speak to you,"
        " speak to you on, hear from you, i'll wait to hear from you on, i will wait to hear from you on, hear from you on, until"
        " then, till then, see you then, talk then, on, look forward to, looking forward to"
    ),
    days=(
        "monday, tuesday, wednesday, thursday, friday, saturday, sunday, mon, tue, wed, thu, fri, sat, sun, tomorrow, next week,"
        " the weekend, then, on, the, of, soon, later, january, february, march, april, may, june, july, august, september,"
        " october, november, december, jan, feb, mar, apr, jun, jul, aug, sep, oct, nov, dec"
    ),
    to_name=(
        "hi, hello, hey, dear, thanks, thank you, many thanks, cheers, regards, best regards, kind regards, best wishes, all the"
        " best, best, sincerely, warm regards, thank you so much, thank you very much, thanks again, thanks so much, thanks a lot"
    ),
)
