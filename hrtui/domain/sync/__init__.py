"""Rules of the sync that client and backend share: what merges as one, how it travels, how it is hashed."""
