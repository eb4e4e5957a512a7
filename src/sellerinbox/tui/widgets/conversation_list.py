"""The list of conversations: one window of rows over a list of any length.

It holds only the rows on the screen and asks its source for the next ones by position
(keyset), so a key costs the same with a thousand conversations and a hundred thousand. It
scrolls by half screens: a highlight that moves inside a still page costs 300 bytes, a
scrolled list 5,000.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, Protocol

from textual.binding import BindingType
from textual.events import Click, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from sellerinbox.domain.models import ConversationRow, Key
from sellerinbox.i18n import _
from sellerinbox.tui import keys
from sellerinbox.tui.palette import Palette, Spans
from sellerinbox.tui.text import fit, wrap
from sellerinbox.tui.widgets.conversation_row import chosen, first_line, one_line, second_line
from sellerinbox.tui.widgets.pane import Pane

Position = tuple[int, int]
END: Position = (2**62, 2**62)
"""Behind every row there is."""
_RANGE = 1_000
"""Conversations that one range takes in at most."""
_WIDE = 64
"""From this width on a conversation takes one line; narrower, two."""


class RowSource(Protocol):
    """Where rows come from."""

    def page(self, limit: int, after: Position | None = None, before: Position | None = None) -> tuple[ConversationRow, ...]:
        """Rows behind or before a position, in the list's order."""

    def row(self, key: Key) -> ConversationRow | None:
        """One row, wherever it stands now."""


class ConversationList(Pane, inherit_bindings=False):
    """Conversations, most urgent first."""

    BINDINGS: ClassVar[list[BindingType]] = list(keys.LIST)

    class Highlighted(Message):
        """Another conversation is highlighted (None: the list is empty)."""

        def __init__(self, row: ConversationRow | None) -> None:
            super().__init__()
            self.row = row

    class Opened(Message):
        """The seller wants to read this one."""

        def __init__(self, row: ConversationRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, source: RowSource, now: Callable[[], datetime], *, id: str, palette: Palette) -> None:  # noqa: A002
        super().__init__(id=id, palette=palette)
        self.source = source
        self.now = now
        self.rows: tuple[ConversationRow, ...] = ()
        self.cursor = 0
        self.selected: dict[Key, ConversationRow] = {}
        """What the next action is for, in the order in which it was chosen."""
        self.empty_lines: tuple[str, ...] = ()
        """What stands where no conversation is left."""
        self.empty_words = _("Nothing here.")
        self._from_top = True
        self._capacity = 1

    @property
    def highlighted(self) -> ConversationRow | None:
        """The highlighted row."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def row_height(self) -> int:
        """Screen lines of one conversation."""
        return 1 if self.size.width >= _WIDE else 2

    @property
    def capacity(self) -> int:
        """Conversations that fit, or that fitted when the list was last to be seen."""
        if self.body_height:
            self._capacity = max(1, self.body_height // self.row_height)
        return self._capacity

    def on_resize(self, _event: Resize) -> None:
        """More or fewer rows fit; the highlighted one stays. Hidden behind another pane, nothing changes."""
        if self.body_height:
            self.reload()

    def reload(self) -> None:
        """Read the page again. The highlighted conversation stays highlighted, whatever moved.

        When it has moved out of the page it keeps its place on the screen until the highlight
        moves on: a list that changes under the seller's fingers would send his answer to the
        wrong buyer.
        """
        kept, shown = self.highlighted, (self.rows, self.cursor, self.size)
        after = None if self._from_top or not self.rows else (self.rows[0].position[0], self.rows[0].position[1] - 1)
        rows = self.source.page(self.capacity, after=after)
        if len(rows) < self.capacity and after is not None:
            self._from_top = True
            rows = self.source.page(self.capacity)
        self.rows = rows if kept is None else self._with_kept(rows, kept.key)
        self.cursor = min(self.cursor, max(0, len(self.rows) - 1))
        if (self.rows, self.cursor, self.size) != shown:
            self.refresh()
        if kept is None or self.highlighted is None or self.highlighted.key != kept.key:
            self.post_message(self.Highlighted(self.highlighted))

    def _with_kept(self, rows: tuple[ConversationRow, ...], key: Key) -> tuple[ConversationRow, ...]:
        for index, row in enumerate(rows):
            if row.key == key:
                self.cursor = index
                return rows
        kept = self.source.row(key)
        if kept is None:
            return rows
        at = min(self.cursor, len(rows), self.capacity - 1)
        self.cursor = at
        return (*rows[:at], kept, *rows[at:])[: self.capacity]

    def update_row(self, row: ConversationRow) -> None:
        """Draw one conversation's new state in its place."""
        for index, old in enumerate(self.rows):
            if old.key == row.key:
                self.rows = (*self.rows[:index], row, *self.rows[index + 1 :])
                self._refresh_row(index)

    def forget_highlight(self) -> None:
        """Move the highlight on, before the highlighted conversation leaves the list."""
        if len(self.rows) > 1:
            gone = self.cursor
            self.rows = (*self.rows[:gone], *self.rows[gone + 1 :])
            self.cursor = min(gone, len(self.rows) - 1)
        else:
            self.rows = ()
        self.refresh()  # now: read again, a list that fits on the screen is the same, and would not be drawn anew
        self.post_message(self.Highlighted(self.highlighted))

    def toggle(self, row: ConversationRow) -> None:
        """Choose a conversation for the next action, or no longer."""
        if self.selected.pop(row.key, None) is None:
            self.selected[row.key] = row
        self.refresh()

    def select_range(self) -> bool:
        """Choose everything from the one chosen last up to the highlight; False when nothing was chosen."""
        here, last = self.highlighted, next(reversed(self.selected.values()), None)
        if here is None or last is None:
            return False
        self.selected.update({row.key: row for row in self._between(last, here)})
        self.selected[here.key] = self.selected.pop(here.key)  # the next range begins here
        self.refresh()
        return True

    def _between(self, one: ConversationRow, other: ConversationRow) -> tuple[ConversationRow, ...]:
        """Both and all between them, also what has scrolled off the screen."""
        places = {row.key: index for index, row in enumerate(self.rows)}
        if one.key in places and other.key in places:
            first, final = sorted((places[one.key], places[other.key]))
            return self.rows[first : final + 1]
        start, end = sorted((one, other), key=lambda row: row.position)
        rows = self.source.page(_RANGE, after=(start.position[0], start.position[1] - 1))
        return (start, *(row for row in rows if start.position < row.position < end.position), end)

    def clear_selection(self) -> None:
        """Nothing is chosen any more."""
        if self.selected:
            self.selected = {}
            self.refresh()

    def highlight_key(self, key: Key) -> None:
        """Highlight a conversation, when this list shows it right now."""
        index = next((index for index, row in enumerate(self.rows) if row.key == key), None)
        if index is not None and index != self.cursor:
            self._highlight(index)

    def show_key(self, key: Key) -> bool:
        """Bring a conversation into view and highlight it; False when there is none."""
        row = self.source.row(key)
        if row is None:
            return False
        self._from_top = False
        before = self.source.page(self.capacity // 2, before=row.position)
        first = before[0].position if before else row.position
        self._from_top = not before
        self.rows = self.source.page(self.capacity, after=(first[0], first[1] - 1))
        self.cursor = 0
        self.rows = self._with_kept(self.rows, key)
        self.refresh()
        self.post_message(self.Highlighted(self.highlighted))
        return True

    def action_move(self, count: int) -> None:
        """Move the highlight, as often as was typed before it."""
        self.move(count * self.times())

    def move(self, count: int) -> None:
        """Move the highlight by conversations."""
        target = self.cursor + count
        if target >= len(self.rows):
            target = self._scroll_down(target)
        elif target < 0:
            target = self._scroll_up(target)
        self._highlight(target)

    def action_move_page(self, count: int) -> None:
        """Move the highlight by a screen."""
        self.move(count * self.capacity * self.times())

    def action_first(self) -> None:
        """The most urgent conversation."""
        self._show(self.source.page(self.capacity), 0, from_top=True)

    def action_last(self) -> None:
        """The end of the list, or the conversation whose number was typed before."""
        number = self.count()
        if number:
            self.action_first()
            self.move(number - 1)
            return
        rows = self.source.page(self.capacity, before=END)
        self._show(rows, len(rows) - 1, from_top=len(rows) < self.capacity)

    def action_open(self) -> None:
        """Read the highlighted conversation."""
        if self.highlighted is not None:
            self.post_message(self.Opened(self.highlighted))

    def _show(self, rows: tuple[ConversationRow, ...], cursor: int, *, from_top: bool) -> None:
        self.rows, self._from_top, self.cursor = rows, from_top, max(0, cursor)
        self.refresh()
        self.post_message(self.Highlighted(self.highlighted))

    def _scroll_down(self, target: int) -> int:
        if not self.rows:
            return 0
        wanted = max(self.capacity // 2, target - len(self.rows) + 1)
        more = self.source.page(wanted, after=self.rows[-1].position)
        if more:
            joined = (*self.rows, *more)
            dropped = max(0, len(joined) - self.capacity)
            self.rows, self._from_top = joined[dropped:], self._from_top and not dropped
            target -= dropped
            self.refresh()
        return min(target, len(self.rows) - 1)

    def _scroll_up(self, target: int) -> int:
        if not self.rows or self._from_top:
            return 0
        wanted = max(self.capacity // 2, -target)
        more = self.source.page(wanted, before=self.rows[0].position)
        if len(more) < wanted:
            return self._at_the_top(target, len(more))
        if more:
            self.rows = (*more, *self.rows)[: self.capacity]
            target += len(more)
            self.refresh()
        return max(0, min(target, len(self.rows) - 1))

    def _at_the_top(self, target: int, before: int) -> int:
        """The first page, and with it what stands above all others; there were `before` rows before the one on top until now."""
        first = self.rows[0].key
        self.rows, self._from_top = self.source.page(self.capacity), True
        self.refresh()
        above = next((index for index, row in enumerate(self.rows) if row.key == first), before)
        return max(0, min(above + target, len(self.rows) - 1))

    def _highlight(self, target: int) -> None:
        before, self.cursor = self.cursor, max(0, target)
        self._refresh_row(before)
        self._refresh_row(self.cursor)
        self.post_message(self.Highlighted(self.highlighted))

    def _refresh_row(self, index: int) -> None:
        height = self.row_height
        self.refresh(Region(0, 1 + index * height, self.size.width, height))

    def on_click(self, event: Click) -> None:
        """A click highlights, a second one opens."""
        index = (event.y - 1) // self.row_height
        if 0 <= index < len(self.rows):
            if index == self.cursor:
                self.action_open()
            else:
                self._highlight(index)

    def action_scroll_lines(self, count: int) -> None:
        """The wheel moves the highlight."""
        self.action_move(1 if count > 0 else -1)

    def position_words(self) -> str:
        """Nothing: counting a long list would cost more than it tells."""
        return ""

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        if y == 0:
            return self.header(width)
        index, part = divmod(y - 1, self.row_height)
        if index >= len(self.rows):
            return self.strip(self._empty_line(y - 2, width), width)
        row, selected = self.rows[index], index == self.cursor
        if row.key in self.selected and part == 0:
            return self._strip(chosen(row, width, self.now(), self.row_height), width, selected)
        if self.row_height == 1:
            return self._strip(one_line(row, width, self.now()), width, selected)
        return self._strip((first_line if part == 0 else second_line)(row, width, self.now()), width, selected)

    def _empty_line(self, number: int, width: int) -> Spans:
        lines = [piece for line in self.empty_lines or (self.empty_words,) for piece in wrap(line, width - 3)]
        if self.rows or not 0 <= number < len(lines):
            return ()
        return ((fit(f"  {lines[number]}", width), "good" if number == 0 and self.empty_lines else "muted"),)

    def _strip(self, spans: Spans, width: int, selected: bool) -> Strip:
        # The bar at the left says "selected" without colour. Few runs of one style each: a run
        # costs some 40 bytes, and a key redraws two conversations.
        (text, role), *rest = spans
        if selected:
            return self.strip((("▌", "accent" if self.has_focus else "muted"), (text, role), *rest), width, selected)
        return self.strip(((f" {text}", role), *rest), width)
