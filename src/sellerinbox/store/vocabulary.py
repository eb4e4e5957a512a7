"""The words that an index holds, by their beginning."""

from __future__ import annotations

from sellerinbox.store.listing import Ask

_MOST = 100
"""More words than this are left to FTS5's own prefix search: each is then rather rare."""


class Vocabulary:
    """The words in the full-text tables of one connection; remembered until somebody writes."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._version = -1
        self._known: dict[tuple[str, str], tuple[str, ...] | None] = {}
        ask("PRAGMA temp_store = MEMORY", ())
        for table in ("message_fts", "conversation_fts"):
            ask(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_words USING fts5vocab('main', '{table}', 'instance')", ())

    def completions(self, table: str, begin: str) -> tuple[str, ...]:
        """Every word of a full-text table that begins so; none when there are too many. `begin` is ASCII, in small letters."""
        version = self._ask("PRAGMA data_version", ())[0][0]
        if version != self._version:
            self._version = version
            self._known.clear()
        for length in range(len(begin), 0, -1):
            shorter = self._known.get((table, begin[:length]))
            if shorter is not None:
                return tuple(word for word in shorter if word.startswith(begin))
        if (table, begin) not in self._known:
            self._known[table, begin] = self._look_up(table, begin)
        return self._known[table, begin] or ()

    def _look_up(self, table: str, begin: str) -> tuple[str, ...] | None:
        """One look for each word: asked for all at once, SQLite would read every place where each of them stands."""
        question = f"SELECT term FROM temp.{table}_words WHERE term >= ? LIMIT 1"
        found: list[str] = []
        place = begin
        while (row := self._ask(question, (place,))) and row[0][0].startswith(begin):
            if len(found) == _MOST:
                return None
            found.append(row[0][0])
            place = found[-1] + "\1"
        return tuple(found)
