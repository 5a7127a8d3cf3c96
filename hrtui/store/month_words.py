"""How steps, messages and refusals name a month."""

from __future__ import annotations

from hrtui.domain.month import Month
from hrtui.i18n import month_and_year


def in_words(month: Month) -> str:
    """A month in a sentence: `September 2026`."""
    return month_and_year(month.year, month.number)
