"""The sync on the screen: how it stands, conflicts to decide, and refused steps."""
