"""Search: words in messages, buyers, subjects, whole ids; results as typed, newest first."""

from __future__ import annotations

from sellerinbox.domain.errors import QueryError
from sellerinbox.domain.text import marked
from sellerinbox.domain.views import Found, SearchHit
from sellerinbox.i18n import N_, _
from sellerinbox.tui.palette import Spans
from sellerinbox.tui.screens.page import QueryPage
from sellerinbox.tui.text import fit, right
from sellerinbox.tui.widgets.choice import ChoicePane
from sellerinbox.tui.words import moment

_SHOWN = 60


class SearchScreen(QueryPage):
    """Messages that hold the words."""

    heading = N_("Found")
    placeholder = N_("words, an order number, from: is: has: before: tag: …")
    hint = N_("Enter goes to the results, then opens one · {page_back} back")
    hits: tuple[SearchHit, ...] = ()

    def fill(self) -> None:
        """Search for what was typed."""
        asked = self.query_text.strip()
        try:
            found = self.app.inbox.conversations.search(asked, _SHOWN, typing=True)
        except QueryError as error:
            self.pane.title = str(error)
            self.pane.refresh_header()
            return
        self.hits = found
        self.pane.title = _title(asked, found)
        now = self.app.clock.now()
        width = self.pane.size.width - 1
        self.pane.show_choices([_line(hit, width, moment(hit.sent_at, now)) for hit in self.hits])

    def on_choice_pane_chosen(self, event: ChoicePane.Chosen) -> None:
        """Open the conversation."""
        self.open_conversation(self.hits[event.index].row.key)


def _title(asked: str, found: Found[SearchHit]) -> str:
    if not asked:
        return _("Search")
    if found.late:
        return _("Found {count} in the time there was; ask for something rarer").format(count=len(found))
    return (_("Found {count} newest") if found.more else _("Found {count}")).format(count=len(found))


def _line(hit: SearchHit, width: int, when: str) -> Spans:
    name = 18 if width < 100 else 26
    return (
        (" ", "muted"),
        (fit(marked(hit.row.buyer), name) + " ", "strong"),
        (fit(hit.snippet, width - name - 16), "text"),
        (right(when, 13) + " ", "muted"),
    )
