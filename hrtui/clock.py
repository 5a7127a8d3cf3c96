"""What day it is: the computer's date, or the one that HRTUI_TODAY fixes for a reproducible demo or test."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def today() -> date:
    """The current local date, or the one in HRTUI_TODAY (YYYY-MM-DD); raises ValueError if that is none."""
    fixed = os.environ.get("HRTUI_TODAY", "")
    return date.fromisoformat(fixed) if fixed else date.today()


def now() -> datetime:
    """The current moment in UTC."""
    return datetime.now(UTC)


def seconds() -> int:
    """The current moment in whole seconds since 1970."""
    return int(now().timestamp())
