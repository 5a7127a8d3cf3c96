"""What an import would do: the changes, the counts, and what is wrong with which line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from hrtui.i18n import t
from hrtui.imports.cells import CellError, Record
from hrtui.store.changes import Change

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One translated sentence about one line of the file (line 0: about the whole file)."""

    line: int
    text: str


@dataclass(slots=True)
class Plan:
    """The changes of the good lines, in the order in which they must be written, and the remarks.

    `new`, `changed` and `unchanged` count people, schedules or person-days. `bad` holds the lines with a
    problem, `dragged` the good lines that cannot go without a bad one, by that one.
    """

    changes: list[Change] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    dragged: dict[int, int] = field(default_factory=dict)

    def refuse(self, line: int, text: str) -> None:
        """Note a problem; its line is not imported."""
        self.problems.append(Remark(line, text))
        self.bad.add(line)

    def warn(self, line: int, text: str) -> None:
        """Note something that the clerk should look at; the line is imported."""
        self.warnings.append(Remark(line, text))

    def check_cells(self, record: Record) -> None:
        """Refuse a line with more cells than the header has."""
        if record.stray:
            self.refuse(
                record.line, t("This line has more cells than the header: look for a separator too many.")
            )

    def attempt(self, line: int, read: Callable[[], T], otherwise: U) -> T | U:
        """What `read` gives; where it raises CellError, the line is refused and `otherwise` stands in."""
        try:
            return read()
        except CellError as problem:
            self.refuse(line, problem.text)
            return otherwise

    def count(self, changes: list[Change], *, new: bool) -> None:
        """Take over the changes of one person, schedule or day."""
        self.changes.extend(changes)
        if new:
            self.new += 1
        elif changes:
            self.changed += 1
        else:
            self.unchanged += 1
