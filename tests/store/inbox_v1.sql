-- An inbox as version 1 of the schema made it: dumped from that code, never to be changed.
CREATE TABLE schema_version (
	version INTEGER NOT NULL, 
	applied_at INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
CREATE TABLE account (
	name VARCHAR NOT NULL, 
	marketplace VARCHAR NOT NULL, 
	seller_id VARCHAR, 
	seller_name VARCHAR, 
	last_ok_at INTEGER, 
	next_at INTEGER, 
	problem VARCHAR, 
	problem_kind VARCHAR, 
	PRIMARY KEY (name)
);
CREATE TABLE sync_cursor (
	account VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	saved_at INTEGER NOT NULL, 
	PRIMARY KEY (account, what)
);
CREATE TABLE conversation (
	id INTEGER NOT NULL, 
	account VARCHAR NOT NULL, 
	remote_id VARCHAR NOT NULL, 
	marketplace VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	buyer VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	listing_id VARCHAR, 
	created_at INTEGER NOT NULL, 
	latest_message_id VARCHAR, 
	complete BOOLEAN NOT NULL, 
	archived BOOLEAN NOT NULL, 
	remote_unread INTEGER NOT NULL, 
	unread INTEGER NOT NULL, 
	closed BOOLEAN NOT NULL, 
	settled_id INTEGER NOT NULL, 
	wants_closed BOOLEAN, 
	wants_unread BOOLEAN, 
	snippet VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	last_message_at INTEGER NOT NULL, 
	oldest_unanswered_at INTEGER, 
	rank INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (remote_id, account)
);
CREATE INDEX conversation_unread ON conversation (rank, id, unread, state) WHERE unread > 0 AND state <> 'closed';
CREATE INDEX conversation_all ON conversation (rank, id);
CREATE INDEX conversation_open ON conversation (state) WHERE state = 'open';
CREATE INDEX conversation_buyer ON conversation (buyer COLLATE NOCASE);
CREATE INDEX conversation_due ON conversation (rank, id) WHERE state = 'open' AND oldest_unanswered_at IS NOT NULL;
CREATE INDEX conversation_inbox ON conversation (rank, id) WHERE state <> 'closed';
CREATE INDEX conversation_closed ON conversation (rank, id) WHERE state = 'closed';
CREATE INDEX conversation_listing ON conversation (listing_id) WHERE listing_id IS NOT NULL;
CREATE TABLE customer_order (
	id INTEGER NOT NULL, 
	account VARCHAR NOT NULL, 
	order_id VARCHAR NOT NULL, 
	buyer VARCHAR NOT NULL, 
	placed_at INTEGER NOT NULL, 
	modified_at INTEGER NOT NULL, 
	fulfillment VARCHAR NOT NULL, 
	payment VARCHAR NOT NULL, 
	cancel VARCHAR, 
	total VARCHAR, 
	currency VARCHAR, 
	paid_at INTEGER, 
	ship_by INTEGER, 
	deliver_from INTEGER, 
	deliver_to INTEGER, 
	buyer_name VARCHAR, 
	address VARCHAR, 
	buyer_note VARCHAR, 
	service VARCHAR, 
	PRIMARY KEY (id), 
	UNIQUE (account, order_id)
);
CREATE INDEX customer_order_number ON customer_order (order_id);
CREATE INDEX customer_order_buyer ON customer_order (buyer COLLATE NOCASE);
CREATE TABLE block (
	account VARCHAR NOT NULL, 
	buyer VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	conversation VARCHAR, 
	order_id VARCHAR, 
	blocked_at INTEGER NOT NULL, 
	remote VARCHAR NOT NULL, 
	PRIMARY KEY (account, buyer)
);
CREATE TABLE journal (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	action VARCHAR NOT NULL, 
	account VARCHAR, 
	remote_id VARCHAR, 
	undo VARCHAR NOT NULL, 
	at INTEGER NOT NULL, 
	undone BOOLEAN NOT NULL
);
CREATE TABLE message (
	id INTEGER NOT NULL, 
	conversation_id INTEGER NOT NULL, 
	account VARCHAR NOT NULL, 
	remote_id VARCHAR NOT NULL, 
	direction VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	sent_at INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	raw BLOB, 
	attachments VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (remote_id, account), 
	FOREIGN KEY(conversation_id) REFERENCES conversation (id)
);
CREATE INDEX message_thread ON message (conversation_id, id, direction);
CREATE TABLE order_line (
	id INTEGER NOT NULL, 
	order_row INTEGER NOT NULL, 
	account VARCHAR NOT NULL, 
	order_id VARCHAR NOT NULL, 
	buyer VARCHAR NOT NULL, 
	line_id VARCHAR NOT NULL, 
	listing_id VARCHAR, 
	sku VARCHAR, 
	title VARCHAR NOT NULL, 
	quantity INTEGER NOT NULL, 
	total VARCHAR, 
	PRIMARY KEY (id), 
	UNIQUE (order_row, line_id), 
	FOREIGN KEY(order_row) REFERENCES customer_order (id)
);
CREATE INDEX order_line_match ON order_line (account, listing_id, buyer, order_row, order_id);
CREATE INDEX order_line_sku ON order_line (sku COLLATE NOCASE);
CREATE INDEX order_line_listing ON order_line (listing_id);
CREATE TABLE shipment (
	id INTEGER NOT NULL, 
	order_row INTEGER NOT NULL, 
	shipment_id VARCHAR NOT NULL, 
	carrier VARCHAR, 
	tracking_number VARCHAR, 
	tracking_key VARCHAR, 
	shipped_at INTEGER, 
	status VARCHAR, 
	last_event_at INTEGER, 
	events VARCHAR NOT NULL, 
	url VARCHAR, 
	PRIMARY KEY (id), 
	UNIQUE (order_row, shipment_id), 
	FOREIGN KEY(order_row) REFERENCES customer_order (id)
);
CREATE INDEX shipment_tracking ON shipment (tracking_key);
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	conversation_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	remote_id VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	created_at INTEGER NOT NULL, 
	pressed_at INTEGER NOT NULL, 
	not_before INTEGER NOT NULL, 
	claimed_at INTEGER, 
	newest_known_id VARCHAR, 
	known_beside VARCHAR NOT NULL, 
	sent_id VARCHAR, 
	reason VARCHAR, 
	looked_at INTEGER, 
	not_found BOOLEAN NOT NULL, 
	FOREIGN KEY(conversation_id) REFERENCES conversation (id)
);
CREATE INDEX outbox_pending ON outbox (conversation_id, id, state) WHERE kind = 'reply' AND state IN ('queued', 'sending', 'rejected', 'unconfirmed');
CREATE INDEX outbox_state ON outbox (state);
CREATE INDEX outbox_thread ON outbox (conversation_id, id);
CREATE UNIQUE INDEX outbox_sent ON outbox (account, sent_id) WHERE sent_id IS NOT NULL;
CREATE TABLE draft (
	conversation_id INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	saved_at INTEGER NOT NULL, 
	PRIMARY KEY (conversation_id), 
	FOREIGN KEY(conversation_id) REFERENCES conversation (id)
);
CREATE VIRTUAL TABLE message_fts USING fts5(text, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE conversation_fts USING fts5(buyer, subject, listing_id, remote_id, prefix='2 3', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE order_fts USING fts5(words, prefix='2 3', tokenize='unicode61 remove_diacritics 2');
INSERT INTO schema_version VALUES (1, 1795341600000);
INSERT INTO account VALUES ('shop-uk', 'ebay', 'u1', 'lamp-shop', NULL, NULL, NULL, NULL);
INSERT INTO sync_cursor VALUES ('shop-uk', 'threads', 'threads-1', 1795341600000);
INSERT INTO sync_cursor VALUES ('shop-uk', 'orders', 'orders-1', 1795341600000);
INSERT INTO conversation VALUES (1, 'shop-uk', 'c1', 'ebay', 'buyer', 'bob', 'About the lamp', '110', 1795341600000, 'm3', 1, 0, 1, 1, 0, 0, NULL, NULL, 'It is still not here.', 'open', 1795345200000, 1795345200000, 1795345200000);
INSERT INTO conversation VALUES (2, 'shop-uk', 'c2', 'ebay', 'buyer', 'eve', 'About the lamp', '220', 1795341600000, 'n1', 1, 0, 0, 0, 0, 0, NULL, NULL, 'Is the lamp blue?', 'open', 1795343400000, 1795343400000, 1795343400000);
INSERT INTO conversation VALUES (3, 'shop-uk', 'c3', 'ebay', 'buyer', 'ann', 'About the lamp', '330', 1795341600000, 'o3', 1, 0, 0, 0, 0, 0, NULL, NULL, 'Thank you so much!', 'open', 1795353600000, 1795353600000, 1795353600000);
INSERT INTO conversation VALUES (4, 'shop-uk', 'c4', 'ebay', 'buyer', 'joe', 'About the lamp', '110', 1795341600000, 'p2', 1, 0, 0, 0, 1, 1882552365220103896, 1, NULL, 'Gone out.', 'closed', 1795341840000, NULL, 1124104565002624);
INSERT INTO conversation VALUES (5, 'shop-uk', 'c5', 'ebay', 'buyer', 'old', 'About the lamp', '110', 1795341600000, 'q1', 1, 1, 0, 0, 1, 1882552302305367733, NULL, NULL, 'Where is it?', 'closed', 1795341780000, NULL, 1124104565062624);
INSERT INTO conversation VALUES (6, 'shop-uk', 'c6', 'ebay', 'marketplace', 'eBay', 'About the lamp', '110', 1795341600000, 'r1', 1, 0, 0, 0, 0, 0, NULL, NULL, 'Your listing ends.', 'open', 1795341840000, NULL, 1124104565002624);
INSERT INTO customer_order VALUES (1882548338688992383, 'shop-uk', '01-1', 'bob', 1795338000000, 1795338000000, 'NOT_STARTED', 'PAID', NULL, '12.50', 'GBP', NULL, NULL, NULL, NULL, 'Bob Stone', '["Bob Stone", ["1 Mill Lane"], "Leeds", null, "LS1 1AA", "GB"]', NULL, NULL);
INSERT INTO block VALUES ('shop-uk', 'eve', 'abuse', 'shouted', 'c2', NULL, 1795344060000, 'none');
INSERT INTO journal VALUES (1, 'reply', 'shop-uk', 'c2', '{"outbox": 2}', 1795344000000, 0);
INSERT INTO journal VALUES (2, 'done', 'shop-uk', 'c4', '{}', 1795344600000, 0);
INSERT INTO journal VALUES (3, 'block', 'shop-uk', 'c2', '{"account": "shop-uk", "buyer": "eve"}', 1795344660000, 0);
INSERT INTO message VALUES (1882552113561626986, 3, 'shop-uk', 'o1', 'in', 'bob', 1795341600000, 'Where is it?', NULL, '');
INSERT INTO message VALUES (1882552113561996264, 1, 'shop-uk', 'm1', 'in', 'bob', 1795341600000, 'Where is my parcel? 什么时候发货', NULL, '');
INSERT INTO message VALUES (1882552176476841972, 4, 'shop-uk', 'p1', 'in', 'bob', 1795341660000, 'Where is it?', NULL, '');
INSERT INTO message VALUES (1882552239390930510, 4, 'shop-uk', 'p2', 'out', 'seller', 1795341720000, 'On its way.', NULL, '');
INSERT INTO message VALUES (1882552302305367733, 5, 'shop-uk', 'q1', 'in', 'bob', 1795341780000, 'Where is it?', NULL, '');
INSERT INTO message VALUES (1882552365220103896, 4, 'shop-uk', 'p3', 'out', 'lamp-shop', 1795341840000, 'Gone out.', NULL, '');
INSERT INTO message VALUES (1882552365220627830, 6, 'shop-uk', 'r1', 'in', 'bob', 1795341840000, 'Your listing ends.', NULL, '');
INSERT INTO message VALUES (1882552428135406162, 1, 'shop-uk', 'm2', 'out', 'seller', 1795341900000, 'On its way.', NULL, '');
INSERT INTO message VALUES (1882552679793244368, 3, 'shop-uk', 'o2', 'out', 'seller', 1795342140000, 'On its way.', NULL, '');
INSERT INTO message VALUES (1882554000999143467, 2, 'shop-uk', 'n1', 'in', 'bob', 1795343400000, 'Is the lamp blue?', NULL, '');
INSERT INTO message VALUES (1882555888435751620, 1, 'shop-uk', 'm3', 'in', 'bob', 1795345200000, 'It is still not here.', NULL, '');
INSERT INTO message VALUES (1882564696474519622, 3, 'shop-uk', 'o3', 'in', 'bob', 1795353600000, 'Thank you so much!', NULL, '');
INSERT INTO order_line VALUES (1, 1882548338688992383, 'shop-uk', '01-1', 'bob', 'l1', '110', 'SKU-9', 'Brass lamp', 1, '12.50');
INSERT INTO shipment VALUES (1, 1882548338688992383, 's1', 'Royal Mail', 'AB123456789GB', 'AB123456789GB', NULL, NULL, NULL, '', NULL);
INSERT INTO outbox VALUES (1, 4, 'reply', 'shop-uk', 'c4', 'Gone out.', 'sent', 1, 1795341780000, 1795341780000, 1795341780000, 1795341780000, 'p2', '["p2"]', 'p3', NULL, NULL, 0);
INSERT INTO outbox VALUES (2, 2, 'reply', 'shop-uk', 'c2', 'Yes, blue.', 'queued', 0, 1795344000000, 1795344000000, 1795344010000, NULL, NULL, '[]', NULL, NULL, NULL, 0);
INSERT INTO outbox VALUES (3, 4, 'archive', 'shop-uk', 'c4', '', 'queued', 0, 1795344600000, 1795344600000, 1795344600000, NULL, NULL, '[]', NULL, NULL, NULL, 0);
INSERT INTO draft VALUES (1, 'Dear Bob', 1795345260000);
INSERT INTO message_fts (rowid, text) VALUES (1882552113561626986, 'Where is it?');
INSERT INTO message_fts (rowid, text) VALUES (1882552113561996264, 'Where is my parcel?  什  么  时  候  发  货 ');
INSERT INTO message_fts (rowid, text) VALUES (1882552176476841972, 'Where is it?');
INSERT INTO message_fts (rowid, text) VALUES (1882552239390930510, 'On its way.');
INSERT INTO message_fts (rowid, text) VALUES (1882552302305367733, 'Where is it?');
INSERT INTO message_fts (rowid, text) VALUES (1882552365220103896, 'Gone out.');
INSERT INTO message_fts (rowid, text) VALUES (1882552365220627830, 'Your listing ends.');
INSERT INTO message_fts (rowid, text) VALUES (1882552428135406162, 'On its way.');
INSERT INTO message_fts (rowid, text) VALUES (1882552679793244368, 'On its way.');
INSERT INTO message_fts (rowid, text) VALUES (1882554000999143467, 'Is the lamp blue?');
INSERT INTO message_fts (rowid, text) VALUES (1882555888435751620, 'It is still not here.');
INSERT INTO message_fts (rowid, text) VALUES (1882564696474519622, 'Thank you so much!');
INSERT INTO conversation_fts (rowid, buyer, subject, listing_id, remote_id) VALUES (1, 'bob', 'About the lamp', '110', 'c1');
INSERT INTO conversation_fts (rowid, buyer, subject, listing_id, remote_id) VALUES (2, 'eve', 'About the lamp', '220', 'c2');
INSERT INTO conversation_fts (rowid, buyer, subject, listing_id, remote_id) VALUES (3, 'ann', 'About the lamp', '330', 'c3');
INSERT INTO conversation_fts (rowid, buyer, subject, listing_id, remote_id) VALUES (4, 'joe', 'About the lamp', '110', 'c4');
INSERT INTO conversation_fts (rowid, buyer, subject, listing_id, remote_id) VALUES (5, 'old', 'About the lamp', '110', 'c5');
INSERT INTO conversation_fts (rowid, buyer, subject, listing_id, remote_id) VALUES (6, 'eBay', 'About the lamp', '110', 'c6');
INSERT INTO order_fts (rowid, words) VALUES (1882548338688992383, '01-1 bob Bob Stone Brass lamp SKU-9 110 AB123456789GB');
PRAGMA user_version = 1;
PRAGMA application_id = 1397321314;
