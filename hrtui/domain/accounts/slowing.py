"""How guessing is slowed down without anybody being able to lock a clerk out (OWASP ASVS 5.0, 6.1.1, 6.3.1).

Failures are counted per account and address, per account, and per address. A delay follows from a count and
ends by itself. What counts per account alone concerns only addresses from which the account never logged in,
so that a stranger's guesses do not delay the clerk at the usual place.
"""

from __future__ import annotations

FREE_TRIES = 5
"""Wrong tries of one account from one address that have no delay."""
FREE_TRIES_OF_ACCOUNT = 30
"""The same from all strange addresses together."""
FREE_TRIES_OF_ADDRESS = 30
"""Wrong tries of any accounts from one address."""
LONGEST_DELAY = 15 * 60
FORGOTTEN_AFTER = 24 * 3600
"""Seconds without a wrong try after which a count starts anew."""
ADDRESS_WINDOW = 60
"""The same for the count of an address: many clerks may share one."""


def delay(failures: int, free: int = FREE_TRIES) -> int:
    """Seconds to wait after so many wrong tries: 2, 4, 8 … past the free ones, at most 15 minutes."""
    over = failures - free
    if over < 0:
        return 0
    seconds: int = 2 ** min(over + 1, 20)
    return min(LONGEST_DELAY, seconds)
