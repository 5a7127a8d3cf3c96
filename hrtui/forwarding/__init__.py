"""Forwarding a month to the payroll provider: checking, planning, sending, and what changed since."""
