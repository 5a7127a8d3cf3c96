"""How long an employer must keep what it paid somebody by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

PAYROLL_YEARS = {"BE": 10, "NL": 7}
"""Whole years after the one in which somebody was last paid.

BE: ten years for what tax declarations rest on (Income Tax Code 1992, art. 315 and 354, since the Act of
20 November 2022); social documents five (Royal Decree of 8 August 1980, art. 25). NL: seven years (Algemene
wet inzake rijksbelastingen, art. 52 lid 4); the wage tax statement and the copy of the identity card five
(Uitvoeringsregeling loonbelasting 2011, art. 7.9).
"""


def payroll_keep_until(country: str, last_day: date, given: Mapping[str, int] = PAYROLL_YEARS) -> date:
    """The last day on which the records of somebody whose last day in service this is must be kept.

    `given` are years by country where the operator set others. A country without a rule has the longest.
    """
    terms = {**PAYROLL_YEARS, **given}
    years = terms.get(country, max(terms.values()))
    return date(last_day.year + years, 12, 31)
