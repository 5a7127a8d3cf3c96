-- The sync with a backend: where each employer stands, what waits, what was answered.
CREATE TABLE outbox_with_answers (
  uid VARCHAR NOT NULL PRIMARY KEY,
  step_id INTEGER NOT NULL REFERENCES step (id),
  state VARCHAR NOT NULL,
  employer_id INTEGER NOT NULL,
  part INTEGER NOT NULL DEFAULT 0,
  first_seq INTEGER NOT NULL DEFAULT 0,
  last_seq INTEGER,
  mseq INTEGER,
  body JSON,
  resolves JSON,
  ack_rev INTEGER,
  ack_chain VARCHAR,
  results JSON
);
INSERT INTO outbox_with_answers (uid, step_id, state, employer_id)
  SELECT x.uid, x.step_id, 'queued', s.employer_id FROM outbox x JOIN step s ON s.id = x.step_id;
DROP TABLE outbox;
ALTER TABLE outbox_with_answers RENAME TO outbox;
CREATE INDEX outbox_by_state ON outbox (employer_id, state, step_id);
CREATE INDEX outbox_of_step ON outbox (step_id, part);
CREATE TABLE sync_state (
  employer_id INTEGER NOT NULL PRIMARY KEY,
  device_id VARCHAR NOT NULL,
  epoch VARCHAR NOT NULL DEFAULT '',
  rev INTEGER NOT NULL DEFAULT 0,
  chain VARCHAR NOT NULL,
  witness_rev INTEGER NOT NULL DEFAULT 0,
  witness_chain VARCHAR NOT NULL,
  durable_rev INTEGER NOT NULL DEFAULT 0,
  durable_chain VARCHAR NOT NULL,
  nonce VARCHAR,
  pending_nonce VARCHAR,
  next_mseq INTEGER NOT NULL DEFAULT 1,
  scope VARCHAR NOT NULL DEFAULT '',
  schema_v INTEGER NOT NULL DEFAULT 0,
  fingerprint VARCHAR NOT NULL DEFAULT '',
  needs_hello BOOLEAN NOT NULL DEFAULT 1,
  needs_requeue BOOLEAN NOT NULL DEFAULT 0,
  needs_snapshot BOOLEAN NOT NULL DEFAULT 1,
  limits JSON NOT NULL,
  skew INTEGER NOT NULL DEFAULT 0,
  exchanged_at DATETIME,
  offline_since DATETIME,
  problem VARCHAR NOT NULL DEFAULT '',
  notes JSON NOT NULL,
  snapshot JSON
);
CREATE TABLE sent_log (
  uid VARCHAR NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL,
  step_id INTEGER NOT NULL REFERENCES step (id),
  part INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER,
  body JSON NOT NULL,
  resolves JSON,
  ack_rev INTEGER NOT NULL,
  ack_chain VARCHAR NOT NULL,
  confirmed_at DATETIME NOT NULL
);
CREATE INDEX sent_log_by_rev ON sent_log (employer_id, ack_rev);
CREATE INDEX sent_log_of_step ON sent_log (step_id, part);
CREATE TABLE sync_base (
  entity VARCHAR NOT NULL,
  row_id INTEGER NOT NULL,
  date VARCHAR NOT NULL,
  unit VARCHAR NOT NULL,
  employer_id INTEGER NOT NULL,
  value VARCHAR,
  actor VARCHAR NOT NULL,
  at DATETIME NOT NULL,
  PRIMARY KEY (entity, row_id, date, unit)
) WITHOUT ROWID;
CREATE TABLE sync_yield (
  entity VARCHAR NOT NULL,
  row_id INTEGER NOT NULL,
  date VARCHAR NOT NULL,
  employer_id INTEGER NOT NULL,
  PRIMARY KEY (entity, row_id, date)
) WITHOUT ROWID;
CREATE TABLE refused (
  uid VARCHAR NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL,
  step_id INTEGER NOT NULL,
  label VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  changes JSON NOT NULL,
  actor VARCHAR NOT NULL,
  made_at DATETIME NOT NULL,
  refused_at DATETIME NOT NULL,
  state VARCHAR NOT NULL
);
CREATE INDEX refused_by_state ON refused (employer_id, state, refused_at);
DROP TABLE conflict;
CREATE TABLE conflict (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL,
  entity VARCHAR NOT NULL,
  row_id INTEGER NOT NULL,
  date DATE,
  unit VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  candidates JSON NOT NULL,
  actor VARCHAR NOT NULL,
  at DATETIME,
  open BOOLEAN NOT NULL DEFAULT 1,
  open_there BOOLEAN NOT NULL DEFAULT 1,
  answer_uid VARCHAR
);
CREATE INDEX conflict_of_row ON conflict (entity, row_id, date, open);
CREATE INDEX conflict_open ON conflict (employer_id, open);
CREATE TABLE member (
  employer_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  roles JSON NOT NULL,
  PRIMARY KEY (employer_id, id)
) WITHOUT ROWID;
CREATE TABLE stage_row (
  employer_id INTEGER NOT NULL,
  entity VARCHAR NOT NULL,
  row_id INTEGER NOT NULL,
  date VARCHAR NOT NULL,
  units JSON NOT NULL,
  PRIMARY KEY (employer_id, entity, row_id, date)
) WITHOUT ROWID;
