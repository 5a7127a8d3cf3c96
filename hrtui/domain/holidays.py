"""Legal holidays of Belgium and the Netherlands, and the Belgian days that replace those nobody works on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from hrtui.domain.day import Holiday

Country = Literal["BE", "NL"]
Names = tuple[str, str, str]

_LANGUAGES = ("nl", "fr", "en")
_SUNDAY = 6

_NEW_YEAR: Names = ("Nieuwjaar", "Jour de l'An", "New Year's Day")
_EASTER: Names = ("Eerste paasdag", "Pâques", "Easter Sunday")
_EASTER_MONDAY: Names = ("Paasmaandag", "Lundi de Pâques", "Easter Monday")
_ASCENSION: Names = ("Hemelvaartsdag", "Ascension", "Ascension Day")
_WHIT_SUNDAY: Names = ("Eerste pinksterdag", "Pentecôte", "Whit Sunday")
_WHIT_MONDAY: Names = ("Pinkstermaandag", "Lundi de Pentecôte", "Whit Monday")
_CHRISTMAS: Names = ("Kerstmis", "Noël", "Christmas Day")

_REPLACEMENT = {"nl": "Vervangingsdag", "fr": "Jour de remplacement", "en": "Replacement day"}


def legal_holidays(country: Country, year: int) -> tuple[Holiday, ...]:
    """The legal holidays of a year in date order, with their names in nl, fr and en.

    Belgium: the ten days of the Royal Decree of 18 April 1974, art. 1; the days of the communities are not
    among them. Netherlands: the days of the Algemene termijnenwet, art. 3, with King's Day on 26 April where
    the 27th is a Sunday, and Liberation Day once every five years, as collective agreements have it.
    """
    days = _belgian(year) if country == "BE" else _dutch(year)
    return tuple(Holiday(day, tuple(zip(_LANGUAGES, names, strict=True))) for day, names in sorted(days))


def replacement_days(
    holidays: Sequence[Holiday], year: int, is_working_weekday: Callable[[date], bool]
) -> tuple[Holiday, ...]:
    """Replacement days, in date order, for the year's holidays that fall on a Sunday or another free weekday.

    Each is the first working weekday after its holiday that no other holiday or replacement takes, and where
    the year has none left, the last one before it: a replacement stays in the calendar year (Belgian Holidays
    Act of 4 January 1974, art. 6 to 8). A holiday for which `holidays` holds a replacement already (one that
    was moved by hand) keeps that one. No weekday worked means no replacement.
    """

    def works(day: date) -> bool:
        return day.weekday() != _SUNDAY and is_working_weekday(day)

    taken = {holiday.date for holiday in holidays}
    replaced = {holiday.replaces for holiday in holidays}
    found: list[Holiday] = []
    for holiday in sorted(holidays, key=lambda holiday: holiday.date):
        day = holiday.date
        if day.year != year or holiday.replaces or day in replaced or works(day):
            continue
        candidates = (other for other in _days_to_replace(day) if works(other) and other not in taken)
        if replacement := next(candidates, None):
            taken.add(replacement)
            names = tuple((language, f"{_REPLACEMENT[language]} {name}") for language, name in holiday.names)
            found.append(Holiday(replacement, names, replaces=day, half=holiday.half))
    return tuple(sorted(found, key=lambda holiday: holiday.date))


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, 2nd ed., chapter 8)."""
    a = year % 19
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    moon = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * moon) // 451
    month, day = divmod(h + moon - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _days_to_replace(day: date) -> Iterator[date]:
    """The days after a holiday to the end of its year, then those before it back to the year's start."""
    ordinal = day.toordinal()
    for other in range(ordinal + 1, date(day.year, 12, 31).toordinal() + 1):
        yield date.fromordinal(other)
    for other in range(ordinal - 1, date(day.year, 1, 1).toordinal() - 1, -1):
        yield date.fromordinal(other)


def _belgian(year: int) -> list[tuple[date, Names]]:
    easter = easter_sunday(year)
    return [
        (date(year, 1, 1), _NEW_YEAR),
        (easter + timedelta(days=1), _EASTER_MONDAY),
        (date(year, 5, 1), ("Dag van de Arbeid", "Fête du Travail", "Labour Day")),
        (easter + timedelta(days=39), _ASCENSION),
        (easter + timedelta(days=50), _WHIT_MONDAY),
        (date(year, 7, 21), ("Nationale feestdag", "Fête nationale", "National Day")),
        (date(year, 8, 15), ("O.L.V.-Hemelvaart", "Assomption", "Assumption Day")),
        (date(year, 11, 1), ("Allerheiligen", "Toussaint", "All Saints' Day")),
        (date(year, 11, 11), ("Wapenstilstand", "Armistice", "Armistice Day")),
        (date(year, 12, 25), _CHRISTMAS),
    ]


def _dutch(year: int) -> list[tuple[date, Names]]:
    easter = easter_sunday(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == _SUNDAY:
        kings_day = date(year, 4, 26)
    days = [
        (date(year, 1, 1), _NEW_YEAR),
        (easter, _EASTER),
        (easter + timedelta(days=1), ("Tweede paasdag", *_EASTER_MONDAY[1:])),
        (kings_day, ("Koningsdag", "Fête du Roi", "King's Day")),
        (easter + timedelta(days=39), _ASCENSION),
        (easter + timedelta(days=49), _WHIT_SUNDAY),
        (easter + timedelta(days=50), ("Tweede pinksterdag", *_WHIT_MONDAY[1:])),
        (date(year, 12, 25), ("Eerste kerstdag", *_CHRISTMAS[1:])),
        (date(year, 12, 26), ("Tweede kerstdag", "Lendemain de Noël", "Boxing Day")),
    ]
    if year % 5 == 0:
        days.append((date(year, 5, 5), ("Bevrijdingsdag", "Jour de la Libération", "Liberation Day")))
    return days
