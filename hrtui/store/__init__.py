"""The clerk's local, encrypted database: tables, the one way to write, undo, and what screens read."""
