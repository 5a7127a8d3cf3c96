"""People, schedules and entries read from the files that clerks have: CSV and XLSX."""
