"""Checks of what is typed into records: each takes a text and gives the value to store, or a problem."""
