-- What differences were made against, by person; and which dates a payroll provider wants of an employer.
ALTER TABLE transmission_person ADD COLUMN base INTEGER NOT NULL DEFAULT 0;
UPDATE transmission_person SET base = coalesce((
  SELECT p.transmission_id FROM transmission x
  JOIN transmission y ON y.employer_id = x.employer_id AND y.month = x.month AND y.number < x.number
  JOIN transmission_person p ON p.transmission_id = y.id AND p.person_id = transmission_person.person_id
  WHERE x.id = transmission_person.transmission_id AND p.status NOT IN ('rejected', 'failed')
  ORDER BY y.number DESC LIMIT 1
), 0);
ALTER TABLE provider_link ADD COLUMN needed_dates VARCHAR NOT NULL DEFAULT '';
