"""The shop itself: repeatable, believable, complete, and large when asked."""

from __future__ import annotations

import json
import re
import tracemalloc
from collections import Counter

import pytest

from sellerinbox.simulator.scripts import duration, scripts
from sellerinbox.simulator.truth import conversation_json, order_json
from sellerinbox.simulator.world import World
from tests.simulator.client import START, SetClock


def _told(world: World) -> str:
    talks = [conversation_json(each) for each in world.conversations.values()]
    return json.dumps([talks, [order_json(each) for each in world.book.orders.values()]])


def test_the_same_seed_and_start_give_the_same_shop() -> None:
    worlds = [World(SetClock(), seed=seed, conversations=120) for seed in (3, 3, 4)]
    for world in worlds:
        world.send(next(iter(world.conversations.values())), "Hello")
        world.advance(86_400)

    assert _told(worlds[0]) == _told(worlds[1]) != _told(worlds[2])


def test_there_is_every_kind_of_conversation_in_five_languages() -> None:
    kinds = {(script.language, script.kind) for script in scripts()}

    assert len(scripts()) >= 40
    for language in ("en", "de", "zh", "fr", "es"):
        assert {kind for tongue, kind in kinds if tongue == language} >= {
            "where",
            "damaged",
            "wrong",
            "question",
            "thanks",
            "angry",
            "offplatform",
        }
    assert ("en", "notice") in kinds


def test_monday_morning_has_a_weekend_to_answer() -> None:
    world = World(SetClock())
    waiting = [each for each in world.conversations.values() if each.buyer and not each.latest.from_seller]
    over_the_weekend = [each for each in waiting if (START - each.latest.sent_at).total_seconds() < 62 * 3600]

    assert len(over_the_weekend) >= 20
    assert any(each.unread == 0 for each in waiting)
    assert len(world.conversations) - len(waiting) >= 15


def test_some_buyers_bought_the_same_thing_twice() -> None:
    world = World(SetClock())
    bought = Counter((order.buyer.username, line.item.listing_id) for order in world.book.orders.values() for line in order.lines)
    talking = {(each.other_party, each.item.listing_id) for each in world.conversations.values() if each.item}

    assert len([pair for pair, times in bought.items() if times > 1 and pair in talking]) >= 3


def test_no_hole_is_left_and_no_message_lies_ahead() -> None:
    world = World(SetClock(), conversations=500)
    hole = re.compile(r"\{\w+\}")
    for conversation in world.conversations.values():
        for post in conversation.posts:
            assert post.sent_at <= START
            assert not conversation.buyer or not hole.search(conversation.text(post))
        assert conversation.posts == sorted(conversation.posts, key=lambda post: post.sent_at)


def test_a_text_about_a_parcel_names_its_number() -> None:
    world = World(SetClock())
    parcel = next(each for each in world.conversations.values() if each.other_party == "brass_and_oak_71")

    assert parcel.order is not None
    assert parcel.order.parcels[0].number is not None
    assert parcel.order.parcels[0].number in parcel.text(parcel.posts[0])


def test_hosts_and_addresses_are_invented() -> None:
    world = World(SetClock(), conversations=300)
    everything = " ".join(each.text(post) for each in world.conversations.values() for post in each.posts)
    hosts = re.findall(r"https?://([\w.-]+)", everything) + re.findall(r"@([\w-]+\.\w+)", everything)

    assert hosts
    assert all(host.endswith(".example") or host == "www.w3.org" for host in hosts)
    assert all(order.buyer.email.endswith(".example") for order in world.book.orders.values())


def test_as_many_as_asked_for_all_different() -> None:
    small, large = World(SetClock(), conversations=5), World(SetClock(), conversations=2000)

    assert len(small.conversations) == 5
    assert len(large.conversations) == 2000
    ids = [post.id for each in large.conversations.values() for post in each.posts]
    assert len(ids) == len(set(ids))
    assert len({each.other_party for each in large.conversations.values()}) > 1800
    assert sum(each.status == "ARCHIVED" for each in large.conversations.values()) > 100


def test_copies_share_their_texts() -> None:
    """A hundred thousand conversations must fit into a small machine: about 2 kB each, not ten."""
    World(SetClock(), conversations=1)
    tracemalloc.start()
    world = World(SetClock(), conversations=1000)
    each = tracemalloc.get_traced_memory()[0] / len(world.conversations)
    tracemalloc.stop()

    assert each < 5000


def test_a_quiet_shop_does_nothing_by_itself() -> None:
    quiet, lively = World(SetClock(), quiet=True), World(SetClock())
    before = _told(quiet)
    for world in (quiet, lively):
        world.advance(30 * 86_400)

    assert _told(quiet) == before
    assert _told(lively) != before


@pytest.mark.parametrize("text", ["", "2", "d", "2w", "1d x"])
def test_a_length_of_time_that_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="length of time"):
        duration(text)
