"""Accounts as the inbox knows them: who is signed in, where readings stopped, how the last round went."""

from __future__ import annotations

from datetime import datetime

from sellerinbox.domain.accounts import Account, Seller
from sellerinbox.domain.outbox import OutboxState
from sellerinbox.domain.views import AccountStatus
from sellerinbox.store import consequences
from sellerinbox.store.rows import ACCOUNT, OUTBOX, account_status, outbox_item
from sellerinbox.store.sessions import Sessions, execute, rows
from sellerinbox.store.values import maybe_ms, storable, to_ms


class Accounts:
    """The seller's accounts; settings and secrets are elsewhere."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def ensure(self, account: Account) -> None:
        """Know this account from now on."""
        with self._sessions.read() as session:
            known = rows(session, "SELECT marketplace FROM account WHERE name = ?", (account.name,))
        if known and known[0][0] == account.marketplace:
            return
        with self._sessions.write() as session:
            execute(session, _ENSURE, (account.name, account.marketplace))

    def cursor(self, name: str, what: str) -> str | None:
        """Where the last reading of `what` (`threads`, `orders`) stopped; None before the first has ended."""
        with self._sessions.read() as session:
            found = rows(session, "SELECT value FROM sync_cursor WHERE account = ? AND what = ?", (name, what))
        return str(found[0][0]) if found else None

    def record_ok(self, name: str, at: datetime, next_at: datetime | None) -> None:
        """A round ended well."""
        self._change(_OK, (to_ms(at), maybe_ms(next_at), name))

    def record_problem(self, name: str, kind: str, sentence: str, next_at: datetime | None) -> None:
        """A round ended badly; `kind` as in `AccountStatus.problem_kind`. The last good time stays."""
        self._change(_PROBLEM, (kind, storable(sentence), maybe_ms(next_at), name))

    def seller(self, name: str) -> Seller | None:
        """Who is signed in, if the marketplace has told."""
        with self._sessions.read() as session:
            found = rows(session, "SELECT seller_id, seller_name FROM account WHERE name = ? AND seller_id IS NOT NULL", (name,))
        return Seller(*found[0]) if found else None

    def set_seller(self, name: str, seller: Seller) -> None:
        """Remember who is signed in."""
        self._change(
            "UPDATE account SET seller_id = ?, seller_name = ? WHERE name = ?", (storable(seller.user_id), storable(seller.name), name)
        )

    def statuses(self) -> tuple[AccountStatus, ...]:
        """How each account's sync stands, by name."""
        with self._sessions.read() as session:
            return tuple(account_status(row) for row in rows(session, f"SELECT {ACCOUNT} FROM account ORDER BY name"))

    def remove(self, name: str) -> None:
        """Forget the account's sync and cancel what still waits; its messages stay readable."""
        with self._sessions.write() as session:
            waiting = [outbox_item(row) for row in rows(session, _WAITING, (name,))]
            execute(session, "UPDATE outbox SET state = 'cancelled' WHERE account = ? AND state = 'queued'", (name,))
            for item in waiting:
                consequences.follow(session, item, OutboxState.CANCELLED, to_ms(self._sessions.clock.now()))
            execute(session, "DELETE FROM sync_cursor WHERE account = ?", (name,))
            execute(session, "DELETE FROM account WHERE name = ?", (name,))

    def _change(self, sql: str, parameters: tuple[object, ...]) -> None:
        with self._sessions.write() as session:
            execute(session, sql, parameters)


_WAITING = f"SELECT {OUTBOX} FROM outbox o WHERE o.account = ? AND o.state = 'queued' ORDER BY o.id"
_ENSURE = "INSERT INTO account (name, marketplace) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET marketplace = excluded.marketplace"
_OK = "UPDATE account SET last_ok_at = ?, next_at = ?, problem = NULL, problem_kind = NULL WHERE name = ?"
_PROBLEM = "UPDATE account SET problem_kind = ?, problem = ?, next_at = ? WHERE name = ?"
