"""Amounts for many people from a spreadsheet: a pasted column or block, or a CSV or XLSX file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from hrtui.domain.money import decimal_sign
from hrtui.i18n import language, t
from hrtui.imports.cells import plain_text
from hrtui.imports.headers import by_name, cells_of, field_names, places_of
from hrtui.imports.tables import Cell, Row, TableError, read_table
from hrtui.store.pay_bulk_plan import LineProblem, PastedLine

_FIELDS = by_name(
    {
        "number": " / ".join(field_names("entries")["number"]),
        "name": "name / naam / nom",
        "amount": "amount / value / unit amount / bedrag / waarde / montant / valeur",
        "quantity": "quantity / count / units / days / aantal / dagen / quantité / nombre / jours",
    }
)


def pasted_lines(text: str, *, units: bool = False) -> list[PastedLine]:
    """The lines of a block copied from a spreadsheet, or typed with tabs or semicolons.

    One column is amounts in the order of the people; of more, the first says who, the last is the amount, or
    with `units` the last two the amount per unit and the number. A first line with titles says which is
    which.
    """
    rows = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    separator = "\t" if "\t" in text else ";"
    cells = [
        Row(line, tuple(cell.strip() for cell in row.split(separator))) for line, row in enumerate(rows, 1)
    ]
    places = places_of(cells[0], _FIELDS)
    if "amount" in places:
        return [_by_title(row, places) for row in cells[1:]]
    return [_by_place(row, units=units) for row in cells]


def file_lines(path: Path) -> tuple[list[PastedLine], list[LineProblem]]:
    """The lines of a CSV or XLSX file with titles, and what is wrong with the file (then there are none).

    The columns are `number` or `name`, `amount` and perhaps `quantity`, in Dutch, French or English; others
    are passed over.
    """
    try:
        header, *rows = read_table(path)
    except TableError as error:
        return [], [LineProblem(error.line, error.text)]
    places = places_of(header, _FIELDS)
    if "amount" not in places or not {"number", "name"} & places.keys():
        text = t("The first line must have the titles “number” (or “name”) and “amount”.")
        return [], [LineProblem(header.line, text)]
    lines = [_by_title(row, places) for row in rows]
    nobody = [
        LineProblem(one.line, t("This line does not say who it is for.")) for one in lines if not one.who
    ]
    return [one for one in lines if one.who], nobody


def _by_title(row: Row, places: Mapping[str, int]) -> PastedLine:
    cells = cells_of(row, places)
    who = plain_text(cells.get("number", "")) or plain_text(cells.get("name", ""))
    return PastedLine(row.line, who, _amount(cells.get("amount", "")), _amount(cells.get("quantity", "")))


def _by_place(row: Row, *, units: bool) -> PastedLine:
    cells: Sequence[Cell] = row.cells
    while len(cells) > 1 and cells[-1] == "":
        cells = cells[:-1]
    if len(cells) == 1:
        return PastedLine(row.line, "", _amount(cells[0]))
    if units and len(cells) > 2:
        return PastedLine(row.line, plain_text(cells[0]), _amount(cells[-2]), _amount(cells[-1]))
    return PastedLine(row.line, plain_text(cells[0]), _amount(cells[-1]))


def _amount(cell: Cell) -> str:
    """An amount as typed; a spreadsheet's number gets the reader's own decimal sign, so that it is clear."""
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".").replace(".", decimal_sign(language()))
    return plain_text(cell)
