"""The payroll rules: pure functions on frozen values, without clock, files, SQL or screen."""
