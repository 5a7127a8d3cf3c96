"""The little language of a typed cell: `4 AD 4 KV`, `VAK`, `1/2 VAK`, `pm VAK`, `7:36 z`, `VAK 2:00 OVU`.

A line is a code (a leave type's key, or its letter) with an amount or without one. Amounts stand before their
codes (`4 AD 4 KV`) or all behind them (`AD 4 KV 4`); a text that ends with an amount is of the second kind.
A line without an amount takes the time that the other lines leave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from hrtui.domain.day import Day, Entry, Part
from hrtui.domain.entering import Full, free_minutes, half_day, measure, whole_day
from hrtui.domain.hours import HoursError, parse_minutes
from hrtui.domain.leave_type import Category, LeaveType
from hrtui.i18n import N_, t

_HALF_WORDS = {
    **dict.fromkeys(("am", "vm", "matin"), Part.MORNING),
    **dict.fromkeys(("pm", "nm", "après-midi", "apres-midi"), Part.AFTERNOON),
}
"""What is typed for a half, in every language."""
_HALVES = {Part.MORNING: N_("am"), Part.AFTERNOON: N_("pm")}
"""What is shown for one; a translation must be among what is typed."""
_EITHER_HALF = ("1/2", "½", "50%")


class TypedProblem(StrEnum):
    """What is wrong with a typed cell."""

    UNKNOWN_CODE = "unknown_code"
    BAD_AMOUNT = "bad_amount"
    AMOUNT_WITHOUT_CODE = "amount_without_code"


class TypedError(ValueError):
    """A typed cell that means nothing; `text` is the word that is wrong."""

    def __init__(self, problem: TypedProblem, text: str) -> None:
        super().__init__(f"{problem}: {text!r}")
        self.problem = problem
        self.text = text


Line = tuple[LeaveType, str]
"""A leave type and its amount as typed, empty for none."""


def parse_cell(text: str, day: Day, kinds: Mapping[int, LeaveType]) -> tuple[Entry, ...]:
    """Read a typed cell as the entries it means on `day`; no text means no entries.

    An entry that the day holds with the same minutes is kept as it is. Whether the day can take the entries
    is for `entering.set_entries` to say; an amount that is missing (overtime, or no time left) comes as 0
    minutes. Raises TypedError.
    """
    lines = _lines(text.split(), _codes(kinds))
    entries: dict[int, Entry] = {}
    taken: set[Part] = set()
    for index, (kind, amount) in enumerate(lines):
        if amount:
            entries[index] = _explicit(kind, amount, day, taken)
            taken.add(entries[index].part)
    for index, (kind, amount) in enumerate(lines):
        if not amount:
            entries[index] = _remaining(kind, day, tuple(entries.values()), kinds)
    same = {(entry.leave_type_id, entry.minutes, entry.part): entry for entry in day.entries}
    ordered = (entries[index] for index in range(len(lines)))
    return tuple(same.get((entry.leave_type_id, entry.minutes, entry.part), entry) for entry in ordered)


def cell_text(entries: Sequence[Entry], kinds: Mapping[int, LeaveType]) -> str:
    """The entries as a typed cell in the interface language; `parse_cell` reads it back."""
    return " ".join(_line_text(entry, kinds[entry.leave_type_id]) for entry in entries)


def _line_text(entry: Entry, kind: LeaveType) -> str:
    if entry.part is Part.HOURS or kind.category is Category.OVERTIME:
        return f"{entry.minutes // 60}:{entry.minutes % 60:02d} {kind.key}"
    return kind.key if entry.part is Part.FULL else f"{t(_HALVES[entry.part])} {kind.key}"


def _codes(kinds: Mapping[int, LeaveType]) -> dict[str, LeaveType]:
    """Leave types by what is typed for them, in lower case: a key before a letter, active before inactive."""
    codes: dict[str, LeaveType] = {}
    by_use = sorted(kinds.values(), key=lambda kind: not kind.active)
    for kind in by_use:
        codes.setdefault(kind.key.lower(), kind)
    for kind in by_use:
        if kind.letter and kind.active:
            codes.setdefault(kind.letter, kind)
    return codes


def _lines(words: list[str], codes: Mapping[str, LeaveType]) -> list[Line]:
    """The words as lines of code and amount; raises TypedError."""
    is_amount: list[bool] = []
    for index, word in enumerate(words):
        after_amount = bool(is_amount) and is_amount[-1]
        before_code = index + 1 < len(words) and words[index + 1].lower() in codes
        is_amount.append(_is_amount(word, codes, after_amount or not before_code))
    amounts_behind = bool(words) and is_amount[-1]
    order = list(zip(words, is_amount, strict=True))
    lines: list[Line] = []
    amount = ""
    for word, word_is_amount in reversed(order) if amounts_behind else order:
        if not word_is_amount:
            lines.append((codes[word.lower()], amount))
            amount = ""
        elif amount:
            raise TypedError(TypedProblem.AMOUNT_WITHOUT_CODE, amount)
        else:
            amount = word
    if amount:
        raise TypedError(TypedProblem.AMOUNT_WITHOUT_CODE, amount)
    return lines[::-1] if amounts_behind else lines


def _is_amount(word: str, codes: Mapping[str, LeaveType], where_a_code_belongs: bool) -> bool:
    """Whether the word is an amount rather than a code; raises TypedError where it is neither.

    `am` and the like may be codes of the employer too: they are where a code belongs.
    """
    is_code = word.lower() in codes
    if word.lower() in _HALF_WORDS:
        return not (is_code and where_a_code_belongs)
    try:
        parse_minutes(word, full_day=0)
    except HoursError:
        if is_code:
            return False
        looks_like_amount = not word[0].isalpha()
        problem = TypedProblem.BAD_AMOUNT if looks_like_amount else TypedProblem.UNKNOWN_CODE
        raise TypedError(problem, word) from None
    return True


def _explicit(kind: LeaveType, amount: str, day: Day, taken: set[Part]) -> Entry:
    """The entry of a line with an amount; a half without a name is the first that no line before it has."""
    overtime = kind.category is Category.OVERTIME
    whole = day.scheduled if overtime else whole_day(day, kind)
    part = _HALF_WORDS.get(amount.lower())
    if part is None and amount in _EITHER_HALF:
        part = Part.AFTERNOON if Part.MORNING in taken else Part.MORNING
    if part is not None:
        return Entry(kind.id, half_day(whole, part), Part.HOURS if overtime else part)
    if amount == "100%" and not overtime:
        return Entry(kind.id, whole, Part.FULL)
    return Entry(kind.id, parse_minutes(amount, whole), Part.HOURS)


def _remaining(kind: LeaveType, day: Day, others: tuple[Entry, ...], kinds: Mapping[int, LeaveType]) -> Entry:
    """The entry of a line without an amount: what is left of the day, or the overtime it holds already."""
    if kind.category is Category.OVERTIME:
        held = (entry.minutes for entry in day.entries if entry.leave_type_id == kind.id)
        return Entry(kind.id, next(held, 0), Part.HOURS)
    measured = measure(day, kind, Full(), others, kinds)
    if isinstance(measured, Entry):
        return measured
    return Entry(kind.id, max(0, free_minutes(day, kind, others, kinds)), Part.HOURS)
