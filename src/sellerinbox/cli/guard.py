"""`guard`: checks texts. Needs no account, no inbox file and no network."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from sellerinbox import guard
from sellerinbox.cli import output
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.domain.errors import NotFound, UsageError
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.guard import catalogue
from sellerinbox.guard.summary import form_of, tone_of
from sellerinbox.i18n import _, language

_CASES = ("none", "open", "resolved")


def check(arguments: Namespace, context: Context) -> ExitCode:
    """One text, or one JSON object a line; or what a rule means."""
    rules = catalogue.load(context.paths.guard, context.config.guard_off)
    if arguments.explain is not None:
        return _explain(arguments.explain, rules)
    text = _read(arguments.file)
    return _lines(text, arguments.marketplace, rules) if arguments.json else _one(text, arguments.marketplace, rules)


def _one(text: str, marketplace: str, rules: guard.Catalogue) -> ExitCode:
    """A whole text, for a person."""
    findings = guard.check(text.rstrip("\n"), _context(marketplace), rules)
    for finding in findings:
        output.line(f"{finding.severity}: {finding.why}")
        output.line(
            _("    “{text}” (at {place}; {rule})").format(text=finding.text, place=finding.start, rule=finding.rule or finding.kind)
        )
        if finding.better:
            output.line(_("    better: {text}").format(text=finding.better))
    verdict = guard.verdict(findings)
    output.line(_("{verdict}: tone {tone}, form {form}.").format(verdict=verdict, tone=tone_of(findings), form=form_of(findings)))
    return ExitCode.DONE if verdict == "allow" else ExitCode.GUARD


def _lines(text: str, marketplace: str, rules: guard.Catalogue) -> ExitCode:
    """One answer a line, in the same order; a line that is no object is answered with `block`."""
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else [], 1):
        output.as_json(_answer(line, number, marketplace, rules), raw=True)
    return ExitCode.DONE


def _answer(line: str, number: int, marketplace: str, rules: guard.Catalogue) -> dict[str, object]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        why = _("Line {number} is no JSON object with a “text”, so nothing could be checked; write one object a line.").format(
            number=number
        )
        return _shape(asked.get("id") if isinstance(asked, dict) else None, (guard.Finding("form", "unreadable", "block", 0, 0, "", why),))
    return _shape(asked.get("id"), guard.check(asked["text"], _asked_context(asked, marketplace), rules))


def _shape(id_: object, findings: tuple[guard.Finding, ...]) -> dict[str, object]:
    parts = ("family", "kind", "severity", "start", "end", "text", "why")
    return {
        "id": id_,
        "verdict": guard.verdict(findings),
        "findings": [{part: getattr(finding, part) for part in parts} for finding in findings],
        "tone": tone_of(findings),
        "form": form_of(findings),
    }


def _asked_context(asked: dict[str, Any], marketplace: str) -> guard.Context:
    named, case, language = asked.get("marketplace"), asked.get("case"), asked.get("lang")
    context = _context(named if isinstance(named, str) and named else marketplace)
    return context._replace(
        case=case if case in _CASES else "none",
        language=language.partition("-")[0] if isinstance(language, str) else None,
    )


def _context(marketplace: str) -> guard.Context:
    profile = PROFILES.get(marketplace)
    context = guard.of_profile(profile) if profile else guard.Context(marketplace, marketplace.capitalize())
    return context._replace(tells=_spoken())


def _spoken() -> str:
    """The seller's language as the rules name it."""
    return language().partition("_")[0]


def _explain(id_: str, rules: guard.Catalogue) -> ExitCode:
    """What a rule looks for and why; without an id, all of them."""
    if not id_:
        rows = [(rule.id, rule.severity, rule.said(_spoken())) for rule in sorted(rules.rules.values(), key=lambda rule: rule.id)]
        output.table((_("RULE"), _("SEVERITY"), _("WHY")), rows, empty=_("There are no rules."))
        return ExitCode.DONE
    rule = rules.rules.get(id_)
    if rule is None:
        raise NotFound(_("There is no rule “{id}”; `sellerinbox guard --explain` lists them.").format(id=id_))
    output.line(f"{rule.id} ({rule.family}, {rule.kind}, {rule.severity})")
    output.lines(f"{rule.said(_spoken())}\n\n{rule.doc.strip()}")
    for spoken, phrases in rule.when.items():
        output.lines("\n".join(phrase.source for phrase in phrases), f"  {spoken}: ")
    output.line(_('To switch it off, put [guard] off = ["{id}"] into the settings.').format(id=rule.id))
    return ExitCode.DONE


def _read(name: str) -> str:
    try:
        given = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(_("{file} can't be read ({why}); nothing was checked.").format(file=name, why=error.strerror)) from error
    return given.decode("utf-8", errors="surrogateescape").replace("\r\n", "\n")
