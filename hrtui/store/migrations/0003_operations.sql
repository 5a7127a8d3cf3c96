-- The operation log: undo, history, and what waits to be sent.
CREATE TABLE step (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  label VARCHAR NOT NULL,
  actor VARCHAR NOT NULL,
  at DATETIME NOT NULL,
  state VARCHAR NOT NULL,
  of_step INTEGER
);
CREATE INDEX step_by_state ON step (employer_id, state, id);
CREATE TABLE operation (
  step_id INTEGER NOT NULL REFERENCES step (id),
  seq INTEGER NOT NULL,
  entity VARCHAR NOT NULL,
  row_id INTEGER NOT NULL,
  date DATE,
  old JSON,
  new JSON,
  PRIMARY KEY (step_id, seq)
) WITHOUT ROWID;
CREATE INDEX operation_of_row ON operation (entity, row_id, date, step_id);
CREATE TABLE outbox (
  uid VARCHAR NOT NULL PRIMARY KEY,
  step_id INTEGER NOT NULL REFERENCES step (id),
  state VARCHAR NOT NULL
);
CREATE INDEX outbox_by_state ON outbox (state, step_id);
