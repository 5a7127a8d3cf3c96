"""A month on its way out: files for the payroll provider, the spreadsheet and the printer."""
