-- Employers, their people, contracts and work schedules.
CREATE TABLE setting (
  name VARCHAR NOT NULL PRIMARY KEY,
  value VARCHAR NOT NULL
);
CREATE TABLE employer (
  id INTEGER NOT NULL PRIMARY KEY,
  name VARCHAR NOT NULL,
  country VARCHAR NOT NULL,
  language VARCHAR NOT NULL,
  enterprise_number VARCHAR NOT NULL DEFAULT ''
);
CREATE TABLE team (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  name VARCHAR NOT NULL
);
CREATE TABLE person (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  number VARCHAR NOT NULL,
  first_name VARCHAR NOT NULL,
  last_name VARCHAR NOT NULL,
  name_prefix VARCHAR NOT NULL DEFAULT '',
  birth_date DATE,
  sex VARCHAR NOT NULL DEFAULT '',
  national_number VARCHAR NOT NULL DEFAULT '',
  bsn VARCHAR NOT NULL DEFAULT '',
  email VARCHAR NOT NULL DEFAULT '',
  phone VARCHAR NOT NULL DEFAULT '',
  iban VARCHAR NOT NULL DEFAULT '',
  language VARCHAR NOT NULL DEFAULT '',
  team_id INTEGER REFERENCES team (id),
  sort_name VARCHAR NOT NULL,
  search_text VARCHAR NOT NULL,
  archived BOOLEAN NOT NULL DEFAULT 0
);
CREATE INDEX person_by_name ON person (employer_id, sort_name, id);
CREATE UNIQUE INDEX person_number ON person (employer_id, number);
CREATE TABLE contract (
  id INTEGER NOT NULL PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  start_date DATE NOT NULL,
  end_date DATE,
  worker_status VARCHAR NOT NULL DEFAULT '',
  nature VARCHAR NOT NULL DEFAULT '',
  job_title VARCHAR NOT NULL DEFAULT '',
  joint_committee VARCHAR NOT NULL DEFAULT '',
  hours_per_week INTEGER
);
CREATE INDEX contract_of_person ON contract (person_id, start_date, end_date);
CREATE TABLE work_schedule (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  name VARCHAR NOT NULL,
  cycle_start DATE NOT NULL,
  weeks JSON NOT NULL
);
CREATE TABLE schedule_assignment (
  id INTEGER NOT NULL PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  schedule_id INTEGER NOT NULL REFERENCES work_schedule (id),
  valid_from DATE NOT NULL
);
CREATE INDEX schedule_of_person ON schedule_assignment (person_id, valid_from);
