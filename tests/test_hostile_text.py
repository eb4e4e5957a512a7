"""What strangers write acts on no terminal, from whatever command, pane or screen it is read (faults.md, I8 and section 9)."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from sellerinbox.cli.main import main
from sellerinbox.config import load, paths
from sellerinbox.domain.clock import SystemClock
from sellerinbox.domain.errors import GuardBlocked
from sellerinbox.domain.messages import Attachment, Message, RemoteConversation, Thread
from sellerinbox.domain.models import Direction, Kind
from sellerinbox.domain.orders import Address, Order, OrderLine, Shipment, TrackingEvent
from sellerinbox.domain.text import clean, marked
from sellerinbox.services import open_inbox
from sellerinbox.services.log import log_to
from sellerinbox.sync.events import Done, Elsewhere, Problem, Progress
from sellerinbox.tui.app import SellerInboxApp
from sellerinbox.tui.text import fit
from sellerinbox.tui.widgets.conversation_list import ConversationList
from tests import hostile
from tests.e2e.terminal import Terminal
from tests.hostile import ANSWERED, ATTACKS, INSIDE, Attack, check_printed, check_text, shows
from tests.marketplaces.ebay_shop import ACCOUNT, SECRETS, EbayShop
from tests.tui.conftest import Desk, until

Run = Callable[..., str]
NOWHERE = "http://127.0.0.1:9"
"""The account's marketplace for whoever does not go through `shop`: nobody listens there."""
REFUSED = ("sTA015",)
"""Order numbers that no marketplace would give: cleaned, they could be another order's. They are not taken, and that is told."""
SIZES = ((80, 24), (120, 40))
IN_DIALOGS = {SIZES[0]: ("own-long-name", "own-variable"), SIZES[1]: ("own-markup-name",)}
"""Each key through a dialog costs a tenth of a second, so few go this way; `literal` is the same for all."""
STEPS = (
    ("c", "CannedScreen"),
    ("down", "CannedScreen"),
    ("tab", "ReplyScreen"),
    ("escape", "InboxScreen"),
    ("y", "InboxScreen"),
    ("B", "Choose"),
    ("enter", "AskText"),
    ("enter", "Confirm"),
    ("y", "Confirm"),
    ("n", "InboxScreen"),
    ("B", "Confirm"),
    ("y", "InboxScreen"),
)
"""Keys through the dialogs, each with the screen it leads to."""
HOME = "waiting for an answer"
STEPS_THERE = (
    ("g", "Go to"),
    ("b", "Blocked buyers"),
    ("escape", HOME),
    ("g", "Go to"),
    ("o", "Outbox"),
    ("escape", HOME),
    ("/", "Search"),
    ("Question", "Found"),
    ("escape", HOME),
    ("O", "order number, tracking number"),
    ("no-own", "own-title"),
    ("escape", HOME),
    ("c", "find a reply"),
    ("escape", HOME),
)
"""Keys in the real program, each with words that show where it leads."""
NASTY = next(attack for attack in INSIDE if attack.id == "own-c1-name")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, EbayShop]:
    """A home into which every attack has come, all the way from eBay's JSON, by the program's own sync."""
    home = tmp_path_factory.mktemp("hostile") / "home"
    shop = hostile.shop_with(INSIDE)
    with pytest.MonkeyPatch.context() as patch:
        connect(patch, shop)
        assert (
            main(["--home", str(home), "account", "add", ACCOUNT.name, "--marketplace", "ebay", "--base-url", NOWHERE, "--from-env"]) == 0
        )
        assert main(["--home", str(home), "sync"]) == 1  # an order's number was refused, and that is told
    return home, shop


def connect(patch: pytest.MonkeyPatch, shop: EbayShop) -> None:
    for name, value in SECRETS.items():
        patch.setenv(ACCOUNT.variable(name), value)
    patch.setattr("sellerinbox.marketplaces.adapter", lambda _: lambda account, secrets, clock: shop.open())


@pytest.fixture
def home(stored: tuple[Path, EbayShop], tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(stored[0], tmp_path / "home"))


@pytest.fixture
def run(home: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command; both its streams are checked, whatever it says. Returns what it printed."""

    def command(*words: str) -> str:
        capsysbinary.readouterr()
        main(["--home", str(home), *words])
        printed = capsysbinary.readouterr()
        where = ascii(words)
        return check_printed(printed.out, where) + check_printed(printed.err, where)

    return command


COMMANDS = [
    ("list", "--limit", "200"),
    ("list", "--view", "unread"),
    ("list", "Question"),
    ("search", "Question"),
    ("search", "word line must stay"),
    ("order", "no-own"),
    ("order", "Pot"),
    ("outbox",),
    ("blocked",),
    ("replies",),
    ("replies", "show", "wismo"),
    ("replies", "check"),
    ("account", "list"),
    ("doctor",),
    ("paths",),
    ("--help",),
]


@pytest.mark.parametrize("must", sorted({must for attack in ATTACKS for must in attack.must}))
def test_nothing_that_the_samples_ask_for_is_forgotten(must: str) -> None:
    if must == "csv_safe":
        pytest.skip(hostile.NO_CSV)
    assert must in hostile.CHECKED


def test_nothing_is_asked_for_because_of_a_message(stored: tuple[Path, EbayShop]) -> None:
    assert {request.url.host for request in stored[1].requests} == {"api.ebay.com", "apiz.ebay.com"}


def test_no_command_hands_anything_through(run: Run) -> None:
    run("block", str(NASTY.key), "--note", NASTY.payload)
    run("reply", str(NASTY.key), "--text", f"Hello {NASTY.payload}")
    for words in COMMANDS:
        run(*words)
        if words[0] != "--help":
            run(*words, "--json")


def test_a_list_has_a_row_for_each_conversation_and_straight_columns(run: Run) -> None:
    head, *rows = run("list", "--limit", "200").splitlines()
    assert len(rows) == len(INSIDE)
    for name in ("STATE", "LAST"):
        column = cell_len(head[: head.index(name)])
        for row in rows:
            left = next(text for end in range(len(row)) if cell_len(text := row[:end]) == column)
            assert left.endswith("  "), row


def test_each_conversation_is_readable_and_harmless_on_the_command_line(run: Run, tmp_path: Path) -> None:
    for attack in INSIDE:
        key = str(attack.key)
        text, whole, raw = run("show", key), run("show", key, "--json"), run("show", key, "--raw")
        assert raw.isascii(), attack
        found = json.loads(whole)
        if attack.field not in ("sku", "item_title", "carrier", "country", "order_id", "canned_var"):
            shows(text, attack, f"show {key}")
        elif attack.id not in REFUSED:
            shows(json.dumps(found["orders"], ensure_ascii=False), attack, f"show {key} --json")
        if "lossless" in attack.must:
            assert json.loads(raw)["messages"][0]["text"] == attack.payload, attack
        if "no_script_text" in attack.must:
            assert "x()" not in text
        if "warn" in attack.must:
            assert "⚠" in text, attack
            assert attack.field != "buyer_name" or "⚠" in row_of(run("list", "--limit", "200"), key), attack
        if "safe_file_name" in attack.must:
            [file] = found["messages"][0]["attachments"]
            saved = tmp_path / file["name"]
            saved.write_bytes(b"")  # a name that no system refuses
            assert saved.resolve().parent == tmp_path.resolve(), attack
            assert not file["name"].startswith((".", "-")), attack


def row_of(table: str, key: str) -> str:
    return next(line for line in table.splitlines() if line.startswith(f"{key} "))


def test_what_the_seller_types_is_not_repeated_as_it_came(run: Run) -> None:
    evil = "\x1b]0;owned\x07\x9b31m[/b]\u202e\ud83e"
    for words in (
        ("show", evil),
        ("show", f"{ACCOUNT.name}:{evil}"),
        ("list", "--view", evil),
        ("list", evil),
        (evil,),
        ("search", evil),
        ("order", evil),
        ("buyer", evil),
        ("buyer", evil, "--json"),
        ("block", evil, "--reason", evil),
        ("block", evil, "--note", evil),
        ("unblock", evil),
        ("blocked",),
        ("blocked", "--json"),
        ("reply", str(NASTY.key), "--canned", evil),
        ("reply", str(NASTY.key), "--canned", "wismo", "--set", evil),
        ("reply", str(NASTY.key), "--file", evil.replace("\ud83e", "")),
        ("replies", "show", evil),
        ("outbox", "cancel", evil),
        ("account", "test", evil),
    ):
        run(*words)


def test_acting_on_a_conversation_says_nothing_harmful(run: Run) -> None:
    for attack in INSIDE:
        if attack.field == "buyer_name":
            name = json.loads(run("show", str(attack.key), "--json"))["buyer"]["name"]
            for words in (("block",), ("blocked", "--json"), ("buyer",), ("unblock",), ("undo",)):
                run(*words, *({"block": [str(attack.key)], "unblock": [str(attack.key)], "buyer": [name]}.get(words[0], [])))
    for verb in ("read", "done", "reopen", "undo"):
        run(verb, *([] if verb == "undo" else [str(NASTY.key)]))


@pytest.mark.parametrize("attack", ANSWERED, ids=str)
def test_a_marketplaces_own_words_are_one_harmless_sentence_everywhere(
    stored: tuple[Path, EbayShop], home: Path, run: Run, attack: Attack, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = hostile.shop_with([])
    connect(monkeypatch, shop)
    shop.meddle = lambda request: None if "token" in request.url.path or "identity" in request.url.path else hostile.refusal(attack)
    told = run("sync")
    shows(told, attack, "sync")
    assert all(line.startswith(("sellerinbox: ", "0 new messages")) for line in told.splitlines()), told
    for line in run("sync", "--json").splitlines():
        assert line.startswith(("{", "sellerinbox: ")), line
    run("account", "list")
    run("account", "list", "--json")
    run("doctor")
    run("account", "test", ACCOUNT.name)
    run("reply", str(NASTY.key), "--text", "Good morning", "--wait")
    run("show", str(NASTY.key))
    run("outbox")
    run("outbox", "--json")
    log = load(paths(home, {}), {}).paths.log.read_text("utf-8")
    check_text(log, "the log")
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [A-Z]+ sellerinbox", line) for line in log.splitlines()), log


# -- the screen ----------------------------------------------------------------------------


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    config, clock = load(paths(home, {}), {}), SystemClock()
    desk = Desk(open_inbox(config, clock), config, clock)
    yield desk
    desk.inbox.close()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_pane_shows_every_attack_harmlessly(desk: Desk, size: tuple[int, int]) -> None:
    texts: dict[str, str] = {}
    async with desk.app().run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: pilot.app.inbox_screen.bottom.lines[0], "the lines at the bottom")
        for name in ("conversations", "thread", "order"):
            pilot.app.inbox_screen.to_pane(name)
            await pilot.pause()
            for attack in INSIDE:
                texts[attack.id] = texts.get(attack.id, "") + read_pane(pilot.app, name, attack)
    for attack in INSIDE:
        text = texts[attack.id]
        if attack.id not in REFUSED:
            shows(text, attack, str(size))
        assert "warn" not in attack.must or "⚠" in text, attack
        assert "no_script_text" not in attack.must or "x()" not in text, attack
        assert "visible_marker" not in attack.must or hostile.squeezed(attack.payload) in hostile.squeezed(text), attack


def read_pane(app: SellerInboxApp, name: str, attack: Attack) -> str:
    """What can be had of a conversation in one pane; each frame is checked."""
    screen, pane = app.inbox_screen, app.inbox_screen.query_one(f"#{name}")
    started = time.perf_counter()
    assert screen.list.show_key(attack.key), attack
    screen.follow()
    texts = [hostile.frame(app, f"{attack}, {name} at {app.size}")]
    if attack.bomb:
        assert (time.perf_counter() - started) * 1000 < attack.budget_ms * 3, (attack, name)
    if isinstance(pane, ConversationList):
        one_row_each(pane)
        return texts[0]
    for top in range(0, len(pane.lines) - pane.body_height, 1000 if attack.bomb else pane.body_height):
        pane.action_scroll_to(top)
        texts.append(hostile.frame(app, f"{attack}, {name} from {top} at {app.size}"))
    return "\n".join([*texts, pane.title])


def one_row_each(conversations: ConversationList) -> None:
    """Every conversation on the page takes its own rows and no more: each first line ends with its own due time."""
    for index, row in enumerate(conversations.rows):
        strips = [conversations.render_line(1 + index * conversations.row_height + part).text for part in range(conversations.row_height)]
        shown = fit(marked(row.buyer), 12).rstrip(" …")
        assert shown in strips[0], (row.buyer, strips)
        assert all(cell_len(strip) == conversations.size.width for strip in strips)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_other_screen_shows_them_harmlessly(desk: Desk, size: tuple[int, int]) -> None:
    for attack in INSIDE:
        if attack.field == "buyer_name":
            buyer = desk.inbox.conversations.row(attack.key).buyer
            desk.inbox.buyers.block(ACCOUNT.name, buyer, "abuse", f"note {attack.payload[:200]}", attack.key)
        if attack.field in ("body", "canned_var") and not attack.bomb:
            refused_reply(desk, attack)
    async with desk.app().run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: pilot.app.inbox_screen.bottom.lines[0], "the lines at the bottom")
        for name in ("outbox", "blocked"):
            pilot.app.open_screen(name)
            await walk(pilot, f"{name} {size}")
        for name, query in (("search", "Question"), ("search", "end"), ("orders", "no-own"), ("orders", "Pot"), ("orders", "[b]12[/b]")):
            pilot.app.open_screen(name)
            await pilot.pause()
            pilot.app.screen.query_one(Input).value = query
            await walk(pilot, f"{name} {query} {size}")


def refused_reply(desk: Desk, attack: Attack) -> None:
    """A reply in which the attack stands, refused with it; unless our own guard stops it."""
    with suppress(GuardBlocked):
        reply = desk.inbox.replies.queue(attack.key, f"{attack.id} {attack.payload}", undo_seconds=60, accept_warnings=True)
        outbox = desk.inbox.files.store.outbox
        claimed = outbox.claim_next(ACCOUNT.name, reply.not_before)
        outbox.mark_rejected(claimed.id, f"eBay refused: {attack.payload}")


async def walk(pilot: Pilot[Any], where: str) -> None:
    """Through a list screen from its top to its end, and back."""
    await pilot.pause()
    pane = pilot.app.screen.pane
    assert pane.lines, where
    for _ in range(0, len(pane.lines), 10):
        hostile.frame(pilot.app, where)
        pane.action_move(10)
        await pilot.pause()
    hostile.frame(pilot.app, where)
    pilot.app.screen.dismiss(None)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_dialog_shows_them_harmlessly(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.app().run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: pilot.app.inbox_screen.bottom.lines[0], "the lines at the bottom")
        for attack in (each for each in INSIDE if each.id in IN_DIALOGS[size]):
            pilot.app.inbox_screen.list.show_key(attack.key)
            for key, leads_to in STEPS if attack.is_name else STEPS[:5]:
                await pilot.press(key)
                await until(pilot, lambda wanted=leads_to: type(pilot.app.screen).__name__ == wanted, f"{leads_to} after {key}")
                hostile.frame(pilot.app, f"{attack}, {key} at {size}")


async def test_a_draft_made_of_attacks_is_harmless_in_the_reply_box(desk: Desk) -> None:
    desk.inbox.replies.save_draft(NASTY.key, "\n".join(attack.payload[:400] for attack in INSIDE))
    async with desk.app().run_test(size=SIZES[0], notifications=True) as pilot:
        await until(pilot, lambda: pilot.app.inbox_screen.bottom.lines[0], "the lines at the bottom")
        pilot.app.inbox_screen.list.show_key(NASTY.key)
        await pilot.press("r")
        area = pilot.app.screen.query_one(TextArea)
        for line in range(0, area.document.line_count, 8):
            area.move_cursor((line, 0))
            hostile.frame(pilot.app, f"line {line} of the draft")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_news_toasts_and_the_status_line_are_harmless(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.app().run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: pilot.app.feed, "the sync process")
        for attack in (*ANSWERED, *(each for each in INSIDE if each.field in ("buyer_name", "tracking_no", "item_title"))):
            words = attack.payload[:4000]
            desk.inbox.files.store.accounts.record_problem(ACCOUNT.name, "problem", f"eBay refused: {words}", None)
            for severity in ("information", "error"):
                pilot.app.say(words, severity)
            for event in (Problem(None, words), Elsewhere(words), Progress(ACCOUNT.name, words, 1, 2), Done(0, 0, 0, 0, 0)):
                desk.feed.say(event)
            await pilot.pause()
            for _ in range(2):
                pilot.app.inbox_screen.show_status()
                text = hostile.frame(pilot.app, f"news {attack} at {size}")
                pilot.app.sync_words[""] = words
            assert pilot.app.screen.query("Toast"), attack
            assert "[" not in clean(words) or "[" in text, attack
            pilot.app.clear_notifications()


def test_the_log_has_a_line_per_event(tmp_path: Path) -> None:
    file = tmp_path / "state" / "log"
    with log_to(file, {}):
        for attack in ATTACKS:
            logging.getLogger("sellerinbox.test").warning("%s", attack.payload)
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) == len(ATTACKS)
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING sellerinbox.test:", line) for line in lines)
    check_text("\n".join(lines), "the log")


async def test_what_is_pasted_is_cleaned_before_it_is_shown(desk: Desk) -> None:
    async with desk.app().run_test(size=SIZES[1], notifications=True) as pilot:
        await until(pilot, lambda: pilot.app.inbox_screen.bottom.lines[0], "the lines at the bottom")
        for key in ("r", "slash"):
            await pilot.press(key)
            pilot.app.post_message(Paste("one \x1b[2J\x9b31m\u202e two\x1b]0;x\x07"))
            await pilot.pause()
            assert "one " in hostile.frame(pilot.app, f"pasted into {key}")
            await pilot.press("escape")


# -- the last door alone -------------------------------------------------------------------


def save_as_they_came(desk: Desk) -> list[Attack]:
    """Put attacks into every field of the inbox past the adapter, as an older version or another marketplace might have."""
    now, attacks = desk.clock.now(), [attack for attack in INSIDE if not attack.bomb and len(attack.payload) < 10_000]
    for number, attack in enumerate(attacks):
        evil = attack.payload
        head = RemoteConversation(attack.key, Kind.BUYER, evil, evil, f"raw-{number}", archived=False, unread=1)
        body = Message(f"raw-{number}", Direction.IN, evil, now, evil, attachments=(Attachment(evil, evil, evil),))
        desk.save(Thread(head, (body,)))
        line = OrderLine(f"raw-{number}", f"raw-{number}", evil, evil, 1, evil)
        parcel = Shipment(f"raw-{number}", evil, evil, now, status=evil, events=(TrackingEvent(now, evil, evil),))
        order = Order(ACCOUNT.name, evil, evil, now, now, evil, evil, evil, evil, evil, buyer_name=evil, buyer_note=evil, service=evil,
                      address=Address(evil, (evil,), evil, evil, evil, evil), lines=(line,), shipments=(parcel,))  # fmt: skip
        desk.inbox.files.store.orders.save_page(ACCOUNT.name, [order], cursor=None, at=now)
        desk.inbox.buyers.block(ACCOUNT.name, evil, "abuse", evil, attack.key)
    return attacks


async def test_the_screen_is_safe_from_what_is_stored_as_it_came(desk: Desk) -> None:
    attacks = save_as_they_came(desk)
    async with desk.app().run_test(size=SIZES[1], notifications=True) as pilot:
        await until(pilot, lambda: pilot.app.inbox_screen.bottom.lines[0], "the lines at the bottom")
        for attack in attacks:
            pilot.app.inbox_screen.list.show_key(attack.key)
            pilot.app.inbox_screen.follow()
            hostile.frame(pilot.app, f"{attack} as it came")
        for attack in (each for each in attacks if each.id in ("own-c1-name", "own-bidi-name", "own-markup-name")):
            pilot.app.inbox_screen.list.show_key(attack.key)
            await pilot.press("B")
            await until(pilot, lambda: type(pilot.app.screen).__name__ == "Confirm", "the question")
            hostile.frame(pilot.app, f"unblock {attack} as it came")
            await pilot.press("n")
            await until(pilot, lambda: pilot.app.screen is pilot.app.inbox_screen, "the inbox")
        for name, query in (("blocked", ""), ("search", "the"), ("orders", "a")):
            pilot.app.open_screen(name)
            await pilot.pause()
            for field in pilot.app.screen.query(Input):
                field.value = query
            await walk(pilot, f"{name} as it came")


def test_commands_are_safe_from_what_is_stored_as_it_came(desk: Desk, run: Run) -> None:
    for attack in save_as_they_came(desk):
        run("show", str(attack.key))
        run("show", str(attack.key), "--json")
    for words in (
        ("list",),
        ("list", "--limit", "200", "--json"),
        ("search", "the"),
        ("order", "a"),
        ("order", "a", "--json"),
        ("blocked",),
    ):
        run(*words)


# -- the real program ----------------------------------------------------------------------

_OURS = re.compile(
    rb"\x1b\[(?:0?|(?:[1-9]+;)*[34]8;[25];[0-9;]+)m"  # colours as Textual writes them
    rb"|\x1b\[\d+;\d+H|\x1b\[\d*[KJ]|\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)(?:[hl]|\$p)|\x1b\[[<>]\d*u|\x1b\]22;[a-z-]*\x07"
)
"""The control sequences Textual itself emits over a session like this one."""
_NEVER = re.compile(rb"\x1b[]P_^X]|\xc2[\x80-\x9f]")
"""Beginnings of strings to the terminal (title, link, clipboard …) and C1."""


def test_the_program_writes_no_bytes_of_theirs_to_a_real_terminal(home: Path) -> None:
    environ = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "HOME": str(home), "PATH": os.environ["PATH"]}
    environ |= {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    with Terminal((sys.executable, "-m", "sellerinbox", "--home", str(home)), environ) as terminal:
        terminal.until(HOME)
        terminal.press("enter")
        terminal.until(lambda: len(frames(terminal)) == 2)
        columns = frames(terminal)
        for _ in INSIDE:
            terminal.press("]")
            drain(terminal)
            assert frames(terminal) == columns, terminal.text
        for key, shown in STEPS_THERE:
            terminal.press(key)
            terminal.until(shown)
            drain(terminal)
        written = terminal.seen
    rest = _OURS.sub(b"", written)
    found = _NEVER.search(rest)
    assert not found, rest[found.start() - 20 : found.end() + 60]
    check_text(rest.decode("utf-8").replace("\r\n", "\n"), "the terminal")


def frames(terminal: Terminal) -> list[int]:
    """The columns in which a line stands between the panes from top to bottom, as a terminal draws it."""
    rows = [terminal.screen.buffer[row] for row in range(2, 36)]
    return [column for column in range(120) if all(row[column].data == "│" for row in rows)]


def drain(terminal: Terminal) -> None:
    """Take in what is being written."""
    while terminal.read(0.02):
        pass
