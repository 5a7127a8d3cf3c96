"""What a line of an entries file says, checked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hrtui.domain.day import Entry, Part, Status
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.i18n import language, t
from hrtui.imports.cells import CellError, Record, parse_text
from hrtui.imports.headers import normal, words
from hrtui.imports.plan import Plan
from hrtui.imports.tables import Cell

SOURCE = "import"
MAX_RANGE = 366
_HALVES = {"½", "1/2", "0,5", "0.5", "50%"}
_WHOLES = {"1", "1/1", "100%"}
_PARTS = {
    **words(
        "full / whole / whole day / full day / day / volledig / heel / hele / hele dag / volledige dag / dag"
        " / entier / complet / jour / jour entier / journée / journée entière",
        Part.FULL,
    ),
    **words(
        "am / morning / half / half day / vm / voormiddag / ochtend / halve / halve dag / matin / matinée"
        " / demi / demi-jour / demi-journée",
        Part.MORNING,
    ),
    **words("pm / afternoon / nm / namiddag / middag / après-midi", Part.AFTERNOON),
    **words("hours / uren / heures", Part.HOURS),
}
_STATUSES = {
    **words("approved / goedgekeurd / approuvé", Status.APPROVED),
    **words("pending / requested / aangevraagd / in afwachting / demandé / en attente", Status.PENDING),
}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of an entries file: the same entry on `first`, or on the working days from `first` to `last`.

    `entry` is None where the line has a problem. `measured` is what the file says that a full or half day has
    (minutes), None where it says nothing.
    """

    line: int
    person_id: int
    first: date
    last: date
    is_range: bool
    entry: Entry | None
    measured: int | None


class TypeNames:
    """Finds a leave type by its key, or by its name in any language."""

    def __init__(self, kinds: Mapping[int, LeaveType]) -> None:
        self._found: dict[str, list[LeaveType]] = {}
        for kind in kinds.values():
            for name in {normal(name) for name in kind.names.values() if name}:
                self._found.setdefault(name, []).append(kind)
        for kind in kinds.values():
            self._found[normal(kind.key)] = [kind]

    def find(self, text: str) -> LeaveType:
        """The leave type that `text` names, an active one first; raises CellError for none or several."""
        found = self._found.get(normal(text), [])
        found = [kind for kind in found if kind.active] or found
        if not found:
            raise CellError(t("There is no leave type “{text}”.", text=text[:40]))
        if len(found) > 1:
            keys = ", ".join(sorted(kind.key for kind in found))
            raise CellError(t("“{text}” can be {keys}: write the code.", text=text[:40], keys=keys))
        return found[0]


def read_entry(record: Record, people: Mapping[str, int], types: TypeNames, plan: Plan) -> EntryLine | None:
    """Check one line; None where its person or date is wrong. Every problem goes to `plan`."""
    plan.check_cells(record)
    line = record.line
    person_id = plan.attempt(line, lambda: _person(record, people), 0)
    days = _days(record, plan)
    entry = _entry(record, types, plan)
    if not person_id or days is None:
        return None
    measured = entry.minutes if entry and entry.minutes and entry.part is not Part.HOURS else None
    return EntryLine(line, person_id, *days, record.has("from"), entry, measured)


def _person(record: Record, people: Mapping[str, int]) -> int:
    number = record.text("number")
    if not number:
        raise CellError(t("The line has no person number."))
    if number not in people:
        raise CellError(t("There is no person with number {number}.", number=number))
    return people[number]


def _days(record: Record, plan: Plan) -> tuple[date, date] | None:
    """The first and last day; None where that is not clear."""
    known = len(plan.problems)
    day = plan.attempt(record.line, lambda: record.day("date"), None)
    first = plan.attempt(record.line, lambda: record.day("from"), None)
    last = plan.attempt(record.line, lambda: record.day("to"), None)
    if len(plan.problems) > known:
        return None
    return plan.attempt(record.line, lambda: _period(day, first, last), None)


def _period(day: date | None, first: date | None, last: date | None) -> tuple[date, date]:
    if day and (first or last):
        raise CellError(t("The line has both a date and a period: leave one empty."))
    if day:
        return day, day
    if not first:
        raise CellError(t("The line has no date."))
    last = last or first
    if last < first:
        raise CellError(t("The period ends before it starts."))
    if last - first >= timedelta(days=MAX_RANGE):
        raise CellError(t("The period is longer than a year."))
    return first, last


def _entry(record: Record, types: TypeNames, plan: Plan) -> Entry | None:
    """What the line enters; None where any of it is wrong."""
    line, known = record.line, len(plan.problems)
    kind = plan.attempt(line, lambda: _kind(record, types), None)
    minutes = plan.attempt(line, lambda: _amount(record), None)
    part = plan.attempt(line, lambda: record.read("part", _part, None), None)
    status = plan.attempt(line, lambda: record.read("status", _status, Status.APPROVED), Status.APPROVED)
    if kind is None or len(plan.problems) > known:
        return None
    overtime = kind.category is Category.OVERTIME
    if minutes is None and (part is Part.HOURS or overtime):
        plan.refuse(line, t("{type} needs hours here.", type=kind.name(language())))
        return None
    if minutes == 0:
        plan.refuse(line, t("The hours are 0: leave the line out."))
        return None
    by_hours = overtime or (part is None and minutes is not None)
    return Entry(kind.id, minutes or 0, Part.HOURS if by_hours else part or Part.FULL, status, SOURCE)


def _kind(record: Record, types: TypeNames) -> LeaveType:
    code = record.text("code")
    if not code:
        raise CellError(t("The line has no leave type."))
    return types.find(code)


def _amount(record: Record) -> int | None:
    minutes = record.read("minutes", _minutes, None)
    return record.minutes("hours") if minutes is None and record.has("hours") else minutes


def _minutes(cell: Cell) -> int | None:
    text = parse_text(cell)
    if not (text.isdecimal() and int(text) <= 1440):
        raise CellError(t("Minutes are a whole number from 0 to 1440, not “{text}”.", text=text[:20]))
    return int(text)


def _part(cell: Cell) -> Part:
    text = parse_text(cell)
    if text in _HALVES:
        return Part.MORNING
    if text in _WHOLES:
        return Part.FULL
    if normal(text) not in _PARTS:
        raise CellError(
            t(
                "“{text}” is no part of a day; it can be full, ½, am or pm. Hours have their own column.",
                text=text[:20],
            )
        )
    return _PARTS[normal(text)]


def _status(cell: Cell) -> Status:
    text = parse_text(cell)
    if normal(text) not in _STATUSES:
        raise CellError(
            t("“{text}” is not known; it can be {choice}.", text=text[:20], choice="approved, pending")
        )
    return _STATUSES[normal(text)]
