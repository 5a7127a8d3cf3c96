"""A sample employer of invented people, as large as wanted, that comes in through the import of files."""
