"""The steps that bring the backend's database to the newest form."""
