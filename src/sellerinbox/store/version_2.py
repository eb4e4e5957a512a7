"""From version 1 to 2: promises, snoozes, tags, notes, groups in the journal, what became of replies.

Written out in full and never changed again: this is what happened to the sellers' files,
whatever the tables look like later. What is derived (clocks, places in the list) is not computed
here: without the setting `ranked_by` everything is derived anew when the store is opened.
"""

from __future__ import annotations

import sqlite3


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring an inbox of version 1 to version 2, inside the caller's transaction."""
    for table, columns in _COLUMNS.items():
        for column in columns:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in (*_TABLES, *_INDEXES, *_CONTENT):
        connection.execute(statement)


_COLUMNS = {
    "conversation": (
        "waived_id INTEGER DEFAULT 0 NOT NULL",
        "thanked_id INTEGER DEFAULT 0 NOT NULL",
        "last_inbound_at INTEGER",
        "acked_at INTEGER",
        "reply_due_at INTEGER",
        "promise_due_at INTEGER",
        "due_at INTEGER",
        "due_kind VARCHAR",
        "klass VARCHAR",
        "thanks BOOLEAN DEFAULT 0 NOT NULL",
        "snoozed BOOLEAN DEFAULT 0 NOT NULL",
        "snoozed_until INTEGER",
        "snooze_condition VARCHAR",
        "snooze_when VARCHAR",
        "woken_at INTEGER",
        "woke VARCHAR",
        "drafted BOOLEAN DEFAULT 0 NOT NULL",
        "tags VARCHAR DEFAULT '' NOT NULL",
    ),
    "outbox": (
        "ack_only BOOLEAN DEFAULT 0 NOT NULL",
        "canned VARCHAR",
        "next_step VARCHAR DEFAULT 'stay' NOT NULL",
        "overtaken BOOLEAN DEFAULT 0 NOT NULL",
        "promise_mark INTEGER DEFAULT 0 NOT NULL",
        "followed VARCHAR",
        "accepted VARCHAR",
    ),
    "journal": ("group_id INTEGER DEFAULT 0 NOT NULL",),
}
_TABLES = (
    """CREATE TABLE promise (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, conversation_id INTEGER NOT NULL, text VARCHAR NOT NULL,
 due_at INTEGER NOT NULL, made_at INTEGER NOT NULL, item_id INTEGER, message_id VARCHAR, state VARCHAR NOT NULL, closed_at INTEGER,
 closed_by INTEGER, reason VARCHAR, FOREIGN KEY(conversation_id) REFERENCES conversation (id))""",
    """CREATE TABLE note (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, conversation_id INTEGER, account VARCHAR NOT NULL,
 buyer VARCHAR NOT NULL, text VARCHAR NOT NULL, at INTEGER NOT NULL, removed BOOLEAN DEFAULT 0 NOT NULL,
 FOREIGN KEY(conversation_id) REFERENCES conversation (id))""",
    """CREATE TABLE tag (conversation_id INTEGER NOT NULL, name VARCHAR NOT NULL, PRIMARY KEY (conversation_id, name),
 FOREIGN KEY(conversation_id) REFERENCES conversation (id))""",
    "CREATE TABLE setting (name VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (name))",
)
_INDEXES = (
    "DROP INDEX conversation_inbox",
    "DROP INDEX conversation_due",
    "DROP INDEX conversation_unread",
    "DROP INDEX conversation_open",
    "CREATE INDEX conversation_inbox ON conversation (rank, id) WHERE state <> 'closed' AND snoozed = 0",
    "CREATE INDEX conversation_due ON conversation (rank, id) WHERE due_at IS NOT NULL AND state <> 'closed' AND snoozed = 0",
    """CREATE INDEX conversation_unread ON conversation (rank, id, unread, state, snoozed)
 WHERE unread > 0 AND state <> 'closed' AND snoozed = 0""",
    "CREATE INDEX conversation_open ON conversation (state, snoozed) WHERE state = 'open' AND snoozed = 0",
    "CREATE INDEX conversation_promises ON conversation (promise_due_at, id) WHERE promise_due_at IS NOT NULL",
    "CREATE INDEX conversation_snoozed ON conversation (rank, id, snoozed) WHERE snoozed = 1",
    "CREATE INDEX conversation_drafts ON conversation (rank, id) WHERE drafted = 1",
    "CREATE INDEX conversation_clock ON conversation (reply_due_at, id, snoozed) WHERE reply_due_at IS NOT NULL AND snoozed = 0",
    "CREATE INDEX conversation_waking ON conversation (snoozed_until) WHERE snoozed_until IS NOT NULL",
    "CREATE INDEX conversation_woken ON conversation (woken_at) WHERE woken_at IS NOT NULL",
    "CREATE INDEX conversation_acked ON conversation (acked_at) WHERE acked_at IS NOT NULL",
    "CREATE INDEX conversation_live ON conversation (last_inbound_at, state) WHERE state = 'open'",
    "CREATE INDEX outbox_acks ON outbox (conversation_id, sent_id) WHERE ack_only = 1 AND sent_id IS NOT NULL",
    "CREATE INDEX outbox_canned ON outbox (conversation_id) WHERE canned IS NOT NULL AND sent_id IS NOT NULL",
    "CREATE INDEX promise_thread ON promise (conversation_id, id)",
    "CREATE INDEX promise_open ON promise (conversation_id, due_at) WHERE state = 'open'",
    "CREATE INDEX promise_due ON promise (due_at, id, state) WHERE state = 'open'",
    "CREATE INDEX note_conversation ON note (conversation_id) WHERE conversation_id IS NOT NULL AND removed = 0",
    "CREATE INDEX note_buyer ON note (account, buyer) WHERE conversation_id IS NULL AND removed = 0",
    "CREATE INDEX tag_name ON tag (name, conversation_id)",
    "CREATE INDEX journal_standing ON journal (id) WHERE undone = 0",
    "CREATE INDEX journal_group ON journal (group_id)",
)
_CONTENT = (
    "UPDATE journal SET group_id = id",
    "UPDATE conversation SET drafted = 1 WHERE id IN (SELECT conversation_id FROM draft)",
)
