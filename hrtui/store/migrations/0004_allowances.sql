-- Allowances per person, exceptions to a type's limit, and edits that met another clerk's.
CREATE TABLE allowance (
  id INTEGER NOT NULL PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  leave_type_id INTEGER NOT NULL REFERENCES leave_type (id),
  year INTEGER NOT NULL,
  label VARCHAR NOT NULL DEFAULT '',
  minutes INTEGER NOT NULL,
  valid_from DATE NOT NULL,
  expires DATE,
  reason VARCHAR NOT NULL DEFAULT ''
);
CREATE INDEX allowance_of_person ON allowance (person_id, leave_type_id, year);
CREATE TABLE leave_exception (
  id INTEGER NOT NULL PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  leave_type_id INTEGER NOT NULL REFERENCES leave_type (id),
  limit_kind VARCHAR NOT NULL,
  limit_amount INTEGER
);
CREATE INDEX leave_exception_of_person ON leave_exception (person_id, leave_type_id);
CREATE TABLE conflict (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL,
  entity VARCHAR NOT NULL,
  row_id INTEGER NOT NULL,
  date DATE,
  mine JSON,
  theirs JSON,
  actor VARCHAR NOT NULL,
  at DATETIME NOT NULL,
  open BOOLEAN NOT NULL DEFAULT 1
);
CREATE INDEX conflict_of_row ON conflict (entity, row_id, date, open);
