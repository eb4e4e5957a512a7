"""The reply targets that the stored clocks were computed with: one for every process, kept in the file."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import lru_cache

from sellerinbox.domain.deadlines import Targets
from sellerinbox.store.listing import Ask

IN_FORCE = "targets"
"""Setting: what clocks are computed with from now on."""
RANKED_BY = "ranked_by"
"""Setting: what every stored clock was computed with, and by which rules; missing after an upgrade."""
RULES = 1
"""Raised when the columns of `deriving` come out otherwise than before: all are then computed again at the next start."""


def written(targets: Targets) -> str:
    """The targets as text, equal for equal targets."""
    parts = {
        "reply": targets.reply.total_seconds(),
        "accounts": {name: each.total_seconds() for name, each in targets.accounts.items()},
        "classes": {name: each.total_seconds() for name, each in targets.classes.items()},
        "lead": targets.postsale_lead.total_seconds(),
    }
    return json.dumps(parts, sort_keys=True)


@lru_cache(maxsize=4)
def read(text: str) -> Targets:
    """The targets of `written`."""
    parts = json.loads(text)
    accounts, classes = ({name: timedelta(seconds=seconds) for name, seconds in parts[which].items()} for which in ("accounts", "classes"))
    return Targets(timedelta(seconds=parts["reply"]), accounts, classes, timedelta(seconds=parts["lead"]))


def fingerprint(text: str) -> str:
    """What `RANKED_BY` has to say for these targets."""
    return f"{RULES} {text}"


def setting(ask: Ask, name: str) -> str | None:
    """A setting of the file."""
    found = ask("SELECT value FROM setting WHERE name = ?", (name,))
    return None if not found else str(found[0][0])


def is_ranked(ask: Ask, targets: Targets | None) -> bool:
    """Whether every stored clock says what these targets (None: those in force) say."""
    in_force = setting(ask, IN_FORCE)
    wanted = in_force if targets is None else written(targets)
    return wanted is not None and wanted == in_force and setting(ask, RANKED_BY) == fingerprint(wanted)
