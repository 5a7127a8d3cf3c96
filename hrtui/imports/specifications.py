"""Reading a benefit specification from a CSV or XLSX file, or from the text of a PDF.

The table has a line per person with the columns of COLUMNS (Dutch or English names); those of the policy are
repeated or stand in the first line only. Insurers publish no layout of their PDF: its first page is read as
policy data (`name: value`), the others as lines that end with an amount. What was not found is left for the
clerk to fill in, so nothing is stored before they have seen it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from hrtui import clock
from hrtui.domain.identity.dates import read_day
from hrtui.domain.money import parse_cents
from hrtui.domain.month import Month
from hrtui.domain.sickness.benefit import BenefitLine, Specification
from hrtui.i18n import month_names, t
from hrtui.imports.cells import plain_text
from hrtui.imports.headers import by_name, cells_of, normal, places_of
from hrtui.imports.specification_lines import lines_and_total
from hrtui.imports.tables import Cell, TableError, read_table
from hrtui.store.people import fold

T = TypeVar("T")
MAX_PAGES = 40
MAX_PDF_BYTES = 50 * 1024 * 1024
COLUMNS: Mapping[str, str] = {
    "month": "month / maand / periode / period",
    "received_on": "received on / received / ontvangen op / ontvangen / datum / date",
    "policy_number": "policy number / polisnummer / policy / polis",
    "insurer": "insurer / verzekeraar",
    "person": "person / employee / name / persoon / werknemer / ex-werknemer / medewerker / verzekerde / naam"
    " / employee number / personeelsnummer",
    "first_day": "first day / from / eerste dag / van / vanaf",
    "last_day": "last day / until / laatste dag / tot en met / t/m",
    "days": "days / dagen / aantal dagen",
    "amount": "amount / bedrag / uitkering / payment",
    "currency": "currency / valuta",
}
"""The columns of a table by what they hold, with the names that they may have."""
_NAMED = by_name(COLUMNS)

_LABELLED = re.compile(r"^\s*([^:]{2,40}?)\s*:\s*(.{1,120}?)\s*$")
_YEAR_MONTH = re.compile(r"\b(\d{4})-(\d{2})\b|\b(\d{1,2})[-/](\d{4})\b")
_DUTCH_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says: `doubts` are sentences about what the clerk has to look at before it is kept."""

    specification: Specification
    doubts: tuple[str, ...] = ()


def read_specification(path: Path) -> Found:
    """Read a file; raises TableError for one that is unreadable or holds no specification."""
    try:
        with path.open("rb") as file:
            is_pdf = file.read(5) == b"%PDF-"
    except OSError as error:
        raise TableError(t("The file cannot be read: {reason}.", reason=error.strerror)) from None
    return _from_pages(_pages(path)) if is_pdf else _from_table(path)


def _from_table(path: Path) -> Found:
    header, *lines = read_table(path)
    places = places_of(header, _NAMED)
    if "amount" not in places:
        raise TableError(t("The file has no column with amounts: call it Amount or Bedrag."), header.line)
    doubts: list[str] = []
    if not lines:
        raise TableError(t("The file is empty."))
    names = [name for cell in header.cells if (name := plain_text(cell))]
    if unread := [name for name in names if normal(name) not in _NAMED]:
        doubts.append(t("These columns are not read: {names}.", names=", ".join(unread)))
    first = cells_of(lines[0], places)
    found: list[BenefitLine] = []
    months: set[Month] = set()
    for line in lines:
        cells = cells_of(line, places)
        amount = cells.get("amount", "")
        cents = _cents(amount)
        if cents is None:
            raise TableError(t("This is no amount: {text}.", text=plain_text(amount)), line.line)
        if (month := _month(plain_text(cells.get("month", "")))) is not None:
            months.add(month)
        days = plain_text(cells.get("days", "")).split(".")[0]
        found.append(
            BenefitLine(
                plain_text(cells.get("person", "")),
                _day(cells.get("first_day", "")),
                _day(cells.get("last_day", "")),
                int(days) if days.isdecimal() else None,
                cents,
            )
        )
    if len(months) > 1:
        doubts.append(t("The file holds several months: make a file of each."))
    month = _month(plain_text(first.get("month", ""))) or _month_of(found)
    received = _day(first.get("received_on", ""))
    specification = Specification(
        _or_doubt(month, Month.of(clock.today()).shift(-1), t("Check the month."), doubts),
        _or_doubt(received, clock.today(), t("Check the day of receipt."), doubts),
        plain_text(first.get("policy_number", "")),
        plain_text(first.get("insurer", "")),
        {},
        tuple(line for line in found if line.person or line.cents),
        sum(line.cents for line in found),
        plain_text(first.get("currency", "")) or "EUR",
    )
    return Found(specification, tuple(doubts))


def _from_pages(pages: Sequence[str]) -> Found:
    if not any(page.strip() for page in pages):
        raise TableError(t("The PDF is a picture without text: type the amounts yourself."))
    doubts: list[str] = []
    policy = dict(_labelled(pages[0]))
    lines, total = lines_and_total("\n".join(pages[1:]) or pages[0])
    labelled = {normal(name): value for name, value in policy.items()}
    month = _month(_of(labelled, "periode", "maand", "month")) or _month_of(lines)
    received = _day(_of(labelled, "datum", "dagtekening", "date"))
    cents = sum(line.cents for line in lines)
    if total is None:
        doubts.append(t("No total was found: check the amount."))
    elif total != cents:
        doubts.append(t("The lines do not add up to the total: check the amount."))
    specification = Specification(
        _or_doubt(month, Month.of(clock.today()).shift(-1), t("Check the month."), doubts),
        _or_doubt(received, clock.today(), t("Check the day of receipt."), doubts),
        _of(labelled, "polisnummer", "polis", "policy number"),
        _of(labelled, "verzekeraar", "insurer"),
        policy,
        tuple(lines),
        cents if total is None else total,
    )
    return Found(specification, tuple(doubts))


def _pages(path: Path) -> list[str]:
    """The text of the first pages of a PDF."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    damaged = TableError(t("The PDF is damaged or protected: open it and save it again without password."))
    if path.stat().st_size > MAX_PDF_BYTES:
        raise TableError(t("The file is larger than {n} MB: split it.", n=MAX_PDF_BYTES // 1024 // 1024))
    try:
        reader = PdfReader(path)
        if reader.is_encrypted:
            raise damaged
        return [page.extract_text() for page in reader.pages[:MAX_PAGES]]
    except TableError:
        raise
    # The library meets damage of any kind with errors of any kind; none of them may end the program.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        raise damaged from None


def _labelled(text: str) -> Iterable[tuple[str, str]]:
    for line in text.splitlines()[:60]:
        if match := _LABELLED.match(line):
            yield match[1], match[2]


def _of(labelled: Mapping[str, str], *names: str) -> str:
    """The value under the first of these labels that is there."""
    return next((value for name in names if (value := labelled.get(normal(name)))), "")


def _or_doubt(value: T | None, otherwise: T, doubt: str, doubts: list[str]) -> T:
    if value is None:
        doubts.append(doubt)
        return otherwise
    return value


def _cents(cell: Cell) -> int | None:
    if isinstance(cell, float):
        return round(cell * 100)
    cents = parse_cents(plain_text(cell))
    return cents if isinstance(cents, int) else None


def _day(cell: Cell) -> date | None:
    if isinstance(cell, date):
        return cell
    found = read_day(plain_text(cell)) if plain_text(cell) else None
    return found if isinstance(found, date) else None


def _month(text: str) -> Month | None:
    """A month written `2026-09`, `09-2026` or `september 2026`."""
    if match := _YEAR_MONTH.search(text):
        year, number = (match[1], match[2]) if match[1] else (match[4], match[3])
        return Month(int(year), int(number)) if 1 <= int(number) <= 12 and 1900 <= int(year) <= 2200 else None
    folded = fold(text)
    year_found = re.search(r"\b(19|20|21)\d{2}\b", folded)
    for names in (_DUTCH_MONTHS, tuple(map(fold, month_names()))):
        for number, name in enumerate(names, 1):
            if year_found and name in folded:
                return Month(int(year_found[0]), number)
    return None


def _month_of(lines: Sequence[BenefitLine]) -> Month | None:
    """The one month that all dated lines lie in."""
    months = {Month.of(line.first_day) for line in lines if line.first_day}
    return next(iter(months)) if len(months) == 1 else None
