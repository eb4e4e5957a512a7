"""The control door under `/_control`: look at the truth, make things happen, break things.

GET  ledger          every request received, in order
GET  state           the true conversations and orders (`?buyer=` or `?conversation=` for some)
POST fault           see `faults`; kind `revoke` ends all tokens at once
POST advance         {"seconds"}: world time passes, what falls due happens
POST message         {"buyer", "text"}, optional "subject", "item" (listing number), "conversation"
POST reset-ledger    forget the requests so far
POST reset-faults    call off the faults still waiting
POST consent         the seller signs in again: {"code", "redirect_uri"} for the token call
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sellerinbox.simulator.ebay import Ebay
from sellerinbox.simulator.ebay_oauth import RU_NAME
from sellerinbox.simulator.ebay_times import written
from sellerinbox.simulator.faults import Fault, fault_from
from sellerinbox.simulator.ledger import Ledger
from sellerinbox.simulator.shop import FROM_MEMBERS
from sellerinbox.simulator.truth import conversation_json, order_json
from sellerinbox.simulator.wire import Request, Response

PREFIX = "/_control"
_LONGEST = 366 * 86_400.0


class Control:
    """What the door opens to. Methods raise `ValueError` with a sentence for what can't be used."""

    def __init__(self, ebay: Ebay, ledger: Ledger) -> None:
        self._ebay = ebay
        self._world = ebay.world
        self._ledger = ledger
        self.faults: list[Fault] = []
        self._read: dict[str, Callable[[Request], object]] = {
            "ledger": lambda _: self.ledger(),
            "state": lambda request: self.state(**request.query),
        }
        self._write: dict[str, Callable[[dict[str, Any]], object]] = {
            "fault": self.fault,
            "advance": self.advance,
            "message": self.message,
            "reset-ledger": self.reset_ledger,
            "reset-faults": self.reset_faults,
            "consent": self.consent,
        }

    def handle(self, request: Request) -> Response:
        """Answer a request to the door; whatever can't be used is 400 with a sentence."""
        name = request.path.removeprefix(PREFIX).strip("/")
        table = self._read if request.method == "GET" else self._write if request.method == "POST" else {}
        if name not in table:
            known = ", ".join(f"GET {each}" for each in self._read) + ", " + ", ".join(f"POST {each}" for each in self._write)
            return Response.of(404, {"error": f"There is no such control. There are {known}."})
        try:
            return Response.of(200, self._read[name](request) if request.method == "GET" else self._write[name](_object(request)))
        except (ValueError, TypeError) as error:
            return Response.of(400, {"error": str(error)})

    def strike(self, request: Request) -> Fault | None:
        """The fault that strikes this request; it is used up by it."""
        for fault in self.faults:
            if fault.strikes(request):
                fault.count -= 1
                self.faults = [each for each in self.faults if each.count > 0]
                return fault
        return None

    def ledger(self) -> list[dict[str, Any]]:
        """The requests so far."""
        return [entry.as_json() for entry in self._ledger.entries]

    def state(self, buyer: str | None = None, conversation: str | None = None) -> dict[str, Any]:
        """The shop as it truly stands."""
        world = self._world
        talks = [
            each
            for each in world.conversations.values()
            if (buyer is None or each.other_party == buyer) and (conversation is None or each.id == conversation)
        ]
        orders = [each for each in world.book.orders.values() if buyer is None or each.buyer.username == buyer]
        return {
            "now": written(world.now()),
            "seed": world.seed,
            "conversations": [conversation_json(each) for each in talks],
            "orders": [order_json(each) for each in orders],
            "faults": [{"kind": each.kind, "match": each.match, "count": each.count} for each in self.faults],
        }

    def fault(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Set a fault up."""
        if wanted.get("kind") == "revoke":
            self._ebay.tokens.revoke()
        else:
            self.faults.append(fault_from(wanted))
        return {"waiting": len(self.faults)}

    def advance(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Let world time pass."""
        seconds = wanted.get("seconds")
        if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not 0 <= seconds <= _LONGEST:
            raise ValueError(f"seconds must be a number from 0 to {_LONGEST:.0f}.")
        self._world.advance(seconds)
        return {"now": written(self._world.now())}

    def message(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """A buyer writes, now."""
        for name in ("buyer", "text"):
            if not isinstance(wanted.get(name), str) or not wanted[name]:
                raise ValueError(f"{name} must be a text that is not empty.")
        for name in ("subject", "item", "conversation"):
            if not isinstance(wanted.get(name, ""), str):
                raise ValueError(f"{name} must be a text.")  # noqa: TRY004
        item = self._world.item(wanted["item"]) if wanted.get("item") else None
        if wanted.get("item") and item is None:
            raise ValueError("item must be the number of one of the shop's listings, see referenceId in the state.")
        conversation = self._world.conversations.get(wanted["conversation"]) if wanted.get("conversation") else None
        if wanted.get("conversation") and (conversation is None or conversation.type != FROM_MEMBERS):
            raise ValueError("conversation must be the id of a conversation with a buyer.")
        if conversation and conversation.other_party.lower() != wanted["buyer"].lower():
            raise ValueError(f"that conversation is with {conversation.other_party}, not with {wanted['buyer']}.")
        talk, post = self._world.buyer_writes(
            wanted["buyer"], wanted["text"], conversation=conversation, item=item, subject=wanted.get("subject")
        )
        return {"conversationId": talk.id, "messageId": post.id}

    def reset_ledger(self, _wanted: dict[str, Any]) -> dict[str, Any]:
        """Forget the requests so far."""
        self._ledger.entries.clear()
        return {}

    def reset_faults(self, _wanted: dict[str, Any]) -> dict[str, Any]:
        """Call off the faults still waiting."""
        self.faults.clear()
        return {}

    def consent(self, _wanted: dict[str, Any]) -> dict[str, Any]:
        """The seller agrees in his browser once more."""
        return {"code": self._ebay.tokens.consent(), "redirect_uri": RU_NAME}


def _object(request: Request) -> dict[str, Any]:
    try:
        wanted = request.json() if request.body else {}
    except ValueError as error:
        raise ValueError("The body must be JSON.") from error
    if not isinstance(wanted, dict):
        raise ValueError("The body must be a JSON object.")  # noqa: TRY004 - answered as 400, like every other
    return wanted
