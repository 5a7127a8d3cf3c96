"""The plan of one pay component for many people: typed, given to all or pasted, with its problems by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hrtui.domain.money import (
    CENTS,
    QUANTITY_PLACES,
    UNIT_PLACES,
    MoneyProblem,
    PayValue,
    decimal_sign,
    parse_number,
)
from hrtui.domain.month import Month
from hrtui.domain.pay_fields import PayInput
from hrtui.i18n import language, t
from hrtui.store import pay_components
from hrtui.store.field_wording import money_sentence, printable
from hrtui.store.pay_component_types import PayType
from hrtui.store.pay_components import PayComponent
from hrtui.store.people import fold


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line of a pasted block or a file.

    `who` is a number or name, empty where the amounts stand in the order of the people; `quantity` is empty
    where the line has none.
    """

    line: int
    who: str
    amount: str
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class LineProblem:
    """One sentence about one line of what was pasted."""

    line: int
    text: str


@dataclass(slots=True)
class BulkLine:
    """One person of the plan, with the text typed and what it comes to.

    `blocked` says why the person cannot have it at all; `problem` what is wrong with the text. `other_cents`
    is what the person has of this type in the month already, beside this plan, `last_month_cents` the month
    before. `stored` is the component that the plan adjusts.
    """

    person_id: int
    number: str
    name: str
    other_cents: int = 0
    last_month_cents: int = 0
    blocked: str = ""
    amount_text: str = ""
    quantity_text: str = ""
    value: PayValue | None = None
    problem: str = ""
    stored: PayComponent | None = None

    @property
    def cents(self) -> int:
        """What the line comes to; 0 where there is nothing or something wrong."""
        return self.value.cents if self.value else 0

    @property
    def difference(self) -> int:
        """Cents more (or less) than the month before, with what else the person has of this type."""
        return self.cents + self.other_cents - self.last_month_cents


@dataclass(slots=True)
class BulkPlan:
    """What is to be entered in `month` for the people of `lines`; nothing is written until `save_bulk`.

    `last_month` is None where the component goes on without end, and `month` where it is paid once.
    `decimal` is the decimal sign in typed amounts.
    """

    kind: PayType
    month: Month
    last_month: Month | None
    lines: list[BulkLine]
    batch_id: int | None = None
    decimal: str = field(default_factory=lambda: decimal_sign(language()))

    @property
    def total(self) -> int:
        """Cents of all lines that can be saved."""
        return sum(line.cents for line in self.lines)

    @property
    def last_month_total(self) -> int:
        """Cents that the people had of this type the month before."""
        return sum(line.last_month_cents for line in self.lines)

    @property
    def problems(self) -> list[BulkLine]:
        """The lines that hold back the saving."""
        return [line for line in self.lines if line.problem]

    def set_text(self, index: int, amount: str, quantity: str = "") -> str:
        """Take what was typed for the person at `index`; returns what is wrong with it, or ''.

        No text means nothing for this person. An amount that is one per unit and has no number with it is for
        one unit.
        """
        line = self.lines[index]
        line.amount_text, line.quantity_text = amount.strip(), quantity.strip()
        line.value, line.problem = None, ""
        if not (line.amount_text or line.quantity_text):
            return ""
        if line.blocked:
            line.problem = line.blocked
            return line.problem
        value = self._value(line.amount_text, line.quantity_text)
        if isinstance(value, PayValue):
            line.problem = pay_components.refusal(self.kind, value)
            line.value = None if line.problem else value
        else:
            line.problem = value
        return line.problem

    def set_all(self, amount: str, quantity: str = "") -> str:
        """Give everybody who can have it the same value, or none; returns what is wrong with it, or ''."""
        problem = ""
        if amount.strip() or quantity.strip():
            value = self._value(amount.strip(), quantity.strip())
            problem = value if isinstance(value, str) else pay_components.refusal(self.kind, value)
        if not problem:
            for index, line in enumerate(self.lines):
                if not line.blocked:
                    self.set_text(index, amount, quantity)
        return problem

    def paste(self, pasted: Sequence[PastedLine], start: int = 0) -> list[LineProblem]:
        """Take the lines of a block or file; returns what is wrong with which line.

        Lines with a number or name go to that person, the others down from the one at `start`, an empty one
        passing a person by. A line with a problem about who is meant changes nothing.
        """
        problems: list[LineProblem] = []
        finder = _Finder(self.lines)
        filled: dict[int, int] = {}
        place = start
        for one in pasted:
            if one.who:
                index, problem = finder.find(one.who)
            else:
                index, problem = place, ""
                place += 1
                if not one.amount and not one.quantity:
                    continue
                if index >= len(self.lines):
                    problem = t("There are no more people for this line.")
            if not problem and index in filled:
                problem = t(
                    "{name} stands on line {line} too.", name=self.lines[index].name, line=filled[index]
                )
            if not problem:
                filled[index] = one.line
                problem = self.set_text(index, one.amount, one.quantity)
            if problem:
                problems.append(LineProblem(one.line, problem))
        return problems

    def _value(self, amount: str, quantity: str) -> PayValue | str:
        if self.kind.input is PayInput.TOTAL:
            if quantity:
                return t("{name} is entered as one amount.", name=self.kind.name)
            cents = parse_number(amount, CENTS, self.decimal)
            return money_sentence(cents, amount) if isinstance(cents, MoneyProblem) else PayValue(cents)
        unit = parse_number(amount, UNIT_PLACES, self.decimal)
        if isinstance(unit, MoneyProblem):
            return money_sentence(unit, amount, UNIT_PLACES)
        count = parse_number(quantity or "1", QUANTITY_PLACES, self.decimal)
        if isinstance(count, MoneyProblem):
            return money_sentence(count, quantity, QUANTITY_PLACES)
        return PayValue.of_units(unit, count)


class _Finder:
    """Finds the person that a number or name in a file means."""

    def __init__(self, lines: Iterable[BulkLine]) -> None:
        self._by: dict[str, list[int]] = {}
        for index, line in enumerate(lines):
            self._by.setdefault(_number(line.number), []).append(index)
            self._by.setdefault(_words(line.name), []).append(index)

    def find(self, who: str) -> tuple[int, str]:
        """The place of the person, and what is wrong (then the place means nothing)."""
        found = self._by.get(_number(who)) or self._by.get(_words(who)) or []
        if len(found) == 1:
            return found[0], ""
        if found:
            return -1, t("Several people are called “{name}”: use their numbers.", name=printable(who))
        return -1, t("“{name}” is not among the chosen people.", name=printable(who))


def _number(text: str) -> str:
    """A person's number without leading zeros, which spreadsheets drop."""
    return "#" + (fold(text).lstrip("0") or "0")


def _words(name: str) -> str:
    """The words of a name in one order, so that first and last name may stand either way."""
    return " ".join(sorted(fold(name.replace(",", " ")).split()))
