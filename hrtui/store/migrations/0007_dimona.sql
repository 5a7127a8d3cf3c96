-- What Dimona asks of some contracts: hours of a casual or flexi-job worker, another place, the using employer.
ALTER TABLE contract ADD COLUMN start_minute INTEGER;
ALTER TABLE contract ADD COLUMN end_minute INTEGER;
ALTER TABLE contract ADD COLUMN work_place VARCHAR NOT NULL DEFAULT '';
ALTER TABLE contract ADD COLUMN using_employer VARCHAR NOT NULL DEFAULT '';
