"""Accounts of the backend: users, invitations, log-ins in two steps, devices, and what slows guessing."""
