-- Which roles of an employer may see what is not for everyone.
CREATE TABLE employer_role (
  id INTEGER NOT NULL PRIMARY KEY,
  employer_id INTEGER NOT NULL REFERENCES employer (id),
  role VARCHAR NOT NULL,
  areas JSON NOT NULL
);
CREATE UNIQUE INDEX employer_role_once ON employer_role (employer_id, role);
