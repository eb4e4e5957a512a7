"""No account yet: the demo or the sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from sellerinbox.i18n import N_, _
from sellerinbox.tui import keys
from sellerinbox.tui.screens.dialogs import DIALOG_CSS
from sellerinbox.tui.text import literal

if TYPE_CHECKING:
    from sellerinbox.tui.app import SellerInboxApp

_WORDS = N_("""\
Buyers' messages of all your accounts, cleared with the keyboard.
Nothing is set up here yet.

    {demo}   open the demo: a made-up shop on this machine, nothing leaves it
    {account}   sign in to an account of yours, step by step
    {quit}   quit
""")


class WelcomeScreen(Screen[None]):
    """The first start; the program ends with what was chosen and goes on with it."""

    app: SellerInboxApp
    # Not CSS: Textual does not load the CSS of an application's first screen (8.2.8).
    DEFAULT_CSS = DIALOG_CSS + "WelcomeScreen { align: center middle; background: $background; }"
    BINDINGS: ClassVar[list[BindingType]] = list(keys.WELCOME)

    def compose(self) -> ComposeResult:
        """What can be done."""
        with Vertical(classes="dialog"):
            yield Static(literal("sellerinbox"), classes="question")
            bound = {name: self.app.key_of(f"welcome.{name}") for name in ("demo", "account", "quit")}
            yield Static(literal(_(_WORDS).format(**bound)))
