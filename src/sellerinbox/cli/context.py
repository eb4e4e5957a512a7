"""What a command gets besides its arguments; each thing is made when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sellerinbox import i18n
from sellerinbox.cli import output
from sellerinbox.config import Config, Paths, load, make_private, paths
from sellerinbox.domain.clock import Clock, clock_for
from sellerinbox.i18n import _

if TYPE_CHECKING:
    from sellerinbox.inbox import Inbox


@dataclass
class Context:
    """One run of one command."""

    home: Path | None
    """From `--home`."""
    environ: Mapping[str, str]
    given_clock: Clock | None = None

    @cached_property
    def clock(self) -> Clock:
        """The machine's clock, or in the demo the demo's."""
        return self.given_clock or clock_for(self.environ)

    @cached_property
    def paths(self) -> Paths:
        """The paths in use. Raises `ConfigError`."""
        return paths(self.home, self.environ)

    @cached_property
    def config(self) -> Config:
        """The settings; folders and settings that others could read are closed to them, and named. Raises `ConfigError`."""
        found = self.paths
        for place in make_private((found.config, found.data, found.state, found.config_file)):
            output.note(_("Other users of this machine could read {place}; it is private now.").format(place=place))
        config = load(found, self.environ)
        i18n.use(config.language or i18n.of_machine(self.environ))
        return config

    @contextmanager
    def inbox(self) -> Iterator[Inbox]:
        """The inbox, closed again at the end."""
        from sellerinbox.services import open_inbox

        inbox = open_inbox(self.config, self.clock)
        output.use_zone((lambda: inbox.calendar.timezone) if self.config.calendar.timezone else None)
        try:
            yield inbox
        finally:
            inbox.close()
