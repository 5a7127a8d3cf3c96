"""When to try again after a failure: later each time, by chance within that, so that not all come at once."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field

FIRST, LONGEST = 1.0, 60.0
"""Seconds that the first and any later wait is at most."""


@dataclass(slots=True)
class Backoff:
    """The waits of one thing that is tried; times are those of `time.monotonic`."""

    longest: float = LONGEST
    failures: int = 0
    due: float = field(default_factory=time.monotonic)

    def failed(self, asked: float = 0.0) -> None:
        """Wait before the next try, at least as many seconds as the other side `asked` for."""
        most = min(self.longest, FIRST * 2**self.failures)
        self.failures = min(self.failures + 1, 16)
        # No need of secrecy: this only spreads the tries of many programs.
        self.due = time.monotonic() + asked + random.uniform(0, most)  # noqa: S311

    def succeeded(self, again: float) -> None:
        """All is well; the next look comes in `again` seconds."""
        self.failures = 0
        self.due = time.monotonic() + again

    def now(self) -> None:
        """Something happened: try at once, unless the last tries failed."""
        if not self.failures:
            self.due = time.monotonic()

    def left(self) -> float:
        """Seconds until the next try, 0 where it is due."""
        return max(0.0, self.due - time.monotonic())
