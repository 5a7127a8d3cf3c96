"""A column of amounts, one person a line, as lines of text: what was last month, what is typed, the total."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from hrtui.domain.pay_fields import PayInput
from hrtui.i18n import N_, t, tn
from hrtui.store.pay_bulk_plan import BulkLine, BulkPlan
from hrtui.widgets.amounts import money
from hrtui.widgets.line_edit import LineEdit
from hrtui.widgets.lines import Line, Piece, cut, fitted

AMOUNT, QUANTITY = 0, 1
"""The columns that are typed in; the second only where there is an amount per unit."""
_NUMBER, _MONEY, _UNIT, _COUNT = 8, 13, 12, 8
_ROOMY = 72
"""From so many columns on the person's number is shown; with units, from `_ROOMY` + 20 on."""
PROBLEM, BLOCKED = "!", "-"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor is: the line, the column, and the text being typed there."""

    row: int
    column: int
    edit: LineEdit


def heads(plan: BulkPlan, width: int) -> Line:
    """The titles of the columns."""
    pieces = ["  " + _cells(t("Name"), t("Number"), width, plan)]
    titles = [(N_("Last month"), _MONEY)]
    if plan.kind.input is PayInput.UNITS:
        titles += [(N_("Per unit"), _UNIT), (N_("Units"), _COUNT), (N_("Amount"), _MONEY)]
    else:
        titles += [(N_("Amount"), _MONEY)]
    titles.append((N_("Difference"), _MONEY))
    pieces += [_right(t(title), room) + " " for title, room in titles]
    return (("".join(pieces), "dim"),)


def row_line(plan: BulkPlan, row: int, place: Place, width: int) -> tuple[Line, int]:
    """One person, and in which column of the screen the text cursor stands (where it is this person's)."""
    line = plan.lines[row]
    here = row == place.row
    mark = PROBLEM if line.problem else BLOCKED if line.blocked else " "
    slot = "error" if line.problem else "dim" if line.blocked else "bold" if here else "plain"
    before = _cells(line.name, line.number, width, plan)
    last = _right(money(line.last_month_cents) if line.last_month_cents else "", _MONEY)
    pieces: list[Piece] = [(mark, "error" if line.problem else "plain"), (f" {before}{last} ", slot)]
    x = cell_len(mark + before + last) + 2
    at = x
    for column, room in _typed_columns(plan):
        if here and column == place.column:
            cell, cursor = _edited(place.edit, room)
            at = x + cursor
        else:
            text = line.quantity_text if column == QUANTITY else line.amount_text
            cell = [(_right(text, room), "error" if line.problem else "plain")]
        pieces += [*cell, (" ", "plain")]
        x += room + 1
    pieces.append((_results(plan, line), "plain"))
    return tuple(pieces), at


def total_line(plan: BulkPlan) -> Line:
    """What all lines come to, beside the month before."""
    filled = sum(line.value is not None for line in plan.lines)
    who = tn("{filled} of {n} person", "{filled} of {n} people", len(plan.lines), filled=filled)
    before = plan.last_month_total
    now = plan.total + sum(line.other_cents for line in plan.lines)
    difference = f" ({money(now - before, sign=True)})" if now != before else ""
    facts = [who, t("last month {amount}", amount=money(before)) + difference]
    if wrong := len(plan.problems):
        facts.insert(1, tn("{n} problem", "{n} problems", wrong))
    return (
        (f" {t('Total')} {money(plan.total)}", "title"),
        (" ", "title"),
        (f"  {' · '.join(facts)}", "bold"),
    )


def _typed_columns(plan: BulkPlan) -> list[tuple[int, int]]:
    if plan.kind.input is PayInput.UNITS:
        return [(AMOUNT, _UNIT), (QUANTITY, _COUNT)]
    return [(AMOUNT, _MONEY)]


def _results(plan: BulkPlan, line: BulkLine) -> str:
    """What the line comes to (where that is not what was typed) and the difference to last month."""
    product = ""
    if plan.kind.input is PayInput.UNITS:
        product = _right(money(line.cents) if line.value else "", _MONEY) + " "
    shown = line.value is not None or line.last_month_cents or (line.other_cents and not line.problem)
    difference = money(line.difference, sign=True) if shown and line.difference else ""
    return product + _right(difference, _MONEY)


def _edited(edit: LineEdit, room: int) -> tuple[list[Piece], int]:
    """The text being typed, at the right end of its cell, and where its cursor is in there."""
    start = max(0, edit.cursor - room + 2)
    text = edit.text[start:]
    place = edit.cursor - start
    before, at, after = text[:place], text[place : place + 1] or " ", text[place + 1 :]
    after = cut(after, max(0, room - cell_len(before + at)))
    gap = " " * max(0, room - cell_len(before + at + after))
    slot = "chosen" if edit.chosen else "plain"
    return [(gap, "plain"), (before, slot), (at, "cursor"), (after, slot)], cell_len(gap + before)


def _cells(name: str, number: str, width: int, plan: BulkPlan) -> str:
    text = f"{fitted(name, _name_width(plan, width))} "
    return text + (f"{fitted(number, _NUMBER)} " if _with_number(plan, width) else "")


def _with_number(plan: BulkPlan, width: int) -> bool:
    return width >= (_ROOMY if plan.kind.input is PayInput.TOTAL else _ROOMY + 20)


def _name_width(plan: BulkPlan, width: int) -> int:
    used = 3 + 3 * (_MONEY + 1)
    if plan.kind.input is PayInput.UNITS:
        used += _UNIT + _COUNT + 2
    if _with_number(plan, width):
        used += _NUMBER + 1
    return max(8, width - used)


def _right(text: str, width: int) -> str:
    text = cut(text, width)
    return " " * (width - cell_len(text)) + text
