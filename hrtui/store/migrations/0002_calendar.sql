-- Leave types, holidays, what is entered on each day, and locks.
CREATE TABLE leave_type (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  key VARCHAR NOT NULL,
  letter VARCHAR NOT NULL DEFAULT '',
  name_nl VARCHAR NOT NULL DEFAULT '',
  name_fr VARCHAR NOT NULL DEFAULT '',
  name_en VARCHAR NOT NULL DEFAULT '',
  category VARCHAR NOT NULL,
  unit VARCHAR NOT NULL,
  limit_kind VARCHAR NOT NULL,
  limit_amount INTEGER,
  carry_over_months INTEGER NOT NULL DEFAULT 0,
  negative_allowed BOOLEAN NOT NULL DEFAULT 0,
  sickness BOOLEAN NOT NULL DEFAULT 0,
  on_holiday BOOLEAN NOT NULL DEFAULT 0,
  active BOOLEAN NOT NULL DEFAULT 1,
  role_needed VARCHAR NOT NULL DEFAULT '',
  colour VARCHAR NOT NULL,
  dmfa_code INTEGER NOT NULL DEFAULT 0,
  display_order INTEGER NOT NULL DEFAULT 0,
  provider_codes JSON NOT NULL
);
CREATE INDEX leave_type_of_employer ON leave_type (employer_id, display_order);
CREATE TABLE holiday (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  date DATE NOT NULL,
  name_nl VARCHAR NOT NULL DEFAULT '',
  name_fr VARCHAR NOT NULL DEFAULT '',
  name_en VARCHAR NOT NULL DEFAULT '',
  replaces DATE,
  half BOOLEAN NOT NULL DEFAULT 0,
  team_id INTEGER REFERENCES team (id)
);
CREATE INDEX holiday_of_employer ON holiday (employer_id, date);
CREATE TABLE calendar_entry (
  person_id INTEGER NOT NULL REFERENCES person (id),
  date DATE NOT NULL,
  slot INTEGER NOT NULL,
  leave_type_id INTEGER NOT NULL REFERENCES leave_type (id),
  minutes INTEGER NOT NULL,
  part VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  PRIMARY KEY (person_id, date, slot)
) WITHOUT ROWID;
CREATE TABLE month_lock (
  person_id INTEGER NOT NULL REFERENCES person (id),
  month VARCHAR NOT NULL,
  at DATETIME NOT NULL,
  actor VARCHAR NOT NULL,
  PRIMARY KEY (person_id, month)
) WITHOUT ROWID;
