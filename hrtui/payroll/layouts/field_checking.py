"""Reads the fields of a record out of a layout's TOML, and notes what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from hrtui.i18n import t
from hrtui.payroll.layouts.sources import Holds, Source
from hrtui.payroll.layouts.spelling import NUMBER_UNITS, NUMERIC, PLACES, TIME_UNITS
from hrtui.payroll.layouts.types import Field, Layout

if TYPE_CHECKING:
    from hrtui.payroll.layouts.checking import Check

_TYPES: Mapping[str, type] = {
    "value": str, "text": str, "name": str, "at": int, "width": int, "align": str, "pad": str, "unit": str,
    "decimal_sign": str, "date": str, "sign": str, "map": dict, "empty": str, "required": bool,
    "digits": bool, "cut": bool,
}  # fmt: skip
_DATE_STYLE = re.compile(r"(?:YYYY|YY|MM|DD|[-/. ])+")
_MOST = 2000
Note = Callable[[str], None]


def read_fields(
    check: Check, table: Mapping[str, Any], path: tuple[str, ...], sources: Mapping[str, Source], kind: str,
    length: int,
) -> tuple[Field, ...]:  # fmt: skip
    """The fields of the record at `path`; for a record of fixed width also the blanks between them."""
    fields: list[Field] = []
    end = 0
    for index, one in enumerate(check.typed(table, path, list, [])):

        def note(text: str, index: int = index) -> None:
            check.note(path, text, index)

        if not isinstance(one, dict):
            note(t("A field is a table: {example}", example='{ value = "number" }'))
            continue
        check.known(one, path, tuple(_TYPES), t("A field has no “{name}”.", name="{name}"), index)
        field = replace(_field(one, note), line=check.line(path, index))
        _check_source(field, sources, note)
        _check_spelling(field, sources, note)
        if kind == "fixed":
            end = _place(field, end, fields, note)
        fields.append(field)
    if length and fields and end != length:
        check.note(
            path, t("The fields end at {end}, but the record is {length} long.", end=end, length=length)
        )
    return tuple(fields)


def faults_of_texts(layout: Layout) -> Iterator[tuple[Field, str]]:
    """The texts that stand in the layout itself and that its files cannot hold, with their field."""
    bare = layout.kind == "csv" and layout.quotes == "never"
    written = layout.kind in ("csv", "fixed")
    for file in layout.files if written else ():
        for field in (*file.head, *file.fields, *file.tail):
            texts = [field.text, field.empty, *field.map.values()]
            for text in [*texts, field.title] if layout.header else texts:
                wrong = next((sign for sign in text if not sign.isprintable()), None)
                if wrong:
                    yield field, t("The sign U+{code} cannot be written.", code=f"{ord(wrong):04X}")
                elif bare and (wrong := next((one for one in (layout.separator, '"') if one in text), None)):
                    yield field, t("Without quotes no text can hold “{sign}”.", sign=wrong)
                elif wrong := _outside(text, layout.encoding):
                    yield field, t("The encoding has no “{sign}”.", sign=wrong)


def _outside(text: str, encoding: str) -> str:
    """The first sign that an encoding does not have; '' where it has all."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError as problem:
        return text[problem.start]
    return ""


def _field(table: Mapping[str, Any], note: Note) -> Field:
    """The field with what it gives of the right type."""
    given: dict[str, Any] = {}
    for name, value in table.items():
        wanted = _TYPES.get(name)
        if wanted is None:
            continue
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            texts = {str: t("a text in quotes"), bool: "true / false", int: t("a whole number"),
                     dict: t("a table")}  # fmt: skip
            note(t("“{name}” must be {kind}.", name=name, kind=texts[wanted]))
        elif isinstance(value, dict) and not all(isinstance(text, str) for text in value.values()):
            note(t("A map is texts in quotes: {example}", example='map = { worked = "1" }'))
        else:
            given[name] = value
    return Field(**given)


def _check_source(field: Field, sources: Mapping[str, Source], note: Note) -> None:
    if field.value and field.text:
        note(t("A field has a value or a text, not both."))
    if field.value and field.value not in sources:
        near = get_close_matches(field.value, list(sources), 1)
        text = t("There is no value “{value}” here; there are {names}.", value=field.value,
                 names=", ".join(sources))  # fmt: skip
        note(f"{text} {t('Did you mean {name}?', name=near[0])}" if near else text)


def _check_spelling(field: Field, sources: Mapping[str, Source], note: Note) -> None:
    """Note what a field says of its spelling that its value does not have, or that nobody understands."""
    holds = sources[field.value].holds if field.value in sources else None
    units = TIME_UNITS if holds is Holds.TIME else NUMBER_UNITS if holds in PLACES else ()
    if field.unit and field.unit not in units:
        if units:
            note(t("“{name}” can be {names}.", name="unit", names=", ".join(f'"{one}"' for one in units)))
        else:
            note(t("Only time and amounts have a unit."))
    if field.date != Field().date and holds is not Holds.DATE:
        note(t("Only dates have a date style."))
    if not _DATE_STYLE.fullmatch(field.date):
        note(t("A date style is made of YYYY, YY, MM, DD and - / . or a space."))
    if not 0 <= field.width <= _MOST:
        note(t("A width is from 1 to {most}.", most=_MOST))
    if len(field.pad) != 1:
        note(t("“{name}” must be one sign.", name="pad"))
    if field.align not in ("", "left", "right"):
        note(t("“{name}” can be {names}.", name="align", names='"left", "right"'))
    if field.sign not in ("minus", "always"):
        note(t("“{name}” can be {names}.", name="sign", names='"minus", "always"'))
    if field.pad == "0" and field.align == "left" and holds in NUMERIC:
        note(t("Zeros behind a number would change it: align it to the right."))
    if field.text and field.width and len(field.text) > field.width:
        note(t("The text has {n} signs; {most} fit.", n=len(field.text), most=field.width))


def _place(field: Field, end: int, fields: list[Field], note: Note) -> int:
    """Where a field of a fixed record ends (from 1); adds the blanks before it where `at` leaves a gap."""
    width = field.width or len(field.text)
    if not width:
        note(t("A field of a fixed record needs a width."))
    if field.at and field.at <= end:
        note(t("The field begins at {at}, but the one before it ends at {end}.", at=field.at, end=end))
    elif field.at > end + 1:
        fields.append(Field(width=field.at - 1 - end))
        end = field.at - 1
    return end + width
