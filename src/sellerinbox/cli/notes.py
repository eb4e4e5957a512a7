"""`note`: the seller's own words about a conversation or its buyer; they never leave this machine."""

from __future__ import annotations

from argparse import Namespace

from sellerinbox.cli import output, shapes
from sellerinbox.cli.context import Context
from sellerinbox.cli.exits import ExitCode
from sellerinbox.domain.errors import UsageError
from sellerinbox.domain.models import Key
from sellerinbox.domain.notes import Note
from sellerinbox.i18n import N_, _

_ABOUT = {"conversation": N_("conversation"), "buyer": N_("buyer")}


def note(arguments: Namespace, context: Context) -> ExitCode:
    """Keep a note, take one away, or list them; the notes as they then are, as data."""
    key = Key.parse(arguments.key)
    if arguments.remove is not None and arguments.text:
        raise UsageError(_("A note is either written or removed; nothing was changed. Do one after the other."))
    with context.inbox() as inbox:
        inbox.conversations.row(key)
        if arguments.remove is not None:
            if arguments.remove not in [each.id for each in inbox.notes.list(key)]:
                raise UsageError(_("{key} has no note {id}, so nothing was changed.").format(key=key, id=arguments.remove))
            inbox.notes.remove(arguments.remove)
        elif arguments.text:
            inbox.notes.add(key, " ".join(arguments.text), arguments.buyer)
        notes = inbox.notes.list(key)
    if arguments.json:
        output.as_json([shapes.note(each) for each in notes])
    else:
        output.table(("ID", _("WRITTEN"), _("ABOUT"), _("NOTE")), map(_row, notes), empty=_("There are no notes here."))
    return ExitCode.DONE


def _row(entry: Note) -> tuple[str, ...]:
    return (str(entry.id), output.time(entry.at), _(_ABOUT[entry.about]), entry.text)
