"""What a layout says: the files of a transmission, their records, fields and spelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from hrtui.domain.month import Month
from hrtui.domain.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: a value of the data (see `sources`), or without `value` always `text`.

    `width` 0 is as wide as its text. `map` replaces values; `pad` fills up to the width on the side that
    `align` leaves. `line` is where it stands in the layout's file.
    """

    value: str = ""
    text: str = ""
    name: str = ""
    at: int = 0
    width: int = 0
    align: str = ""
    pad: str = " "
    unit: str = ""
    decimal_sign: str = "."
    date: str = "YYYY-MM-DD"
    sign: str = "minus"
    map: Mapping[str, str] = field(default_factory=dict)
    empty: str = ""
    required: bool = False
    digits: bool = False
    cut: bool = False
    line: int = 0

    @property
    def title(self) -> str:
        """What the field is called in a header and in messages."""
        return self.name or self.value or self.text.strip()


@dataclass(frozen=True, slots=True)
class FileLayout:
    """One file (of a workbook: one sheet) with a record per row of `rows`.

    `head` and `tail` are records before and after them. `per` says whether time is summed by day or month,
    `categories` which time is written at all, `zero_codes` which codes also go, with no time, on days without
    work inside a spell. `length` is that of a record of fixed width, 0 where it was not given; `skip_empty`
    leaves out a file without rows.
    """

    key: str
    rows: str
    fields: tuple[Field, ...]
    name: str = ""
    title: str = ""
    head: tuple[Field, ...] = ()
    tail: tuple[Field, ...] = ()
    per: str = "day"
    categories: tuple[str, ...] = ("worked", "absence", "overtime")
    zero_codes: tuple[str, ...] = ()
    length: int = 0
    skip_empty: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a month is written for one provider, or (an empty `provider`) for any.

    `key` is the name of its file without `.toml`; `own` says that it is from the user's folder. `codes` maps
    keys of leave types to codes, before the leave types' own. `needs` are the dates that must be given, and
    `also` the layouts whose files go along.
    """

    key: str
    title: str
    kind: str
    provider: str = ""
    corrections: str = "replace"
    encoding: str = "utf-8"
    line_end: str = "crlf"
    letters: str = "as_is"
    separator: str = ";"
    quotes: str = "needed"
    formulas: str = "refuse"
    header: bool = False
    needs: tuple[str, ...] = ()
    name: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    files: tuple[FileLayout, ...] = ()
    also: tuple[Layout, ...] = ()
    own: bool = False

    @property
    def resend(self) -> str:
        """`delta` where a correction adds to what was sent before, also in a file that goes along."""
        return "delta" if "delta" in (self.corrections, *(one.resend for one in self.also)) else "replace"

    def writes(self) -> frozenset[str]:
        """What is written of a month: entries, components, messages, people."""
        if self.kind == "pdf":
            return frozenset({"entries", "components", "messages", "people"})
        own = frozenset(file.rows for file in self.files)
        return own.union(*(layout.writes() for layout in self.also))


@dataclass(frozen=True, slots=True)
class Header:
    """What is said once for a whole transmission.

    `at` (UTC) dates the files and goes into their names, `number` is the transmission's own; `messages` are
    those about the employer.
    """

    employer: str
    month: Month
    at: datetime
    number: int = 1
    wage_payment_date: date | None = None
    meal_voucher_date: date | None = None
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A finished file."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RenderProblem:
    """Why something cannot be written: about a person (0: nobody), a field, in one sentence."""

    person_id: int
    person: str
    field: str
    text: str

    @classmethod
    def about(cls, snapshot: Snapshot | None, field: str, text: str) -> RenderProblem:
        """The problem of whose month it is, or of nobody."""
        if snapshot is None:
            return cls(0, "", field, text)
        return cls(snapshot.person.id, snapshot.person.label, field, text)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.person, self.field, self.text) if part)


class RenderError(Exception):
    """The files cannot be written; `problems` says everything that is in the way (it names people)."""

    def __init__(self, problems: tuple[RenderProblem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True, slots=True, order=True)
class LayoutProblem:
    """One thing wrong in a layout's file; `line` counts from 1 and is 0 where no line is to blame."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"
