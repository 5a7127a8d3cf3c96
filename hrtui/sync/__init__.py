"""Keeping the local database and the backend the same: planner, transport, engine."""
