-- What goes to the payroll provider beside the calendar, and which months were checked.
CREATE TABLE pay_component_type (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  provider_link_id INTEGER REFERENCES provider_link (id),
  code VARCHAR NOT NULL,
  group_name VARCHAR NOT NULL DEFAULT '',
  name_nl VARCHAR NOT NULL DEFAULT '',
  name_fr VARCHAR NOT NULL DEFAULT '',
  name_en VARCHAR NOT NULL DEFAULT '',
  input VARCHAR NOT NULL,
  default_cents INTEGER,
  for_everyone BOOLEAN NOT NULL DEFAULT 1,
  active BOOLEAN NOT NULL DEFAULT 1,
  display_order INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX pay_component_type_of_employer ON pay_component_type (employer_id, display_order);
CREATE TABLE pay_component_person (
  id INTEGER NOT NULL PRIMARY KEY,
  type_id INTEGER NOT NULL REFERENCES pay_component_type (id),
  person_id INTEGER NOT NULL REFERENCES person (id)
);
CREATE UNIQUE INDEX pay_component_person_once ON pay_component_person (type_id, person_id);
CREATE TABLE pay_component (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  type_id INTEGER NOT NULL REFERENCES pay_component_type (id),
  first_month VARCHAR NOT NULL,
  last_month VARCHAR,
  cents INTEGER NOT NULL,
  unit_amount INTEGER,
  quantity INTEGER,
  currency VARCHAR NOT NULL DEFAULT 'EUR',
  note VARCHAR NOT NULL DEFAULT '',
  batch_id INTEGER
);
CREATE INDEX pay_component_of_person ON pay_component (person_id, first_month);
CREATE INDEX pay_component_of_month ON pay_component (employer_id, first_month);
CREATE TABLE provider_message (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  person_id INTEGER REFERENCES person (id),
  month VARCHAR NOT NULL,
  body VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  actor VARCHAR NOT NULL,
  at DATETIME NOT NULL
);
CREATE INDEX provider_message_of_month ON provider_message (employer_id, month);
CREATE TABLE month_check (
  id INTEGER NOT NULL PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  month VARCHAR NOT NULL,
  actor VARCHAR NOT NULL,
  at DATETIME NOT NULL
);
CREATE UNIQUE INDEX month_check_once ON month_check (person_id, month);
