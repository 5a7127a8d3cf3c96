"""Text files: CSV and records of fixed width, in the encoding of the layout."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hrtui.domain.snapshot import Snapshot
from hrtui.i18n import t
from hrtui.payroll.layouts.records import Group, Row, rows_of
from hrtui.payroll.layouts.sources import END_SOURCES, SOURCES, Amount, Holds, Item, Source, Value
from hrtui.payroll.layouts.spelling import Spell, Unspellable, speller
from hrtui.payroll.layouts.types import Field, FileLayout, Layout, RenderError, RenderProblem

LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}
ENCODINGS = ("utf-8", "utf-8-sig", "ascii", "iso-8859-1", "iso-8859-15", "cp1252", "cp850")
MOST_PROBLEMS = 200
"""After so many problems the rest of a file is not looked at any more."""

_QUOTES = {"needed": csv.QUOTE_MINIMAL, "always": csv.QUOTE_ALL}


def text_file(layout: Layout, file: FileLayout, group: Group) -> bytes | None:
    """One file of a text layout, or None for one that is left out where it has no rows.

    Raises RenderError with everything that it cannot hold.
    """
    rows = list(rows_of(layout, file, group))
    if file.skip_empty and not rows:
        return None
    writer = _Writer(layout, file)
    ends = _ends(group, rows)
    if file.head:
        writer.end_record(file.head, ends)
    elif layout.header:
        writer.records.append(_Record(None, [field.title for field in file.fields]))
    for row in rows:
        writer.row(row)
    if file.tail:
        writer.end_record(file.tail, ends)
    return writer.content()


@dataclass(frozen=True, slots=True)
class _Record:
    """One record as texts, and whom it is about."""

    snapshot: Snapshot | None
    texts: list[str]


class _Writer:
    """Spells the records of one file and notes what cannot be spelled."""

    def __init__(self, layout: Layout, file: FileLayout) -> None:
        self.layout, self.file = layout, file
        self.records: list[_Record] = []
        self.problems: list[RenderProblem] = []
        self._spellers = [_of(field, SOURCES[file.rows], layout) for field in file.fields]

    def row(self, row: Row) -> None:
        """Add a row."""
        self._add(row.snapshot, self.file.fields, self._spellers, row.values)

    def end_record(self, fields: Sequence[Field], values: Callable[[Field], Value]) -> None:
        """Add a record that stands before or after the rows."""
        spellers = [_of(field, END_SOURCES, self.layout) for field in fields]
        self._add(None, fields, spellers, [values(field) for field in fields])

    def _add(
        self,
        snapshot: Snapshot | None,
        fields: Sequence[Field],
        spellers: Sequence[Spell | str],
        values: Sequence[Value],
    ) -> None:
        if len(self.problems) >= MOST_PROBLEMS:
            return
        texts: list[str] = []
        for field, spell, value in zip(fields, spellers, values, strict=True):
            try:
                texts.append(spell if isinstance(spell, str) else spell(value))
            except Unspellable as problem:
                self._note(snapshot, field.title, problem.text)
        self.records.append(_Record(snapshot, texts))

    def _note(self, snapshot: Snapshot | None, field: str, text: str) -> None:
        problem = RenderProblem.about(snapshot, field, text)
        # The same name stands on every line of a person: once is enough to mend it.
        if problem not in self.problems:
            self.problems.append(problem)

    def content(self) -> bytes:
        """The file; raises RenderError where something was noted or has no place in the encoding."""
        if not self.problems:
            try:
                return self._text().encode(self.layout.encoding)
            except UnicodeEncodeError:
                self._note_foreign_signs()
        raise RenderError(tuple(self.problems))

    def _text(self) -> str:
        end = LINE_ENDS[self.layout.line_end]
        if self.layout.kind == "fixed":
            return "".join(f"{''.join(record.texts)}{end}" for record in self.records)
        if self.layout.quotes == "never":
            separator = self.layout.separator
            return "".join(f"{separator.join(record.texts)}{end}" for record in self.records)
        text = io.StringIO(newline="")
        quoting = _QUOTES[self.layout.quotes]
        writer = csv.writer(text, delimiter=self.layout.separator, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
        writer.writerows(record.texts for record in self.records)
        return text.getvalue()

    def _note_foreign_signs(self) -> None:
        for record in self.records:
            if len(self.problems) >= MOST_PROBLEMS:
                return
            for field, text in zip(self.file.fields, record.texts, strict=False):
                try:
                    text.encode(self.layout.encoding)
                except UnicodeEncodeError as problem:
                    sign = text[problem.start]
                    self._note(
                        record.snapshot,
                        field.title,
                        t("the provider's file cannot hold the sign “{sign}”", sign=sign),
                    )


def _of(field: Field, sources: Mapping[str, Source], layout: Layout) -> Spell | str:
    """How a field is written, or the text that it always is."""
    if field.value:
        return speller(field, sources[field.value].holds, layout)
    fixed = Field(width=field.width, align=field.align or "left", pad=field.pad)
    return speller(fixed, Holds.NUMBER, layout)(field.text)


def _ends(group: Group, rows: Sequence[Row]) -> Callable[[Field], Value]:
    """The values of records before and after the rows."""
    item = Item(group.header, group.snapshots[0] if group.snapshots else None)
    times = [row.amount for row in rows if isinstance(row.amount, Amount)]
    totals: dict[str, Value] = {
        "count": len(rows),
        "total_time": Amount(sum(one.minutes for one in times), sum(one.hundredths for one in times)),
        "total_amount": sum(row.amount for row in rows if isinstance(row.amount, int)),
    }

    def value(field: Field) -> Value:
        read = END_SOURCES[field.value].read if field.value else None
        return read(item) if read else totals.get(field.value)

    return value
