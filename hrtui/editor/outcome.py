"""What a key brought about, for the screen to show: changed cells, a message, or a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Level = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Message:
    """One translated sentence for the status line."""

    text: str
    level: Level = "info"


@dataclass(frozen=True, slots=True)
class Question:
    """A yes/no question for the status line; `confirm` does the work when the answer is `y`."""

    text: str
    confirm: Callable[[], Outcome]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What changed on the screen.

    `cells` holds (row, day) of every shown cell whose content changed; `rows_changed` says that the list,
    the month or the filter changed, so that all must be drawn again. `refused` says that nothing was written
    for the reason in `message`. Cursor, selection and marks are read from the editor.
    """

    cells: frozenset[tuple[int, int]] = frozenset()
    rows_changed: bool = False
    message: Message | None = None
    question: Question | None = None
    refused: bool = False


NOTHING = Outcome()
"""Nothing changed but, at most, the cursor, the selection or the marks."""


def says(text: str, level: Level = "info") -> Outcome:
    """An outcome that only says something."""
    return Outcome(message=Message(text, level))


def refuses(text: str) -> Outcome:
    """An outcome that says why a key did nothing."""
    return Outcome(message=Message(text, "warning"), refused=True)
