"""What a buyer may be called: whoever is known by his user name alone may be greeted by any name."""

from __future__ import annotations

from sellerinbox.domain.text import clean
from sellerinbox.inbox import Inbox
from sellerinbox.store.database import Store
from tests.inbox.test_triage import ANN, BOB, DAN
from tests.store.making import ACCOUNT, at, key, ours, theirs, thread


def stopped(inbox: Inbox, who: object, text: str) -> bool:
    return any(found.rule == "template.wrong_name" for found in inbox.replies.check(who, clean(text)))  # type: ignore[arg-type]


def test_a_user_name_tells_no_name(inbox: Inbox) -> None:
    assert not stopped(inbox, ANN, "Hello Petra, it is on its way.")


def test_a_name_used_before_is_his_and_no_other(inbox: Inbox, store: Store) -> None:
    store.threads.save_page(ACCOUNT, [thread(ours("d3", 5, "Hello Petra, yes."), remote_id="dan", buyer="dan")], cursor=None, at=at(9))
    assert not stopped(inbox, DAN, "Hello Petra, it is on its way.")
    assert not stopped(inbox, DAN, "Hello Dan, it is on its way.")
    assert stopped(inbox, DAN, "Hello Bertram, it is on its way.")
    assert not stopped(inbox, BOB, "Hello Bertram, it is on its way.")


def test_a_signature_is_a_name_too(inbox: Inbox, store: Store) -> None:
    arrived = thread(ours("e1", 5, "Hello Petra, yes."), theirs("e2", 6, "Thanks!\nBest wishes, Nell"), remote_id="eve", buyer="eve")
    store.threads.save_page(ACCOUNT, [arrived], cursor=None, at=at(9))
    assert not stopped(inbox, key("eve"), "Hello Nell, good.")
    assert stopped(inbox, key("eve"), "Hello Bertram, good.")
