"""What an answer means: the JSON in it, or the error that fits (faults.md, section 3)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from sellerinbox.domain.errors import (
    AuthenticationFailed,
    MarketplaceError,
    NotTheMarketplace,
    OutcomeUnknown,
    Rejected,
    Unavailable,
    UnexpectedResponse,
)
from sellerinbox.domain.text import clean_line
from sellerinbox.i18n import N_, _
from sellerinbox.marketplaces.pace import Pace

ErrorForm = Callable[[object], str | None]
"""From the JSON of a refusal to its reason; None when it is not in the marketplace's own form."""

REASON_LENGTH = 300
"""Characters of a marketplace's own words that are shown (faults.md, N20)."""


class Unreadable(ValueError):
    """No JSON in an answer; says why as a verb phrase: “is empty”."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer of the other side."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    """Looked up without regard to case."""
    body: bytes = field(repr=False)
    flaw: str | None = None
    """Why the body was not taken, if so."""

    @property
    def accepted(self) -> bool:
        """Whether the other side said yes."""
        return 200 <= self.status < 300

    @property
    def own_fault(self) -> bool:
        """Whether the other side says that it is itself in trouble."""
        return self.status >= 500 or self.status == 408

    @property
    def wants_token(self) -> bool:
        """Whether a fresh access token may help; a proxy's page about a log-in is not meant."""
        return self.status == 401 and not self.is_page

    @property
    def is_page(self) -> bool:
        """Whether this is a page for people, as log-in walls and proxies give."""
        return "html" in self._type or self.body.lstrip()[:1] == b"<"

    def json(self) -> object:
        """The JSON. Raises `Unreadable`."""
        if self.flaw or not self.body.strip():
            raise Unreadable(self.flaw or N_("is empty"))
        if "json" not in self._type:
            raise Unreadable(N_("is not JSON"))
        try:
            return cast("object", json.loads(self.body))
        except (ValueError, RecursionError):
            raise Unreadable(N_("is damaged")) from None

    @property
    def _type(self) -> str:
        return self.headers.get("content-type", "").lower()


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Answers of one marketplace to one account, as errors with a sentence for the seller."""

    account: str
    label: str
    pace: Pace
    error_form: ErrorForm

    def json(self, answer: Answer) -> object:
        """The JSON of an accepted answer. Raises `UnexpectedResponse` or `NotTheMarketplace`."""
        try:
            return answer.json()
        except Unreadable as error:
            flaw = str(error)
        raise self.not_the_marketplace() if answer.is_page else self.unexpected(flaw)

    def refused_read(self, answer: Answer) -> MarketplaceError:
        """The error for a read that was not answered with 2xx."""
        if (common := self._refused_either_way(answer)) is not None:
            return common
        if answer.own_fault:
            return self.unavailable(_("{label} has trouble of its own ({status}).").format(label=self.label, status=answer.status))
        if (reason := self._reason(answer)) is not None:
            return Rejected(self.account, _("{label} refused: {reason}").format(label=self.label, reason=reason))
        if answer.is_page or answer.status < 400:
            return self.not_the_marketplace()
        return self.unexpected(_("({status}) can't be read").format(status=answer.status))

    def refused_send(self, answer: Answer) -> MarketplaceError:
        """The error for a send that was not answered with 2xx."""
        if (common := self._refused_either_way(answer)) is not None:
            return common
        if answer.status < 400:
            return Rejected(
                self.account, _("{label} pointed to another address, which is never followed; nothing was sent.").format(label=self.label)
            )
        # A refusal in another form comes from something between: it may have passed our request on.
        if not answer.own_fault and (reason := self._reason(answer)) is not None:
            return Rejected(self.account, _("{label} refused: {reason}").format(label=self.label, reason=reason))
        return self.unknown(_("gave no clear answer ({status})").format(status=answer.status))

    def unavailable(self, what: str) -> Unavailable:
        """The error for a read that got no answer; `what` is a sentence."""
        return Unavailable(self.account, _("{what} Nothing is lost; it is tried again by itself.").format(what=what))

    def unknown(self, what: str) -> OutcomeUnknown:
        """The error for a send without a clear answer; `what` is a verb phrase."""
        return OutcomeUnknown(
            self.account,
            _("{label} {what}: it may have been taken or not, and is not sent again by itself.").format(label=self.label, what=what),
        )

    def unexpected(self, flaw: str) -> UnexpectedResponse:
        """The error for an answer that `flaw` (a verb phrase) makes useless."""
        return UnexpectedResponse(
            self.account,
            _("The answer of {label} {flaw} and was not used; what is stored stays as it is.").format(label=self.label, flaw=_(flaw)),
        )

    def not_the_marketplace(self) -> NotTheMarketplace:
        """The error for an answer that somebody else gave."""
        return NotTheMarketplace(
            self.account,
            _("What answered is not {label}: this network may ask for a log-in. Open any web page, log in there, then sync again.").format(
                label=self.label
            ),
        )

    def _refused_either_way(self, answer: Answer) -> MarketplaceError | None:
        if answer.status == 429:
            return self.pace.limited(answer.headers)
        if answer.own_fault:
            self.pace.fault()
        if answer.wants_token and (not answer.body.strip() or self._reason(answer) is not None):
            return AuthenticationFailed(
                self.account,
                _("{label} no longer accepts the sign-in: sign in to {account} again. Nothing is lost.").format(
                    label=self.label, account=self.account
                ),
            )
        return None

    def _reason(self, answer: Answer) -> str | None:
        try:
            reason = self.error_form(answer.json())
        except Unreadable:
            return None
        return None if reason is None else clean_line(reason, REASON_LENGTH)
