"""Months in words: from when until when something is paid."""

from __future__ import annotations

from hrtui.domain.month import Month
from hrtui.widgets.months import month_typed, span_text


def test_a_span_says_from_when_until_when() -> None:
    first = Month(2026, 9)
    assert span_text(first, first) == ""
    assert span_text(first, None) == "monthly from 09/2026"
    assert span_text(first, Month(2027, 1)) == "monthly 09/2026 – 01/2027"
    assert month_typed(None) == "–"
