"""Errors of ours in handlers and timers become a sentence on the screen; Textual would end the program."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sellerinbox.domain.errors import SellerInboxError

P = ParamSpec("P")
Node = TypeVar("Node", bound=Any)


def guarded(handler: Callable[Concatenate[Node, P], None]) -> Callable[Concatenate[Node, P], None]:
    """For a method of a screen or widget: say what went wrong and go on."""

    @wraps(handler)
    def saying(self: Node, *args: P.args, **options: P.kwargs) -> None:
        try:
            handler(self, *args, **options)
        except SellerInboxError as error:
            self.app.say(str(error), "error")

    return cast("Callable[Concatenate[Node, P], None]", saying)
