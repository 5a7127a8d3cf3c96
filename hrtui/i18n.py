"""The interface language: translated texts, and dates, hours and numbers as its readers write them."""

from __future__ import annotations

import gettext
import os
from datetime import date
from pathlib import Path

LANGUAGES = ("nl", "fr", "en")
_FOLDER = Path(__file__).parent / "locale"
_BABEL_LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}


class _Current:
    """The one language of this process."""

    language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: str) -> None:
    """Use `language` (nl, fr or en) from now on; raises ValueError for any other."""
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    _Current.language = language
    _Current.catalogue = gettext.translation("hrtui", _FOLDER, [language], fallback=True)


def language() -> str:
    """The language in use: nl, fr or en."""
    return _Current.language


def language_of_environment() -> str:
    """The language that LC_ALL, LC_MESSAGES or LANG asks for; English where it asks for none of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return value[:2] if value[:2] in LANGUAGES else "en"
    return "en"


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for "translate me later")
    """Mark a text for the catalogues that is translated where it is shown."""
    return message


def t(message: str, **values: object) -> str:
    """The text in the interface language, with `{name}` places filled in."""
    text = _Current.catalogue.gettext(message) if message else ""
    return text.format(**values) if values else text


def text_in(language: str, message: str, **values: object) -> str:
    """The text in another language than the interface's, for others to read; English for a strange one."""
    text = gettext.translation("hrtui", _FOLDER, [language], fallback=True).gettext(message)
    return text.format(**values) if values else text


def tn(one: str, many: str, n: int, **values: object) -> str:
    """The singular or plural text for `n`, with `{n}` and other places filled in."""
    return _Current.catalogue.ngettext(one, many, n).format(n=n, **values)


def babel_locale() -> str:
    """The Babel locale of the interface language."""
    return _BABEL_LOCALES[_Current.language]


def hours(minutes: int) -> str:
    """Minutes as a clock amount: 456 is 7:36, -30 is -0:30."""
    sign, minutes = ("-", -minutes) if minutes < 0 else ("", minutes)
    return f"{sign}{minutes // 60}:{minutes % 60:02d}"


def days(thousandths: int) -> str:
    """Thousandths of a day as days: 1500 is "1,5 d" in Dutch and French."""
    number = f"{thousandths / 1000:.3f}".rstrip("0").rstrip(".")
    return t("{n} d", n=number if language() == "en" else number.replace(".", ","))


def leave_amount(amount: int, in_days: bool) -> str:
    """An amount of leave: thousandths of a day as days, or minutes as a clock amount."""
    return days(amount) if in_days else hours(amount)


def day_text(day: date, form: str = "EEE d MMM") -> str:
    """A date in words by a CLDR pattern: `EEE d MMM` is "ma 14 sep."."""
    from babel.dates import format_date

    return format_date(day, form, locale=babel_locale())


_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
_SHORT_MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)


def weekday_names() -> tuple[str, ...]:
    """The abbreviated days from Monday on; from the catalogue, as Babel takes long to load."""
    return tuple(t(name) for name in _WEEKDAYS)


def month_names(*, short: bool = False) -> tuple[str, ...]:
    """The twelve months; from the catalogue, as Babel takes long to load."""
    return tuple(t(name) for name in (_SHORT_MONTHS if short else _MONTHS))


def month_and_year(year: int, number: int) -> str:
    """A month (1 to 12) in a sentence: "September 2026"."""
    return f"{t(_MONTHS[number - 1])} {year}"


def short_day_text(day: date) -> str:
    """A date as the status line says it: "Mon 14 Sep"."""
    return f"{t(_WEEKDAYS[day.weekday()])} {day.day} {t(_SHORT_MONTHS[day.month - 1])}"


def day_with_year(day: date) -> str:
    """A date that need not be near: "Mon 14 Sep 2026"."""
    return f"{short_day_text(day)} {day.year}"
