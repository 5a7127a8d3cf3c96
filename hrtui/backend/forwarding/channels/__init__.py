"""The ways to a provider, each behind the same port."""
