"""Cases of illness in the local database: commands and lists for case managers, and nobody else."""
