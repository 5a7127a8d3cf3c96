"""Months as titles, fields and lists show them; without Babel, which takes long to load."""

from __future__ import annotations

from hrtui.domain.month import Month
from hrtui.i18n import month_and_year, t


def month_text(month: Month) -> str:
    """A month in words, as a title: `September 2026`."""
    name = month_and_year(month.year, month.number)
    return f"{name[:1].upper()}{name[1:]}"


def month_typed(month: Month | None) -> str:
    """A month as one types it: `09/2026`; a month that never comes is a dash."""
    return f"{month.number:02d}/{month.year}" if month else "–"


def span_text(first: Month, last: Month | None) -> str:
    """From when until when something is paid, in words; empty for a single month."""
    if last == first:
        return ""
    if last is None:
        return t("monthly from {first}", first=month_typed(first))
    return t("monthly {first} – {last}", first=month_typed(first), last=month_typed(last))
