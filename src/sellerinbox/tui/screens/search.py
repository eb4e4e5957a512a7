"""Search: words in messages, buyers, subjects, whole ids; results as typed, newest first."""

from __future__ import annotations

from sellerinbox.domain.text import marked
from sellerinbox.domain.views import SearchHit
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.screens.page import QueryPage
from sellerinbox.tui.text import fit
from sellerinbox.tui.widgets.choice import ChoicePane
from sellerinbox.tui.words import moment


class SearchScreen(QueryPage):
    """Messages that hold the words."""

    heading = "Found"
    placeholder = "words, a buyer, an order number …"
    hint = "Enter goes to the results, then opens one · Esc back"
    hits: tuple[SearchHit, ...] = ()

    def fill(self) -> None:
        """Search for what was typed."""
        self.hits = self.app.inbox.conversations.search(self.query_text, 60)
        self.pane.title = f"Found {len(self.hits)}{' newest' if len(self.hits) == 60 else ''}" if self.query_text.strip() else "Search"
        now = self.app.clock.now()
        width = self.pane.size.width - 1
        self.pane.show_choices([_line(hit, width, moment(hit.sent_at, now)) for hit in self.hits])

    def on_choice_pane_chosen(self, event: ChoicePane.Chosen) -> None:
        """Open the conversation."""
        self.open_conversation(self.hits[event.index].row.key)


def _line(hit: SearchHit, width: int, when: str) -> Spans:
    name = 18 if width < 100 else 26
    return (
        (" ", "muted"),
        (fit(marked(hit.row.buyer), name) + " ", "strong"),
        (fit(hit.snippet, width - name - 16), "text"),
        (when.rjust(13) + " ", "muted"),
    )
