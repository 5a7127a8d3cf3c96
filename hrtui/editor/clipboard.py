"""Copy and paste of blocks of days, with a preview of what a paste will do to each cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hrtui import wording
from hrtui.domain.day import Entry, Reason, Refusal
from hrtui.domain.entering import set_entries
from hrtui.domain.typed_cell import TypedError, cell_text, parse_cell
from hrtui.editor.applying import name_of, replaced_in_words, write_step
from hrtui.editor.outcome import Outcome, refuses, says
from hrtui.editor.position import Rect
from hrtui.editor.state import DayOf, EditorState
from hrtui.editor.targets import Target, marked_people, of_days
from hrtui.i18n import t, tn
from hrtui.store.changes import DayChange

if TYPE_CHECKING:
    from hrtui.store.limits import Excess

Entries = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PasteLine:
    """One cell of a paste: whose day, what it holds, what it is to hold, or why it stays as it is."""

    person: str
    date: date
    old: str
    new: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class PastePreview:
    """What a paste will do, cell by cell; cells that stay the same are left out.

    `summary` is one sentence; without `changes` there is nothing to paste and it says why.
    """

    lines: tuple[PasteLine, ...] = ()
    changes: tuple[DayChange, ...] = ()
    summary: str = ""


def copy(state: EditorState) -> Outcome:
    """Keep the selected block, or the cursor's day, or on a name the person's whole month."""
    if not state.people:
        return refuses(t("Nobody is shown. Choose another filter or another month."))
    block = _copied_block(state)
    rows = [state.view.row(row) for row in block.rows]
    state.clipboard = tuple(tuple(row.days[day - 1].entries for day in block.days) for row in rows)
    state.forget_entered()
    days = [(row.id, row.days[day - 1].date) for row in rows for day in block.days]
    return says(t("Copied: {days}.", days=wording.days_in_words(days)))


def _copied_block(state: EditorState) -> Rect:
    if state.selection is not None:
        return state.selection
    row, day = state.cursor.row, state.cursor.day
    return Rect(row, 1, row, state.month.length) if state.on_name else Rect(row, day, row, day)


def copied_text(state: EditorState) -> str:
    """The block last copied as tab-separated lines of typed cells; empty without one."""
    return "\n".join("\t".join(cell_text(entries, state.kinds) for entries in row) for row in state.clipboard)


def preview(state: EditorState, text: str | None) -> PastePreview:
    """What pasting `text` (tab-separated typed cells; None: the block copied here) at the cursor would do.

    The block's first cell goes to the selection's first cell or the cursor; days run on by date, also into
    the next month. A single row fills all selected or marked people, a single column all selected days.
    Empty cells leave the day as it is.
    """
    source: Sequence[Sequence[Entries | str]] = state.clipboard if text is None else _cells_of(text)
    if not any(any(row) for row in source):
        return PastePreview(summary=_nothing_to_paste(state, text))
    if not state.people:
        return PastePreview(summary=t("Nobody is shown. Choose another filter or another month."))
    wanted, outside = _placed(state, source)
    cells = [
        _paste_one(state, target, wanted[target.person_id, target.day.date])
        for target in of_days(state, wanted).days
    ]
    from hrtui.store.limits import excesses  # not needed before the first frame

    found = excesses(state.store, state.kinds, [change for _, change in cells if change])
    forbidden = {one.change: one for one in found if not one.kind.negative_allowed}
    cells = [
        _held_back(state, forbidden[change]) if change in forbidden else (line, change)
        for line, change in cells
    ]
    lines = tuple(line for line, _ in cells if line)
    changes = tuple(change for _, change in cells if change)
    summary = _summary(changes, len(lines) - len(changes), outside)
    over = wording.excess_sentence(
        [one for one in found if one.change not in forbidden], lambda person: name_of(state, person)
    )
    return PastePreview(lines, changes, f"{summary} {over}".rstrip())


def _nothing_to_paste(state: EditorState, text: str | None) -> str:
    if text is not None:
        return t("The pasted text is empty.")
    return t("The copied days are empty.") if state.clipboard else t("Nothing was copied yet.")


def paste(state: EditorState, shown: PastePreview) -> Outcome:
    """Write what the preview showed, as one step."""
    if not shown.changes:
        return refuses(shown.summary or t("There is nothing to paste."))
    days = [(change.person_id, change.date) for change in shown.changes]
    label = wording.step_label(t("Pasted"), days, name_of(state, days[0][0]))
    failure = write_step(state, label, shown.changes)
    if failure is not None:
        return failure
    state.sticky = False
    state.entered = tuple(days)
    done = "; ".join([wording.days_in_words(days), *replaced_in_words(shown.changes)])
    return Outcome(state.cells(days), message=says(t("Pasted: {days}.", days=done)).message)


def _cells_of(text: str) -> list[list[str]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


def _placed(
    state: EditorState, source: Sequence[Sequence[Entries | str]]
) -> tuple[dict[DayOf, Entries | str], int]:
    """The person-day of every cell that is not empty, and how many fall below the end of the list."""
    selection = state.selection
    first_row = selection.first_row if selection else state.cursor.row
    first_day = selection.first_day if selection else max(1, state.cursor.day)
    people = _people_for(state, first_row, len(source))
    width = max(len(row) for row in source)
    across = len(selection.days) if selection and width == 1 else 1
    begin = state.month.day(first_day)
    placed: dict[DayOf, Entries | str] = {}
    outside = 0
    for number, person in enumerate(people):
        row = source[0] if len(source) == 1 else source[number]
        for offset, cell in enumerate(list(row) * across):
            if cell and person is not None:
                placed[person, begin + timedelta(days=offset)] = cell
            elif cell:
                outside += 1
    return placed, outside


def _people_for(state: EditorState, first_row: int, height: int) -> Sequence[int | None]:
    """Who gets each row of the block; None below the end of the list."""
    if height == 1 and state.selection is not None:
        return [state.people[row] for row in state.selection.rows]
    if height == 1 and state.marks:
        return marked_people(state)
    below = state.people[first_row : first_row + height]
    return [*below, *([None] * (height - len(below)))]


def _paste_one(
    state: EditorState, target: Target, cell: Entries | str
) -> tuple[PasteLine | None, DayChange | None]:
    day = target.day
    name = name_of(state, target.person_id)
    old = cell_text(day.entries, state.kinds)
    typed = cell if isinstance(cell, str) else cell_text(cell, state.kinds)
    try:
        entries = parse_cell(cell, day, state.kinds) if isinstance(cell, str) else cell
    except TypedError as problem:
        return PasteLine(name, day.date, old, typed, wording.typed_sentence(problem)), None
    result = set_entries(day, entries, state.kinds, state.roles)
    if isinstance(result, Refusal):
        if result.reason is Reason.UNCHANGED:
            return None, None
        why = wording.refusal_sentence(result, state.kinds, day)
        return PasteLine(name, day.date, old, typed, why), None
    new = cell_text(result, state.kinds)
    return PasteLine(name, day.date, old, new), DayChange(target.person_id, day.date, day.entries, result)


def _held_back(state: EditorState, excess: Excess) -> tuple[PasteLine, None]:
    """The line of a cell that would take more leave than there is, of a type that forbids it."""
    change = excess.change
    old, new = (cell_text(entries, state.kinds) for entries in (change.old, change.new))
    why = wording.refusal_sentence(wording.excess_refusal(excess), state.kinds)
    return PasteLine(name_of(state, change.person_id), change.date, old, new, why), None


def _summary(changes: Sequence[DayChange], skipped: int, outside: int) -> str:
    if not changes and not skipped and not outside:
        return t("Nothing changes: the days hold this already.")
    days = wording.days_in_words((change.person_id, change.date) for change in changes)
    parts = [t("{days} will change", days=days) if changes else t("Nothing will change")]
    parts += replaced_in_words(changes)
    if skipped:
        parts.append(tn("{n} is skipped", "{n} are skipped", skipped))
    if outside:
        parts.append(tn("{n} falls below the list", "{n} fall below the list", outside))
    return "; ".join(parts) + "."


ACTIONS: dict[str, Callable[[EditorState], Outcome]] = {"edit.copy": copy}
