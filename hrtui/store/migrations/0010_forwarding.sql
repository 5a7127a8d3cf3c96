-- Forwarding a month: what was sent, to whom, in which files, what came back, and who may change it again.
ALTER TABLE month_lock ADD COLUMN transmission_id INTEGER;
CREATE TABLE month_unlock (
  id INTEGER NOT NULL PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  month VARCHAR NOT NULL,
  actor VARCHAR NOT NULL,
  at DATETIME NOT NULL,
  until DATETIME NOT NULL,
  reason VARCHAR NOT NULL
);
CREATE INDEX month_unlock_of_person ON month_unlock (person_id, month, until);
CREATE TABLE transmission (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  provider VARCHAR NOT NULL DEFAULT '',
  month VARCHAR NOT NULL,
  number INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  layout VARCHAR NOT NULL,
  resend VARCHAR NOT NULL,
  wage_payment_date DATE,
  meal_voucher_date DATE,
  status VARCHAR NOT NULL,
  reason VARCHAR NOT NULL DEFAULT '',
  actor VARCHAR NOT NULL,
  at DATETIME NOT NULL,
  step_id INTEGER NOT NULL DEFAULT 0,
  messages JSON NOT NULL
);
CREATE UNIQUE INDEX transmission_of_month ON transmission (employer_id, month, number);
CREATE TABLE transmission_person (
  transmission_id INTEGER NOT NULL REFERENCES transmission (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  number VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  snapshot VARCHAR NOT NULL,
  sha256 VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  reason VARCHAR NOT NULL DEFAULT '',
  PRIMARY KEY (transmission_id, person_id)
) WITHOUT ROWID;
CREATE INDEX transmission_person_of ON transmission_person (person_id);
CREATE TABLE transmission_file (
  transmission_id INTEGER NOT NULL REFERENCES transmission (id),
  place INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  sha256 VARCHAR NOT NULL,
  size INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (transmission_id, place)
) WITHOUT ROWID;
CREATE TABLE transmission_event (
  id INTEGER NOT NULL PRIMARY KEY,
  transmission_id INTEGER NOT NULL REFERENCES transmission (id),
  at DATETIME NOT NULL,
  actor VARCHAR NOT NULL,
  channel VARCHAR NOT NULL DEFAULT '',
  status VARCHAR NOT NULL,
  note VARCHAR NOT NULL DEFAULT ''
);
CREATE INDEX transmission_event_of ON transmission_event (transmission_id, at);
CREATE TABLE correction (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  month VARCHAR NOT NULL,
  entity VARCHAR NOT NULL,
  row_id INTEGER NOT NULL,
  date DATE,
  old JSON,
  new JSON,
  actor VARCHAR NOT NULL,
  at DATETIME NOT NULL,
  state VARCHAR NOT NULL
);
CREATE INDEX correction_of_month ON correction (employer_id, state, month);
