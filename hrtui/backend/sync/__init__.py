"""The server half of sync: an ordered log of commits per employer, and what each clerk may see of it."""
