"""Entering leave: by letter, by repeating, by halves, by typed text, and clearing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from hrtui import wording
from hrtui.domain.day import Entry, Part, Reason, Refusal
from hrtui.domain.entering import Amount, Full, Half, clear, closed, cycle_half, put, set_entries
from hrtui.domain.leave_type import LeaveType
from hrtui.domain.roles import only_reads
from hrtui.domain.typed_cell import TypedError, cell_text, parse_cell
from hrtui.editor.applying import MANY, Decide, Go, asked_first, carry_out, on_days_meant, plan
from hrtui.editor.moving import after_entry, place
from hrtui.editor.outcome import NOTHING, Message, Outcome, refuses
from hrtui.editor.state import EditorState, LastEntry
from hrtui.editor.targets import Meant, Target, Targets, meant, no_cell, of_days, read, targets
from hrtui.i18n import t
from hrtui.store.changes import DayChange
from hrtui.store.roles import READS_ONLY, own_roles


def enter_kind(state: EditorState, kind: LeaveType, amount: Amount, count: int | None) -> Outcome:
    """Enter an amount of a leave type on the days meant, then go to the next working day."""

    def decide(target: Target) -> tuple[Entry, ...] | Refusal:
        return put(target.day, kind, amount, state.kinds, state.roles)

    what = wording.type_and_part(kind, amount.part if isinstance(amount, Half) else Part.FULL)
    last = LastEntry(kind, amount, "", count)
    return on_days_meant(state, what, meant(state, count), _entering(state, what, decide, last))


def type_cell(state: EditorState, text: str, count: int | None) -> Outcome:
    """Replace the days meant by typed text; empty text clears them."""
    text = text.strip()
    if not text:
        return clear_days(state, count)
    wanted = meant(state, count)
    first = _first(state, wanted)
    if first is not None:
        try:
            parse_cell(text, first.day, state.kinds)
        except TypedError as problem:
            return refuses(wording.typed_sentence(problem))

    def decide(target: Target) -> tuple[Entry, ...] | Refusal:
        return set_entries(target.day, parse_cell(text, target.day, state.kinds), state.kinds, state.roles)

    last = LastEntry(None, Full(), text, count)
    return on_days_meant(state, text.upper(), wanted, _entering(state, text.upper(), decide, last))


def text_of_cell(state: EditorState) -> str:
    """What the first of the days meant holds, as one types it; empty where there is no day."""
    first = _first(state, meant(state, None))
    return cell_text(first.day.entries, state.kinds) if first is not None else ""


def _first(state: EditorState, wanted: Meant) -> Target | None:
    """The first of the days meant; None where no day is meant."""
    few = read(state, replace(wanted, people=wanted.people[:1], days=wanted.days[:1], count=None))
    return few.days[0] if few.days else None


def why_closed(state: EditorState) -> str:
    """Why nothing can be typed into the one day that is meant; empty where something can, or of several.

    Whoever may change nothing is told of any number of days.
    """
    if state.store.backend(state.employer_id) and only_reads(own_roles(state.store, state.employer_id)):
        return t(READS_ONLY)
    wanted = meant(state, state.count)
    if wanted.problem:
        return wanted.problem
    if wanted.count is not None or len(wanted.people) * len(wanted.days) > 1:
        return ""
    first = _first(state, wanted)
    refusal = closed(first.day) if first is not None else None
    if first is None or refusal is None:
        return ""
    return wording.refusal_sentence(refusal, state.kinds, first.day, conflict_keys=state.conflict_keys)


def held(state: EditorState) -> tuple[tuple[int, date, tuple[Entry, ...]], ...]:
    """The days meant now and what they hold, to tell later whether that is still so.

    Of more than MANY people only the first ones, who are those on the screen.
    """
    wanted = meant(state, state.count)
    found = read(state, replace(wanted, people=wanted.people[:MANY])).days
    return tuple((target.person_id, target.day.date, target.day.entries) for target in found)


def repeat(state: EditorState) -> Outcome:
    """Enter the last entry again, as many days of it unless a new count or a selection says how many."""
    last = state.last
    if last is None:
        return refuses(t("Nothing was entered yet that could be repeated."))
    count = state.take_count()
    if count is None and state.selection is None:
        count = last.count
    if last.kind is None:
        return type_cell(state, last.text, count)
    return enter_kind(state, state.kinds.get(last.kind.id, last.kind), last.amount, count)


def halve(state: EditorState) -> Outcome:
    """Full day to morning to afternoon to full day; right after an entry on the days just entered."""
    just_entered = bool(state.entered)
    entered, count = state.entered, state.take_count()

    def decide(target: Target) -> tuple[Entry, ...] | Refusal:
        result = cycle_half(target.day, state.kinds)
        if isinstance(result, Refusal) and result.reason is Reason.NOTHING_TO_CLEAR:
            return Refusal(Reason.NOT_HALF, result.date)
        return result

    def after(changes: Sequence[DayChange]) -> None:
        state.entered = tuple((change.person_id, change.date) for change in changes)
        entry = changes[0].new[0]
        if just_entered and state.last is not None and state.last.kind is not None:
            amount = Full() if entry.part is Part.FULL else Half(entry.part)
            state.last = LastEntry(state.last.kind, amount, "", state.last.count)

    def go(found: Targets, asked: bool) -> Outcome:
        outcome = carry_out(state, t("Half days"), found, decide, after, asked=asked)
        moved_on = just_entered and state.entered != ((state.person_id, _date_here(state)),)
        if moved_on and outcome.cells and outcome.message is None:
            return Outcome(cells=outcome.cells, message=_now_reads(state))
        return outcome

    if not just_entered:
        return on_days_meant(state, t("Half days"), meant(state, count), go)
    people, when = {person for person, _ in entered}, wording.dates_in_words(day for _, day in entered)
    return asked_first(state, t("Half days"), people, when, lambda asked: go(of_days(state, entered), asked))


def _date_here(state: EditorState) -> date | None:
    return None if state.on_name else state.month.day(state.cursor.day)


def clear_days(state: EditorState, count: int | None) -> Outcome:
    """Empty the days meant; the cursor stays."""

    def after(changes: Sequence[DayChange]) -> None:
        state.sticky = False

    def go(found: Targets, asked: bool) -> Outcome:
        return carry_out(state, t("Cleared"), found, _cleared, after, asked=asked)

    return on_days_meant(state, t("Cleared"), meant(state, count), go)


def clear_here(state: EditorState) -> Outcome:
    """Empty the days meant, as many working days as the pending count says."""
    return clear_days(state, state.take_count())


def clear_back(state: EditorState) -> Outcome:
    """Right after an entry: empty it and return to it. Else: empty the cell and step back a working day."""
    entered, state.entered = state.entered, ()
    count = state.take_count()
    if state.selection is not None or count is not None:
        return clear_days(state, count)
    problem = no_cell(state)
    if problem:
        return refuses(problem)
    if not entered:
        return _clear_and_step(state)
    own = [day for person, day in entered if person == state.person_id and day in state.month]

    def after(changes: Sequence[DayChange]) -> None:
        if own:
            place(state, state.cursor.row, min(own).day)

    return carry_out(state, t("Cleared"), of_days(state, entered), _cleared, after)


def _clear_and_step(state: EditorState) -> Outcome:
    row = state.row
    assert row is not None
    here = state.cursor.day
    earlier = (day.date.day for day in reversed(row.days[: here - 1]) if day.is_working_day)
    back = next(earlier, max(1, here - 1))

    def after(changes: Sequence[DayChange]) -> None:
        place(state, state.cursor.row, back)

    found = targets(state, None)
    planned = plan(found, _cleared)
    if not planned.changes and all(why.reason is Reason.NOTHING_TO_CLEAR for _, why in planned.refused):
        after(())
        return NOTHING
    return carry_out(state, t("Cleared"), found, _cleared, after)


def _cleared(target: Target) -> tuple[Entry, ...] | Refusal:
    return clear(target.day)


def _entering(state: EditorState, what: str, decide: Decide, last: LastEntry) -> Go:
    """Enter something, keep it for the keys that come back to it, and move on."""
    begun = state.run_day if state.run_day is not None else state.cursor.day

    def go(found: Targets, asked: bool) -> Outcome:
        def after(changes: Sequence[DayChange]) -> None:
            state.last = last
            move_on(state, found, changes, begun)

        return carry_out(state, what, found, decide, after, asked=asked)

    return go


def move_on(state: EditorState, found: Targets, changes: Sequence[DayChange], begun: int) -> None:
    """After an entry: a selection stays until the next move; else the cursor goes to the next working day."""
    state.entered = tuple((change.person_id, change.date) for change in changes)
    if state.selection is not None:
        state.sticky = False
        return
    row = state.row
    assert row is not None
    dates = [target.day.date for target in found.days]
    own = [target.day.date for target in found.days if target.person_id == row.id]
    after_entry(state, row.days, max(own or dates))
    state.run_day = begun


def _now_reads(state: EditorState) -> Message:
    """What the just-entered day holds now; the cursor has moved on, so its own line does not say it."""
    day = of_days(state, state.entered).days[0].day
    words = wording.told_of(wording.day_name(day.date), wording.entries_in_words(day.entries, state.kinds))
    return Message(wording.sentence(words))


ACTIONS: dict[str, Callable[[EditorState], Outcome]] = {
    "entry.repeat": repeat,
    "entry.half": halve,
    "entry.clear": clear_here,
    "entry.clear_back": clear_back,
}
