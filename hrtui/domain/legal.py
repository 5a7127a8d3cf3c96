"""Legal parameters that change by date: what the law says from which day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

RELAPSE_WINDOW_DAYS = "relapse_window_days"
CERTIFICATE_FREE_DAYS = "certificate_free_days"
GUARANTEED_WAGE_DAYS = "guaranteed_wage_days"
BE_CARRY_OVER_MONTHS = "be_carry_over_months"
NL_STATUTORY_LAPSE_MONTHS = "nl_statutory_lapse_months"
NL_EXTRA_STATUTORY_YEARS = "nl_extra_statutory_years"
NL_LINKING_DAYS = "nl_linking_days"
NL_WAGE_DAYS = "nl_wage_days"
BE_NEUTRAL_DAYS = "be_neutral_days"

_ALWAYS = date.min

PARAMETERS: Mapping[str, tuple[tuple[date, int], ...]] = {
    RELAPSE_WINDOW_DAYS: ((_ALWAYS, 14), (date(2026, 1, 1), 56)),
    CERTIFICATE_FREE_DAYS: ((_ALWAYS, 0), (date(2022, 11, 28), 3), (date(2026, 1, 1), 2)),
    GUARANTEED_WAGE_DAYS: ((_ALWAYS, 30),),
    BE_CARRY_OVER_MONTHS: ((_ALWAYS, 0), (date(2024, 1, 1), 24)),
    NL_STATUTORY_LAPSE_MONTHS: ((date(2012, 1, 1), 6),),
    NL_EXTRA_STATUTORY_YEARS: ((_ALWAYS, 5),),
    NL_LINKING_DAYS: ((_ALWAYS, 28),),
    NL_WAGE_DAYS: ((_ALWAYS, 728),),
    BE_NEUTRAL_DAYS: (
        *((_ALWAYS, 0), (date(2017, 1, 9), 36_500)),
        *((date(2022, 11, 28), 140), (date(2026, 1, 1), 36_500)),
    ),
}
"""Each parameter's values, oldest first, with the day from which each holds."""


def value(name: str, day: date) -> int:
    """The value of a parameter that holds on `day`; raises LookupError where the parameter has none.

    - relapse_window_days: a new illness of the same cause within so many days after the last one continues
      it (BE, Employment Contracts Act of 3 July 1978, art. 52 and 73; eight weeks since 2026).
    - certificate_free_days: first days of illness a year that need no certificate (BE, same act, art. 31,
      since the Act of 30 October 2022; two since 2026; smaller employers may opt out).
    - guaranteed_wage_days: calendar days of illness that the employer pays (BE, same act, art. 52 and 70).
    - be_carry_over_months: months after the holiday year in which holidays that illness or the like blocked
      can still be taken (BE, Royal Decree of 30 March 1967, for the holiday years since 2024).
    - nl_statutory_lapse_months: months after the year of accrual after which statutory leave lapses (NL,
      Burgerlijk Wetboek 7:640a).
    - nl_extra_statutory_years: years after the year of accrual after which other leave lapses (NL, Burgerlijk
      Wetboek 7:642).
    - nl_linking_days: illness that begins with fewer days than these after recovery counts on (NL, Burgerlijk
      Wetboek 7:629 lid 10: less than four weeks).
    - nl_wage_days: sick days that the employer pays, gaps not counted (NL, Burgerlijk Wetboek 7:629 lid 1:
      104 weeks).
    - be_neutral_days: how long an illness during an authorised return to work gives no new guaranteed wage
      (BE, Employment Contracts Act of 3 July 1978, art. 52 and 73/1, since the Act of 20 December 2016; 20
      weeks by the Act of 30 October 2022, without end again since 2026).
    """
    for valid_from, amount in reversed(PARAMETERS[name]):
        if valid_from <= day:
            return amount
    raise LookupError(f"{name} has no value on {day}")
