"""Payroll entry for Belgium and the Netherlands, in the terminal."""

__version__ = "0.1.0"
