-- Cases of illness with their course, files and specifications. Nothing here can say why somebody is ill.
ALTER TABLE employer ADD COLUMN occupational_service VARCHAR DEFAULT '' NOT NULL;
ALTER TABLE employer ADD COLUMN occupational_email VARCHAR DEFAULT '' NOT NULL;
ALTER TABLE employer ADD COLUMN occupational_phone VARCHAR DEFAULT '' NOT NULL;
ALTER TABLE employer ADD COLUMN occupational_language VARCHAR DEFAULT '' NOT NULL;
ALTER TABLE employer ADD COLUMN certificate_always BOOLEAN DEFAULT 0 NOT NULL;
ALTER TABLE employer ADD COLUMN clause_ends_contract BOOLEAN DEFAULT 0 NOT NULL;
CREATE TABLE sickness_classification (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  code VARCHAR NOT NULL,
  active BOOLEAN DEFAULT 1 NOT NULL,
  display_order INTEGER DEFAULT 0 NOT NULL
);
CREATE UNIQUE INDEX sickness_classification_once ON sickness_classification (employer_id, code);
CREATE TABLE sickness_person (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  no_risk BOOLEAN DEFAULT 0 NOT NULL,
  basis VARCHAR DEFAULT '' NOT NULL,
  recorded_on DATE
);
CREATE UNIQUE INDEX sickness_person_once ON sickness_person (person_id);
CREATE TABLE sickness_case (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  classification VARCHAR NOT NULL,
  first_day DATE NOT NULL,
  last_day DATE,
  reported_at DATETIME NOT NULL,
  minutes_worked INTEGER DEFAULT 0 NOT NULL,
  expected_end DATE,
  nursing_street VARCHAR DEFAULT '' NOT NULL,
  nursing_house_number VARCHAR DEFAULT '' NOT NULL,
  nursing_postcode VARCHAR DEFAULT '' NOT NULL,
  nursing_city VARCHAR DEFAULT '' NOT NULL,
  nursing_country VARCHAR DEFAULT '' NOT NULL,
  nursing_phone VARCHAR DEFAULT '' NOT NULL,
  safety_net BOOLEAN DEFAULT 0 NOT NULL,
  work_accident BOOLEAN DEFAULT 0 NOT NULL,
  liable_third_party BOOLEAN DEFAULT 0 NOT NULL,
  certificate_free BOOLEAN DEFAULT 0 NOT NULL,
  linking VARCHAR DEFAULT '' NOT NULL,
  waiting_days INTEGER DEFAULT 0 NOT NULL,
  recovery_reported_at DATETIME,
  close_reason VARCHAR DEFAULT '' NOT NULL,
  filled_until DATE
);
CREATE INDEX sickness_case_of_person ON sickness_case (person_id, first_day);
CREATE INDEX sickness_case_of_employer ON sickness_case (employer_id, last_day);
CREATE TABLE sickness_progress (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  case_id INTEGER NOT NULL REFERENCES sickness_case (id),
  from_date DATE NOT NULL,
  percent INTEGER NOT NULL,
  therapeutic_percent INTEGER,
  source VARCHAR NOT NULL,
  authorised BOOLEAN DEFAULT 0 NOT NULL,
  reported_at DATETIME NOT NULL
);
CREATE UNIQUE INDEX sickness_progress_once ON sickness_progress (case_id, from_date);
CREATE TABLE sickness_displaced (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  case_id INTEGER NOT NULL REFERENCES sickness_case (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  date DATE NOT NULL,
  entries JSON NOT NULL
);
CREATE UNIQUE INDEX sickness_displaced_once ON sickness_displaced (case_id, date);
CREATE TABLE sickness_step (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  case_id INTEGER NOT NULL REFERENCES sickness_case (id),
  step VARCHAR NOT NULL,
  number INTEGER DEFAULT 0 NOT NULL,
  done_on DATE,
  needed BOOLEAN DEFAULT 1 NOT NULL
);
CREATE UNIQUE INDEX sickness_step_once ON sickness_step (case_id, step, number);
CREATE TABLE sickness_certificate (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  case_id INTEGER NOT NULL REFERENCES sickness_case (id),
  from_date DATE NOT NULL,
  until_date DATE NOT NULL,
  received_on DATE
);
CREATE INDEX sickness_certificate_of_case ON sickness_certificate (case_id, from_date);
CREATE TABLE sickness_contact (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  case_id INTEGER NOT NULL REFERENCES sickness_case (id),
  kind VARCHAR NOT NULL,
  channel VARCHAR NOT NULL,
  recipient VARCHAR DEFAULT '' NOT NULL,
  language VARCHAR DEFAULT '' NOT NULL,
  state VARCHAR NOT NULL,
  actor VARCHAR NOT NULL,
  at DATETIME NOT NULL
);
CREATE INDEX sickness_contact_of_case ON sickness_contact (case_id, at);
CREATE TABLE sickness_document (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  case_id INTEGER REFERENCES sickness_case (id),
  folder VARCHAR NOT NULL,
  origin VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  media_type VARCHAR NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 VARCHAR NOT NULL,
  actor VARCHAR NOT NULL,
  at DATETIME NOT NULL
);
CREATE INDEX sickness_document_of_case ON sickness_document (case_id, folder);
CREATE INDEX sickness_document_by_content ON sickness_document (sha256);
CREATE TABLE sickness_note (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  case_id INTEGER NOT NULL REFERENCES sickness_case (id),
  written_on DATE NOT NULL,
  author VARCHAR NOT NULL,
  body VARCHAR NOT NULL
);
CREATE INDEX sickness_note_of_case ON sickness_note (case_id, written_on);
CREATE TABLE benefit_specification (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  month VARCHAR NOT NULL,
  received_on DATE NOT NULL,
  policy_number VARCHAR DEFAULT '' NOT NULL,
  insurer VARCHAR DEFAULT '' NOT NULL,
  policy JSON NOT NULL,
  lines JSON NOT NULL,
  cents INTEGER NOT NULL,
  currency VARCHAR DEFAULT 'EUR' NOT NULL,
  document_id INTEGER REFERENCES sickness_document (id)
);
CREATE INDEX benefit_specification_of_month ON benefit_specification (employer_id, month);
CREATE TABLE access_log (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  actor VARCHAR NOT NULL,
  at DATETIME NOT NULL,
  what VARCHAR NOT NULL,
  entity VARCHAR NOT NULL,
  row_id INTEGER NOT NULL,
  detail VARCHAR DEFAULT '' NOT NULL
);
CREATE INDEX access_log_of_row ON access_log (entity, row_id, at);
