"""The rules of accounts: passwords, one-time codes, backup codes, and how guessing is slowed down."""
