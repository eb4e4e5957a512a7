"""Run one command: parse, find its function, turn every end into an exit code and a sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from itertools import zip_longest
from pathlib import Path

from sellerinbox import i18n
from sellerinbox.cli import output
from sellerinbox.cli.exits import ExitCode, code_for
from sellerinbox.domain.errors import ConfigError, SellerInboxError
from sellerinbox.i18n import _


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    output.prepare()
    i18n.use(i18n.of_machine(os.environ))
    try:
        code = _command(words)
        sys.stdout.flush()
    except SellerInboxError as error:
        output.problem(str(error))
        return code_for(error)
    except BrokenPipeError:
        return _reader_gone()
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except SystemExit as end:  # argparse, after --help
        return int(end.code or 0)
    except Exception as error:  # noqa: BLE001  (the last resort: a report instead of a traceback)
        return _bug(error, words)
    return code


def _command(words: Sequence[str]) -> int:
    if not words:  # the screen, at once: building the parser takes 15 ms
        from sellerinbox.cli.context import Context
        from sellerinbox.cli.interface import open_screen

        return open_screen(Context(home=None, environ=os.environ))
    from sellerinbox.cli.parser import parse

    _speak(words)
    arguments = parse(words)
    from sellerinbox.cli.context import Context

    module, _colon, name = arguments.command.partition(":")
    function = getattr(import_module(f"sellerinbox.cli.{module}"), name)
    return int(function(arguments, Context(home=arguments.home, environ=os.environ)))


def _speak(words: Sequence[str]) -> None:
    """The language of the settings, before the parser writes its help in it; wrong settings are named later, by the command."""
    from sellerinbox.config import load, paths

    with suppress(ConfigError):
        i18n.use(load(paths(_home(words), os.environ)).language or i18n.language())


def _reader_gone() -> int:
    """Whoever read our output has gone (`| head`): be quiet, also when Python flushes at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.FAILED


def _bug(error: Exception, words: Sequence[str]) -> int:
    from sellerinbox.services.report import write_report

    file = write_report(error, _home(words), os.environ)
    told = _("Something went wrong that was not foreseen ({error}); your messages are as they were, and {report}.")
    report = _("a report without your secrets is in {file}").format(file=file) if file else _("no report could be written")
    output.problem(told.format(error=type(error).__name__, report=report))
    return ExitCode.FAILED


def _home(words: Sequence[str]) -> Path | None:
    """The folder named by `--home`, read without the parser, which may be what failed."""
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if word == "--home" and following:
            return Path(following)
        if word.startswith("--home="):
            return Path(word.partition("=")[2])
    return None
