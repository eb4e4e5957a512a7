"""The application: theme, keys, screens, the sync process behind it.

It opens with rows on the screen, read by the standard sqlite3; SQLModel is imported behind
the first paint, in a thread. Network and secrets are in another process (`sync.feed`).
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on, work
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.screen import Screen
from textual.timer import Timer

from sellerinbox.domain.clock import Clock
from sellerinbox.domain.errors import ConfigError, SellerInboxError
from sellerinbox.domain.models import Key
from sellerinbox.domain.text import clean, clean_line
from sellerinbox.i18n import _
from sellerinbox.tui import keymaps, keys, themes
from sellerinbox.tui.guarded import guarded
from sellerinbox.tui.palette import Palette
from sellerinbox.tui.reminders import Reminders
from sellerinbox.tui.screens.inbox import InboxScreen
from sellerinbox.tui.typeahead import Typeahead
from sellerinbox.tui.widgets.conversation_list import ConversationList

if TYPE_CHECKING:
    from sellerinbox.config import Config
    from sellerinbox.inbox import Inbox
    from sellerinbox.sync.events import SyncEvent
    from sellerinbox.sync.feed import SyncFeed

LOCK_WAIT = 0.5
"""Seconds for which a key may wait while another process writes; a page of the sync takes a few milliseconds."""
LOOK = 2.0
"""Seconds between two looks at the file while another process does the syncing; otherwise nothing ticks."""
_SETTLED = 0.3
"""Seconds after the first paint until the rest is imported and the sync starts: the first keys come first."""
_SCREENS = {
    "search": "sellerinbox.tui.screens.search:SearchScreen",
    "orders": "sellerinbox.tui.screens.orders:OrdersScreen",
    "outbox": "sellerinbox.tui.screens.outbox:OutboxScreen",
    "blocked": "sellerinbox.tui.screens.blocked:BlockedScreen",
    "promises": "sellerinbox.tui.screens.promises:PromisesScreen",
}
"""Screens by name, imported when first opened: the first frame does not pay for them."""


class SellerInboxApp(App[str | None]):
    """The inbox on the screen; exits with what to go on with (`demo`, `account`) or None."""

    TITLE = "sellerinbox"
    # Named outright, or a theme of terminal colours falls back to the terminal's own pair.
    CSS = "Screen { background: $background; color: $foreground; } ModalScreen { background: $background 60%; }"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = list(keys.EVERYWHERE)

    def __init__(self, inbox: Inbox, config: Config, clock: Clock, feed: Callable[[], SyncFeed] | None) -> None:
        """`feed` starts listening to the sync process, once the list is on the screen."""
        # Before Textual's own start, which asks for the theme's variables.
        self.palette = Palette()
        super().__init__()
        self.inbox = inbox
        self.config = config
        self.clock = clock
        self.keymap = keymaps.keymap(config.keymap, config.keys)
        self._open_feed = feed
        self.feed: SyncFeed | None = None
        inbox.on_enqueue = self.wake_sync
        self.sync_words: dict[str, str] = {}
        self.ended_by_signal = 0
        self._orm_ready = False
        self._waiting: list[Callable[[], object]] = []
        self._complaints: list[str] = []
        self._looking: Timer | None = None
        self.reminders = Reminders(self)
        self._version = 0
        self._starting = bool(config.accounts)
        self.typeahead = Typeahead(self, self._dispatch_key, holding=self._starting)
        self._use_theme(config.theme)

    @property
    def undo_seconds(self) -> int:
        """How long a reply can be called back."""
        return self.config.undo_seconds

    # -- starting --------------------------------------------------------------------------

    def _use_theme(self, name: str) -> None:
        try:
            theme = themes.load_one(name, self.config.paths.themes)
            if theme is None and name not in self.available_themes:
                told = _("There is no theme called “{name}”, so “{default}” is used; there are {themes}, and Textual's own.")
                raise ConfigError(told.format(name=name, default=themes.DEFAULT, themes=", ".join(themes.names(self.config.paths.themes))))
        except ConfigError as error:
            self._complaints.append(str(error))
            name = themes.DEFAULT
            theme = themes.load_one(name, None)
        if theme is not None:
            self.register_theme(theme)
        self.theme = name
        # In place before the first style sheet is read, so `refresh_css` need not read them again.
        self.stylesheet.set_variables(self.get_css_variables())
        self._first_theme = True

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheets again for another theme; for the first one that would take 10 ms and change nothing."""
        if self._first_theme:
            self._first_theme = False
        else:
            super().refresh_css(animate)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, so that any built-in theme works."""
        return themes.defaults_for(self.current_theme)

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, for the style sheets and for the palette of the lines."""
        variables = super().get_css_variables()
        self.palette.use(variables)
        return variables

    def get_default_screen(self) -> Screen[Any]:
        """The inbox, or the welcome when there is no account."""
        if self.config.accounts:
            return InboxScreen(self)
        from sellerinbox.tui.screens.welcome import WelcomeScreen

        return WelcomeScreen()

    def on_mount(self) -> None:
        """Everything that can wait waits until the list is on the screen."""
        self.call_after_refresh(gc.enable)
        self.set_keymap(self.keymap)
        self._catch_signals()
        if self.config.accounts:
            self.call_after_refresh(lambda: self.set_timer(_SETTLED, self._settle))
        for complaint in () if self.config.accounts else self._complaints:
            self.say(complaint, "error")

    async def on_event(self, event: events.Event) -> None:
        """Keys wait for the screen they are meant for; what is pasted comes from outside and is cleaned."""
        if isinstance(event, events.Paste):
            # Fields would hand its escape sequences through (checked, 8.2.8).
            event.text = clean(event.text)
        if isinstance(event, events.Key) and not event.is_forwarded and self.screen_stack:
            await self.typeahead.take(event)
        else:
            await super().on_event(event)

    async def _dispatch_key(self, key: events.Key) -> None:
        await super().on_event(key)

    @on(ConversationList.Highlighted)
    async def first_rows(self) -> None:
        """The list has rows and the focus."""
        if self._starting:
            self._starting = False
            await self.typeahead.release()

    def _settle(self) -> None:
        if not self.screen_stack:  # ended meanwhile
            return
        self.call_later(self.first_rows)  # at the latest, whatever became of the list
        screen = self.inbox_screen
        screen.show_status()
        for problem in (*self._complaints, *self._wrong_keys(), *map(str, self.inbox.replies.canned.problems)):
            self.say(problem, "error")
        self._prepare_writing()
        self._looking = self.set_interval(LOOK, self._look, pause=True)
        self.follow_sync()
        self._register_themes()
        for number, view in enumerate(self.config.views):
            if view.key:
                self.bind(view.key, f"saved_view({number})", description=view.name, show=False)

    def action_saved_view(self, number: int) -> None:
        """Open one of the seller's own views by its key."""
        if self.screen is self.inbox_screen:
            view = self.config.views[number]
            self.inbox_screen.open_query(view.name, view.query)

    def _wrong_keys(self) -> list[str]:
        return keymaps.check_keymap(self.config.keys, self.config.keymap) if self.keymap else []

    @work(thread=True, group="prepare", exit_on_error=False)
    def _prepare_writing(self) -> None:
        """Import the ORM behind the first paint, giving way to keys meanwhile."""
        before = sys.getswitchinterval()
        sys.setswitchinterval(0.0005)
        try:
            self.inbox.prepare_writing()
        finally:
            sys.setswitchinterval(before)
        self.call_from_thread(self._now_ready)

    def _now_ready(self) -> None:
        self._orm_ready = True
        waiting, self._waiting = self._waiting, []
        for action in waiting:
            self.attempt(action)
        self.inbox_screen.settle()
        self.reminders.begin()

    def _register_themes(self) -> None:
        problems: list[ConfigError] = []
        for theme in themes.load(self.config.paths.themes, problems):
            self.register_theme(theme)
        for problem in problems:
            self.say(str(problem), "error")

    def _catch_signals(self) -> None:
        """End with a restored terminal and kept drafts when the system or ssh ends us."""
        import asyncio

        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            loop.add_signal_handler(number, self._end_by, number)

    def _end_by(self, number: int) -> None:
        self.ended_by_signal = number
        self.exit(None)

    # -- the sync process ------------------------------------------------------------------

    @work(group="sync", exclusive=True, exit_on_error=False)
    async def follow_sync(self) -> None:
        """News from the sync process; the screen reads the store again, news are never shown as they come."""
        if self._open_feed is None:
            return
        self.feed = self._open_feed()
        async for event in self.feed.events():
            self._hear(event)

    def _hear(self, event: SyncEvent) -> None:
        from sellerinbox.tui.sync_words import words_of

        account, words = words_of(event, self.clock.now())
        if account:  # our own sync is at work: whoever was at it before no longer is
            self.sync_words.pop("", None)
        if words:
            self.sync_words[account] = words
        else:
            self.sync_words.pop(account, None)
        if self._looking is not None:
            (self._looking.resume if "" in self.sync_words else self._looking.pause)()
        self.inbox_screen.reload_soon()

    @guarded
    def _look(self) -> None:
        """While another process syncs, nobody tells us of its news: see whether it has written."""
        version = self.inbox.conversations.version()
        if version != self._version:
            self._version = version
            self.inbox_screen.reload_soon()

    def wake_sync(self) -> None:
        """Something was queued."""
        if self.feed is not None:
            self.feed.wake()

    def sync_now(self) -> None:
        """The seller wants a round now."""
        if self.feed is None:
            self.say(_("The sync has not started yet; try again in a moment."))
            return
        self.feed.wake(pull=True)
        self.say(_("Asked for a sync round."))

    async def on_unmount(self) -> None:
        """Let a send in flight finish, then go."""
        if self.feed is not None:
            await self.feed.close()

    def _fatal_error(self) -> None:
        # Textual's own would print a traceback with the values of local variables, secrets among
        # them. `run` hands the error on to whoever called us, who writes a report without values.
        self._close_messages_no_wait()

    # -- for the screens -------------------------------------------------------------------

    @property
    def inbox_screen(self) -> InboxScreen:
        """The screen at the bottom of the stack."""
        return cast("InboxScreen", self.screen_stack[0])

    def say(self, sentence: str, severity: str = "information") -> None:
        """Tell the seller something; literal, never markup. News stand in the bottom lines, trouble in a box."""
        if severity == "information" and isinstance(self.screen, InboxScreen):
            self.screen.tell(sentence)
            return
        self.notify(clean_line(sentence, 400), severity=severity, markup=False, timeout=8 if severity == "error" else 4)  # type: ignore[arg-type]

    def attempt(self, action: Callable[[], object]) -> bool:
        """Do it; an error of ours becomes a sentence on the screen and False."""
        try:
            action()
        except SellerInboxError as error:
            self.say(str(error), "error")
            return False
        return True

    def when_ready(self, action: Callable[[], object]) -> None:
        """Do it once writing costs no import any more; so opening a conversation never waits for one."""
        if self._orm_ready:
            self.attempt(action)
        else:
            self._waiting.append(action)

    def open_screen(self, name: str) -> None:
        """Put a screen in front."""
        from importlib import import_module

        module, _colon, attribute = _SCREENS[name].partition(":")
        self.push_screen(getattr(import_module(module), attribute)(self.palette))

    def open_key(self, key: Key) -> None:
        """Show a conversation in the inbox."""
        self.inbox_screen.open_key(key)

    def exit_with(self, result: str) -> None:
        """End, and say with what to go on."""
        self.exit(result or None)

    def action_exit_with(self, result: str) -> None:
        """End, and say with what to go on."""
        self.exit_with(result)

    def key_of(self, name: str) -> str:
        """The first key bound to a name now, as printed on the keyboard."""
        return keys.key_name(keymaps.keys_of(name, self.keymap).split(",")[0])

    def with_keys(self, words: str) -> str:
        """A line of keys in the seller's language, `{page_back}` in it replaced by the key of `page.back`."""
        return keymaps.with_keys(_(words), self.key_of)

    async def action_quit(self) -> None:
        """Quit by any way: with replies waiting, the seller is asked."""
        if len(self.screen_stack) == 1 and isinstance(self.screen, InboxScreen):
            self.screen.action_quit_inbox()
        else:
            self.exit(None)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Anything a key can do, by name; of Textual's own those that make sense here."""
        from sellerinbox.tui.here import keys_here

        yield from (command for command in super().get_system_commands(screen) if command.title in ("Theme", "Screenshot"))
        for here in keys_here(screen):
            about = f"{here.keys} · {here.binding.id}"
            yield SystemCommand(keys.words(here.binding), about, self._runner(here.node, here.binding.action))

    def _runner(self, node: DOMNode, action: str) -> Callable[[], object]:
        return lambda: self.call_later(self.run_action, action, node)

    def action_keys_here(self) -> None:
        """Show the keys of whatever is in front."""
        from sellerinbox.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.palette, self.screen))


def run(config: Config, clock: Clock) -> int:
    """Open the inbox on the terminal; returns the exit code."""
    from sellerinbox import services

    inbox = services.open_inbox(config, clock, lock_wait=LOCK_WAIT)
    app = SellerInboxApp(inbox, config, clock, (lambda: services.child_sync(config, clock)) if config.accounts else None)
    try:
        result = app.run()
    finally:
        inbox.close()
    if app._exception is not None:  # noqa: SLF001  (there is no public way to it in Textual 8.2)
        raise app._exception  # noqa: SLF001
    if result in ("demo", "account"):
        return services.go_on(result, config, clock)
    return 128 + app.ended_by_signal if app.ended_by_signal else (app.return_code or 0)
