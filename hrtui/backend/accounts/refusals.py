"""What the operator of a backend is told when something cannot be done."""

from __future__ import annotations


class AdminError(Exception):
    """What was asked cannot be done; the text is one translated sentence."""
