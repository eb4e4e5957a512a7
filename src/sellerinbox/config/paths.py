"""Where everything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sellerinbox.domain.errors import ConfigError
from sellerinbox.i18n import _

_APP = "sellerinbox"


@dataclass(frozen=True, slots=True)
class Paths:
    """Three folders and what lies in them; nothing here touches the disk."""

    config: Path
    """What the seller decides: settings, canned replies, themes of his own."""
    data: Path
    """The inbox itself."""
    state: Path
    """Locks, the log, reports of crashes."""

    @property
    def config_file(self) -> Path:
        """The settings."""
        return self.config / "config.toml"

    @property
    def replies(self) -> Path:
        """The folder of canned replies."""
        return self.config / "replies"

    @property
    def guard(self) -> Path:
        """The folder of the seller's own rules for the guard."""
        return self.config / "guard"

    @property
    def themes(self) -> Path:
        """The folder of the seller's own themes."""
        return self.config / "themes"

    @property
    def database(self) -> Path:
        """The inbox file."""
        return self.data / "inbox.db"

    @property
    def log(self) -> Path:
        """The log, one event a line, redacted."""
        return self.state / "sellerinbox.log"

    @property
    def reports(self) -> Path:
        """The folder of reports about unforeseen faults."""
        return self.state / "reports"

    @property
    def sync_lock(self) -> Path:
        """Held by the one process that pulls and pushes."""
        return self.state / "sync.lock"

    @property
    def write_lock(self) -> Path:
        """Held for each write transaction, by everybody."""
        return self.state / "write.lock"

    def all(self) -> dict[str, str]:
        """Every path in use, by name."""
        names = (
            "config",
            "data",
            "state",
            "config_file",
            "replies",
            "guard",
            "themes",
            "database",
            "log",
            "reports",
            "sync_lock",
            "write_lock",
        )
        return {name: str(getattr(self, name)) for name in names}


def paths(home: Path | None, environ: Mapping[str, str]) -> Paths:
    """The paths in use: `home` (from `--home`), else `SELLERINBOX_HOME`, else the system's own folders.

    Raises `ConfigError` when no usable folder comes out.
    """
    chosen = home or _home(environ)
    if chosen is None:
        return _system_paths()
    try:
        root = chosen.expanduser().absolute()
    except (RuntimeError, OSError) as error:
        raise ConfigError(_("The folder “{chosen}” can't be found; give a full path with --home.").format(chosen=chosen)) from error
    return Paths(root / "config", root / "data", root / "state")


def _home(environ: Mapping[str, str]) -> Path | None:
    named = environ.get("SELLERINBOX_HOME", "")
    return Path(named) if named else None


def _system_paths() -> Paths:
    import platformdirs

    try:
        found = Paths(
            platformdirs.user_config_path(_APP, appauthor=False),
            platformdirs.user_data_path(_APP, appauthor=False),
            platformdirs.user_state_path(_APP, appauthor=False),
        )
    except RuntimeError as error:
        raise ConfigError(_("This system names no home folder; set SELLERINBOX_HOME to a folder of your own.")) from error
    for folder in (found.config, found.data, found.state):
        if not folder.is_absolute():
            raise ConfigError(
                _("“{folder}” is not a full path (see HOME and XDG_…); set SELLERINBOX_HOME to a folder of your own.").format(folder=folder)
            )
    return found
