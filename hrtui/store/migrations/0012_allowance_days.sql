-- Allowances in days: thousandths of a day; empty where an allowance is in minutes, as all were so far.
ALTER TABLE allowance ADD COLUMN days INTEGER;
