"""A form as lines of text: labels, values, and under a field what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from hrtui.i18n import t
from hrtui.widgets.form import Cell, Form
from hrtui.widgets.form_field import Kind
from hrtui.widgets.lines import Line, Piece, cut, fitted

_WIDEST_LABEL = 28
_MARGIN = 2
_SCROLL_STEP = 10
"""A text longer than its room moves by so many columns, so that not every key sends all of it again."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The lines of a form; `first` to `last` are those of the current field, `x`, `y` where its cursor is."""

    lines: list[Line]
    first: int
    last: int
    x: int
    y: int


def drawn(form: Form, width: int) -> Drawn:
    """The whole form in `width` columns; the section of the current field is drawn from its title on."""
    visible = form.visible()
    left = _left(visible)
    lines: list[Line] = []
    first = last = x = y = 0
    section = ""
    for cell in visible:
        begins = len(lines)
        if cell.field.section and cell.field.section != section:
            section = cell.field.section
            lines += [*([()] if lines else []), ((f" {t(section)}", "bold"),)]
        here = cell is form.current
        field_lines, at_x, at_y = _field(cell, here, left, width)
        if here:
            first, x, y = begins, left + at_x, len(lines) + at_y
        lines += field_lines
        if here:
            last = len(lines) - 1
    return Drawn(lines, first, last, x, y)


def value_room(form: Form, width: int) -> int:
    """How many columns a value has when the form is drawn in `width`."""
    return _room(_left(form.visible()), width)


def _left(visible: Sequence[Cell]) -> int:
    """The column in which the values begin."""
    widest = max((cell_len(t(cell.field.label)) for cell in visible), default=0)
    return _MARGIN + min(_WIDEST_LABEL, widest) + 2


def _room(left: int, width: int) -> int:
    return max(4, width - left - 1)


def _field(cell: Cell, here: bool, left: int, width: int) -> tuple[list[Line], int, int]:
    """The lines of one field, and where in them its cursor stands."""
    room = _room(left, width)
    label = fitted(t(cell.field.label), left - _MARGIN - 2)
    mark = "*" if cell.field.required else " "
    head: Piece = (f" {mark}{label}  ", "bold" if here else "plain")
    values, x, y = _value(cell, here, room)
    lines: list[Line] = [(head, *values[0])]
    lines += [((" " * left, "plain"), *line) for line in values[1:]]
    for sign, text, slot in (("!", cell.problem, "error"), ("?", cell.warning, "warning")):
        if text:
            whole = f"{sign} {text}"
            parts = [whole[start:end].rstrip() for start, end in wrapped_spans(whole, room + 1)]
            lines += [((" " * left, "plain"), (part, slot)) for part in parts]
    return lines, x, y


def _value(cell: Cell, here: bool, room: int) -> tuple[list[Line], int, int]:
    """The lines of the value, and the place of the cursor in them."""
    if cell.field.kind is Kind.LINES:
        return _lines(cell, here, room)
    if cell.masked and cell.field.hidden:
        text = cell.field.hidden(cell.value)
        return [((cut(text, room), "cursor" if here else "plain"),)], 0, 0
    if not here:
        return [((cut(cell.edit.text, room), "plain"),)], 0, 0
    if cell.field.kind is Kind.CHOICE and cell.edit.chosen and cell_len(cell.edit.text) >= room:
        # What is chosen is told by how it begins, not by how it ends.
        return [((cut(cell.edit.text, room - 1), "chosen"), (" ", "cursor"))], room - 1, 0
    if cell.field.kind is Kind.CHOICE and cell.query and cell.edit.text == cell.query:
        found = cell.matches()
        hint = cut(f"→ {found[0].label}" if found else "", room // 2)
        line, x = _line(cell, max(4, room - cell_len(hint)))
        return [(*line, (hint, "dim"))], x, 0
    line, x = _line(cell, room)
    return [line], x, 0


def _line(cell: Cell, room: int) -> tuple[Line, int]:
    """One line with the cursor in it, moved sideways as far as the cursor needs it."""
    edit = cell.edit
    # Whatever the widths of its signs, a text of four times the room is longer than it.
    start = max(0, edit.cursor - 4 * room) // _SCROLL_STEP * _SCROLL_STEP
    while cell_len(edit.text[start : edit.cursor]) >= room:
        start += _SCROLL_STEP
    before, at = edit.text[start : edit.cursor], edit.text[edit.cursor : edit.cursor + 1] or " "
    after = cut(edit.text[edit.cursor + 1 :], max(0, room - cell_len(before + at)))
    slot = "chosen" if edit.chosen else "plain"
    return ((before, slot), (at, "cursor"), (after, slot)), cell_len(before)


def _lines(cell: Cell, here: bool, room: int) -> tuple[list[Line], int, int]:
    """The part of a longer text around its cursor."""
    edit = cell.edit
    spans = wrapped_spans(edit.text, room)
    row = row_of(spans, edit.cursor)
    height = cell.field.height
    top = max(0, min(row - height + 1, len(spans) - height)) if here else 0
    shown: list[Line] = []
    for start, end in spans[top : top + height]:
        part = edit.text[start:end]
        if here and (start, end) == spans[row]:
            place = edit.cursor - start
            at = part[place : place + 1] or " "
            shown.append(((part[:place], "plain"), (at, "cursor"), (part[place + 1 :], "plain")))
        else:
            shown.append(((part, "plain"),))
    shown += [(("", "plain"),)] * (height - len(shown))
    start = spans[row][0]
    return shown, cell_len(edit.text[start : edit.cursor]), row - top


def wrapped_spans(text: str, room: int) -> list[tuple[int, int]]:
    """Where each line of `text` begins and ends when it is broken at spaces to fit `room` columns."""
    spans: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        while cell_len(text[start:end]) >= room:
            fits = start
            while cell_len(text[start : fits + 1]) < room:
                fits += 1
            space = text.rfind(" ", start, fits)
            stop = space + 1 if space > start else max(fits, start + 1)
            spans.append((start, stop))
            start = stop
        spans.append((start, end))
        start = end + 1
    return spans


def row_of(spans: list[tuple[int, int]], cursor: int) -> int:
    """The line that the place `cursor` of the text is on."""
    return max((row for row, (start, _) in enumerate(spans) if start <= cursor), default=0)
