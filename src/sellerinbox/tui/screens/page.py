"""A screen with a title, a list, and a line of keys: the base of the look-up screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Input

from sellerinbox.domain.models import Key
from sellerinbox.i18n import N_, _
from sellerinbox.tui import keys
from sellerinbox.tui.guarded import guarded
from sellerinbox.tui.palette import Palette
from sellerinbox.tui.widgets.bars import Bar
from sellerinbox.tui.widgets.choice import ChoicePane

if TYPE_CHECKING:
    from sellerinbox.tui.app import SellerInboxApp


class ListPage(Screen[None]):
    """A list to look through; Escape goes back."""

    app: SellerInboxApp
    CSS = """
    ListPage { layout: vertical; background: $background; }
    ListPage Input { height: 3; border: round $rule; background: $background; }
    ListPage Input:focus { border: round $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keys.PAGE)
    heading = ""
    hint = N_("{choice_choose} opens · {page_back} back")
    """Words for the bottom line; the name of a binding, `{page_back}` for `page.back`, becomes its key."""
    CLOSING_KEYS: ClassVar[frozenset[str] | None] = frozenset({"escape", "enter"})
    """Keys that may close it: those behind them wait for the next screen."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.palette = palette
        self.pane = ChoicePane(id="results", palette=palette)

    def compose(self) -> ComposeResult:
        """The list over its keys."""
        self.pane.title = _(self.heading)
        yield from self.above()
        yield self.pane
        yield Bar(id="hint", palette=self.palette)

    def above(self) -> ComposeResult:
        """What stands over the list."""
        yield from ()

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one("#hint", Bar).show(((f" {self.app.with_keys(self.hint)}", "muted"),))
        self.call_after_refresh(self._fill)

    def on_screen_resume(self) -> None:
        """Keys typed for this screen may come now."""
        self.app.typeahead.screen_is_there(inbox=False)

    @guarded
    def _fill(self) -> None:
        self.fill()

    def leave(self) -> None:
        """Close, once."""
        if self.is_current:
            self.dismiss(None)

    def open_conversation(self, key: Key) -> None:
        """Close, and show a conversation in the inbox."""
        self.leave()
        self.app.open_key(key)

    def fill(self) -> None:
        """Read what the list shows."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Lines are as wide as the screen."""
        if self.is_mounted and self.pane.size.width:
            self.call_after_refresh(self._fill)

    def action_leave(self) -> None:
        """Back to where we were."""
        self.leave()


class QueryPage(ListPage):
    """A list under a search field: results as typed, Down and Enter go into them."""

    placeholder = ""
    BINDINGS: ClassVar[list[BindingType]] = list(keys.QUERY)

    def above(self) -> ComposeResult:
        """The field."""
        field = Input(placeholder=_(self.placeholder), id="query")
        field.cursor_blink = False
        yield field

    @property
    def query_text(self) -> str:
        """What was typed."""
        return self.query_one("#query", Input).value

    def on_input_changed(self) -> None:
        """Results as typed."""
        self._fill()

    def on_input_submitted(self) -> None:
        """Into the results."""
        self.action_into_list()

    def action_into_list(self) -> None:
        """Give the keys to the results."""
        if self.pane.lines:
            self.pane.focus()

    def action_leave(self) -> None:
        """From the results to the field, from the field back."""
        field = self.query_one("#query", Input)
        if self.pane.has_focus:
            field.focus()
        else:
            self.leave()
