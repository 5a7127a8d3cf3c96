"""The legal holidays of both countries, and the Belgian replacement days."""

from __future__ import annotations

from datetime import date, timedelta

import holidays as published
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrtui.domain.day import Holiday
from hrtui.domain.holidays import easter_sunday, legal_holidays, replacement_days

years = st.integers(1970, 2100)


def on_weekdays(day: date) -> bool:
    return day.weekday() < 5


def test_belgium_has_its_ten_legal_days():
    found = [(holiday.date.isoformat(), holiday.name("nl")) for holiday in legal_holidays("BE", 2026)]
    assert found == [
        ("2026-01-01", "Nieuwjaar"),
        ("2026-04-06", "Paasmaandag"),
        ("2026-05-01", "Dag van de Arbeid"),
        ("2026-05-14", "Hemelvaartsdag"),
        ("2026-05-25", "Pinkstermaandag"),
        ("2026-07-21", "Nationale feestdag"),
        ("2026-08-15", "O.L.V.-Hemelvaart"),
        ("2026-11-01", "Allerheiligen"),
        ("2026-11-11", "Wapenstilstand"),
        ("2026-12-25", "Kerstmis"),
    ]


def test_the_netherlands():
    found = [(holiday.date.isoformat(), holiday.name("nl")) for holiday in legal_holidays("NL", 2025)]
    assert found == [
        ("2025-01-01", "Nieuwjaar"),
        ("2025-04-20", "Eerste paasdag"),
        ("2025-04-21", "Tweede paasdag"),
        ("2025-04-26", "Koningsdag"),
        ("2025-05-05", "Bevrijdingsdag"),
        ("2025-05-29", "Hemelvaartsdag"),
        ("2025-06-08", "Eerste pinksterdag"),
        ("2025-06-09", "Tweede pinksterdag"),
        ("2025-12-25", "Eerste kerstdag"),
        ("2025-12-26", "Tweede kerstdag"),
    ]


def test_liberation_day_is_free_once_in_five_years():
    names = {
        year: [one.name("en") for one in legal_holidays("NL", year)] for year in (2024, 2025, 2026, 2030)
    }
    assert [year for year in names if "Liberation Day" in names[year]] == [2025, 2030]


@pytest.mark.parametrize("country", ["BE", "NL"])
def test_every_holiday_has_a_name_in_each_language(country):
    for holiday in legal_holidays(country, 2025):
        assert [language for language, name in holiday.names if name] == ["nl", "fr", "en"]
    assert legal_holidays(country, 2026)[0].name("fr") == "Jour de l'An"


@pytest.mark.parametrize("year", range(1990, 2101))
def test_the_dates_are_those_of_the_published_calendars(year):
    """The `holidays` package adds both church Sundays for Belgium, and Good Friday for the Netherlands."""
    easter = easter_sunday(year)
    belgian = set(published.country_holidays("BE", years=year)) - {easter, easter + timedelta(days=49)}
    assert {holiday.date for holiday in legal_holidays("BE", year)} == belgian
    if year >= 2014:  # Queen's Day before
        dutch = set(published.country_holidays("NL", years=year)) - {easter - timedelta(days=2)}
        assert {holiday.date for holiday in legal_holidays("NL", year)} == dutch


@pytest.mark.parametrize(
    ("year", "wanted"),
    [
        (2020, {"2020-08-15": "2020-08-17", "2020-11-01": "2020-11-02"}),
        (2021, {"2021-05-01": "2021-05-03", "2021-08-15": "2021-08-16", "2021-12-25": "2021-12-27"}),
        (2022, {"2022-01-01": "2022-01-03", "2022-05-01": "2022-05-02", "2022-12-25": "2022-12-26"}),
        (2023, {"2023-01-01": "2023-01-02", "2023-11-11": "2023-11-13"}),
        (2024, {"2024-07-21": "2024-07-22"}),
        (2025, {"2025-11-01": "2025-11-03"}),
        (2026, {"2026-08-15": "2026-08-17", "2026-11-01": "2026-11-02"}),
    ],
)
def test_replacement_days_of_a_monday_to_friday_company(year, wanted):
    found = replacement_days(legal_holidays("BE", year), year, on_weekdays)
    assert {str(one.replaces): one.date.isoformat() for one in found} == wanted


def test_a_replacement_is_named_after_its_holiday():
    (replacement,) = replacement_days(legal_holidays("BE", 2024), 2024, on_weekdays)
    assert replacement.name("nl") == "Vervangingsdag Nationale feestdag"
    assert replacement.name("fr") == "Jour de remplacement Fête nationale"


def test_a_company_that_is_closed_on_mondays():
    found = replacement_days(legal_holidays("BE", 2026), 2026, lambda day: day.weekday() in (1, 2, 3, 4, 5))
    assert {str(one.replaces): str(one.date) for one in found} == {
        "2026-04-06": "2026-04-07",
        "2026-05-25": "2026-05-26",
        "2026-11-01": "2026-11-03",
    }


def test_a_holiday_on_sunday_is_replaced_even_where_sundays_are_worked():
    found = replacement_days(legal_holidays("BE", 2024), 2024, lambda day: True)
    assert [str(one.date) for one in found] == ["2024-07-22"]


def test_a_replacement_stays_in_its_year():
    christmas = Holiday(date(2022, 12, 25), (("en", "Christmas Day"),))
    (replacement,) = replacement_days([christmas], 2022, lambda day: day.weekday() == 6 or day.day < 20)
    assert replacement.date == date(2022, 12, 19)


def test_a_replacement_moved_by_hand_stays_and_is_not_made_again():
    holidays = [*legal_holidays("BE", 2026), Holiday(date(2026, 11, 2), (), replaces=date(2026, 8, 15))]
    found = replacement_days(holidays, 2026, on_weekdays)
    assert [(one.replaces, one.date) for one in found] == [(date(2026, 11, 1), date(2026, 11, 3))]


def test_nobody_works_so_nothing_is_replaced():
    assert replacement_days(legal_holidays("BE", 2026), 2026, lambda day: False) == ()


@given(years, st.sets(st.integers(0, 6)), st.sets(st.integers(0, 364), max_size=20))
def test_replacements_keep_the_law(year, weekdays, extra):
    own = [Holiday(date(year, 1, 1) + timedelta(days=number), (("en", "Own"),)) for number in extra]
    legal = legal_holidays("BE", year)
    holidays = [*legal, *(one for one in own if one.date not in {holiday.date for holiday in legal})]
    found = replacement_days(holidays, year, lambda day: day.weekday() in weekdays)
    assert len({one.date for one in found}) == len(found)
    free = {one.date for one in holidays if one.date.weekday() == 6 or one.date.weekday() not in weekdays}
    assert {one.replaces for one in found} == (free if weekdays - {6} else set())
    for one in found:
        assert one.date.year == year
        assert one.date.weekday() in weekdays - {6}
        assert one.date not in {holiday.date for holiday in holidays}
