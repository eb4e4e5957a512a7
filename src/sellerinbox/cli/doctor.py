"""`doctor` and `paths`."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from sellerinbox.cli import output
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode


def doctor(arguments: Namespace, context: Context) -> ExitCode:
    """What this machine offers and what stands in the way."""
    from sellerinbox.services.doctor import examine

    found = examine(context.paths, context.environ)
    found.facts["terminal"] = _terminal(context.environ)
    if arguments.json:
        output.as_json({**found.facts, "warnings": found.warnings})
        return ExitCode.DONE
    for name, text in _flat("", found.facts):
        output.line(f"{name}: {text}")
    for warning in found.warnings:
        output.line(f"! {warning}")
    return ExitCode.DONE


def paths(arguments: Namespace, context: Context) -> ExitCode:
    """Where everything is kept."""
    found = context.paths.all()
    if arguments.json:
        output.as_json(found)
    else:
        output.table(("WHAT", "WHERE"), list(found.items()), empty="")
    return ExitCode.DONE


def _terminal(environ: Mapping[str, str]) -> dict[str, Any]:
    size = shutil.get_terminal_size()
    return {
        "term": environ.get("TERM"),
        "colorterm": environ.get("COLORTERM"),
        "no_color": bool(environ.get("NO_COLOR")),
        "is_terminal": sys.stdin.isatty() and sys.stdout.isatty(),
        "columns": size.columns,
        "rows": size.lines,
        "encoding": sys.stdout.encoding,
    }


def _flat(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Nested facts as lines of `name.of.fact: text`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}" if name else str(key), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _flat(f"{name}.{number}", inner)
    else:
        yield name, {None: "-", True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool | None) else str(value)
