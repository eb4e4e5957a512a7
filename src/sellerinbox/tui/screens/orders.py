"""Orders and parcels: by order number, tracking number, buyer or item."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from sellerinbox.domain.orders import OrderMatch
from sellerinbox.domain.text import marked
from sellerinbox.i18n import N_, _
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.screens.page import QueryPage
from sellerinbox.tui.text import fit, right
from sellerinbox.tui.widgets.bars import Bar
from sellerinbox.tui.widgets.choice import ChoicePane
from sellerinbox.tui.widgets.order_panel import OrderPane
from sellerinbox.tui.words import day


class OrdersScreen(QueryPage):
    """Orders that fit, the highlighted one whole beside them."""

    CSS = """
    OrdersScreen Horizontal { height: 1fr; }
    OrdersScreen #results { width: 1fr; }
    OrdersScreen #order { width: 38; }
    """
    heading = N_("Orders")
    placeholder = N_("order number, tracking number, buyer or item")
    hint = N_("Enter goes to the results, then opens the buyer's conversation · {page_back} back")
    found: tuple[OrderMatch, ...] = ()

    def compose(self) -> ComposeResult:
        """The field, the list, the order."""
        self.pane.title = _(self.heading)
        yield from self.above()
        with Horizontal():
            yield self.pane
            yield OrderPane(id="order", palette=self.palette)
        yield Bar(id="hint", palette=self.palette)

    def fill(self) -> None:
        """Look for what was typed."""
        query = self.query_text.strip()
        orders = self.app.inbox.orders
        self.found = orders.find(query, 60) if query else orders.by_blocked_buyers()
        self.pane.title = _(self.heading) if query or not self.found else _("New orders by buyers you blocked")
        width = self.pane.size.width - 1
        self.pane.show_choices([_line(match, width) for match in self.found])

    def on_choice_pane_chosen(self, event: ChoicePane.Chosen) -> None:
        """Open the buyer's newest conversation."""
        order = self.found[event.index].order
        rows = [row for row in self.app.inbox.buyers.conversations(order.buyer, 20) if row.key.account == order.account]
        about = [row for row in rows if row.order_id == order.order_id] or rows
        if about:
            self.open_conversation(about[0].key)
        else:
            self.app.say(_("{buyer} has not written, so there is no conversation to open.").format(buyer=order.buyer), "error")

    def on_choice_pane_moved(self, event: ChoicePane.Moved) -> None:
        """Show the highlighted order whole."""
        match = self.found[event.index] if event.index < len(self.found) else None
        self.query_one(OrderPane).show(match, self.app.clock.now())


def _line(match: OrderMatch, width: int) -> Spans:
    order = match.order
    title = order.lines[0].title if order.lines else ""
    sign = "⊘" if match.blocked else " "
    return (
        (sign, "blocked"),
        (fit(order.order_id, 16), "strong"),
        (fit(order.status, 13), "due"),
        (fit(marked(order.buyer), 16), "text"),
        (fit(title, width - 56), "muted"),
        (right(day(order.placed_at), 8) + " ", "muted"),
    )
