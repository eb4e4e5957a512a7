"""The entry point. It imports next to nothing, so that `--version` is answered at once."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (see `cli.exits`). Never raises, `SystemExit` aside."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words == ["--version"]:
        from sellerinbox import __version__
        from sellerinbox.cli import output

        output.line(f"sellerinbox {__version__}")
        return 0
    from sellerinbox.cli.run import run

    return int(run(words))
