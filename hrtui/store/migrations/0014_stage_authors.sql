-- Who wrote a day that is being read anew, and when.
ALTER TABLE stage_row ADD COLUMN actor VARCHAR NOT NULL DEFAULT '';
ALTER TABLE stage_row ADD COLUMN at VARCHAR NOT NULL DEFAULT '';
