"""Carrying out a key on its days: ask the rules, ask the clerk where it is much, write, say what happened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hrtui import wording
from hrtui.domain.day import Entry, Reason, Refusal
from hrtui.editor.outcome import Message, Outcome, Question, refuses, says
from hrtui.editor.state import DayOf, EditorState
from hrtui.editor.targets import Meant, Target, Targets, read
from hrtui.i18n import t, tn
from hrtui.store.changes import Change, DayChange, write
from hrtui.store.errors import StoreError

if TYPE_CHECKING:
    from hrtui.store.limits import Excess

Decide = Callable[[Target], tuple[Entry, ...] | Refusal]
"""What a day holds afterwards, or why it stays as it is."""

After = Callable[[Sequence[DayChange]], None]
"""What is done with the changes once they are written."""

Go = Callable[[Targets, bool], Outcome]
"""What a key does on its days; told whether the clerk has said yes to so many already."""

FEW = 8
"""Rows that are read back at once after a write; more are read as the screen asks for them."""

MANY = 2000
"""Above so many people the clerk is asked before their days are read, which takes a noticeable while."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be written, which days stay as they are and why, and how many a count did not find.

    `over` are the changes that take more leave than there is and are made all the same.
    """

    changes: tuple[DayChange, ...]
    refused: tuple[tuple[Target, Refusal], ...] = ()
    missing: int = 0
    over: tuple[Excess, ...] = ()


def on_days_meant(state: EditorState, what: str, wanted: Meant, go: Go) -> Outcome:
    """Let `go` work on the days that are meant, or ask first where they are of very many people."""
    when = ""
    if not wanted.problem:
        days = [state.month.day(day) for day in wanted.days]
        when = wording.dates_in_words(days if wanted.count is None else days[:1])
        if wanted.count is not None:
            when = tn("{n} day from {day}", "{n} days from {day}", wanted.count, day=when)
    return asked_first(state, what, wanted.people, when, lambda asked: go(read(state, wanted), asked))


def asked_first(
    state: EditorState, what: str, people: Collection[int], when: str, go: Callable[[bool], Outcome]
) -> Outcome:
    """Let `go` do its work; of more than MANY people only when the clerk says yes to that."""
    if len(people) <= MANY:
        return go(False)
    hidden = sum(person not in state.row_of for person in people)
    days = f"{tn('{n} person', '{n} people', len(people))}, {when}"
    return Outcome(question=Question(_go_on(what, days, hidden), lambda: go(True)))


def plan(found: Targets, decide: Decide) -> Plan:
    """Ask the rules about each day."""
    changes: list[DayChange] = []
    refused: list[tuple[Target, Refusal]] = []
    for target in found.days:
        result = decide(target)
        if isinstance(result, Refusal):
            refused.append((target, result))
        else:
            changes.append(DayChange(target.person_id, target.day.date, target.day.entries, result))
    return Plan(tuple(changes), tuple(refused), found.missing)


def _hold_to_limits(state: EditorState, asked: Targets, planned: Plan) -> Plan:
    """Refuse what takes more leave than there is where the type forbids that; note it where it does not."""
    from hrtui.store.limits import excesses  # not needed before the first frame

    found = excesses(state.store, state.kinds, planned.changes)
    if not found:
        return planned
    forbidden = {one.change: one for one in found if not one.kind.negative_allowed}
    by_place = {(change.person_id, change.date): one for change, one in forbidden.items()}
    refused = [
        (target, wording.excess_refusal(by_place[target.person_id, target.day.date]))
        for target in asked.days
        if (target.person_id, target.day.date) in by_place
    ]
    return Plan(
        tuple(change for change in planned.changes if change not in forbidden),
        (*planned.refused, *refused),
        planned.missing,
        tuple(one for one in found if one.change not in forbidden),
    )


def carry_out(
    state: EditorState,
    what: str,
    found: Targets,
    decide: Decide,
    after: After | None = None,
    *,
    asked: bool = False,
) -> Outcome:
    """Do `what` (a translated noun or participle: "Vacation", "Cleared") on the days.

    More people than a screen shows, more cells than a screenful, or marked people that the list does not
    show are asked about first, unless that is done (`asked`). `after` runs when the change is written.
    """
    if found.problem:
        return refuses(found.problem)
    planned = _hold_to_limits(state, found, plan(found, decide))
    if not planned.changes:
        as_wanted = planned.refused and all(why.reason is Reason.UNCHANGED for _, why in planned.refused)
        return (says if as_wanted else refuses)(why_nothing(state, planned))
    question = "" if asked else bulk_question(state, what, planned.changes)
    if question:
        return Outcome(question=Question(question, lambda: commit(state, what, planned, after)))
    return commit(state, what, planned, after)


def bulk_question(state: EditorState, what: str, changes: Sequence[DayChange]) -> str:
    """What to ask before so much is changed; empty where it is little."""
    if len(changes) == 1 and changes[0].person_id in state.row_of:
        return ""
    people = {change.person_id for change in changes}
    hidden = sum(person not in state.row_of for person in people)
    if not hidden and len(people) <= state.page_rows and len(changes) <= state.page_rows * 31:
        return ""
    days = wording.days_in_words((change.person_id, change.date) for change in changes)
    return _go_on(what, "; ".join([days, *replaced_in_words(changes)]), hidden)


def replaced(changes: Sequence[DayChange]) -> list[DayChange]:
    """The changes by which a leave type makes room for another; clearing a day is none."""
    return [
        change
        for change in changes
        if change.new
        and {entry.leave_type_id for entry in change.old} - {entry.leave_type_id for entry in change.new}
    ]


def replaced_in_words(changes: Sequence[DayChange]) -> list[str]:
    """On how many of the days another entry is replaced, as a part of a sentence; nothing for none."""
    count = len(replaced(changes))
    return [tn("{n} replaced", "{n} replaced", count)] if count else []


def _go_on(what: str, days: str, hidden: int) -> str:
    if hidden:
        unseen = tn("{n} of them is not shown now", "{n} of them are not shown now", hidden)
        return t("{what}: {days}; {unseen}. Go on?", what=what, days=days, unseen=unseen)
    return t("{what}: {days}. Go on?", what=what, days=days)


def why_nothing(state: EditorState, planned: Plan) -> str:
    """Why a key changed nothing: the one reason in full, or the commonest ones."""
    if len(planned.refused) == 1:
        target, refusal = planned.refused[0]
        return wording.refusal_sentence(refusal, state.kinds, target.day, conflict_keys=state.conflict_keys)
    if planned.refused:
        skipped = wording.skipped_in_words([refusal.reason for _, refusal in planned.refused])
        return t("Nothing changed; {skipped}.", skipped=skipped)
    return t("No working day to enter this on.")


def commit(
    state: EditorState,
    what: str,
    planned: Plan,
    after: After | None = None,
) -> Outcome:
    """Write the plan as one step and say what was done."""
    days = [(change.person_id, change.date) for change in planned.changes]
    failure = write_step(state, wording.step_label(what, days, name_of(state, days[0][0])), planned.changes)
    if failure is not None:
        return failure
    if after is not None:
        after(planned.changes)
    return Outcome(cells=state.cells(days), message=_summary(state, what, days, planned))


def write_step(state: EditorState, label: str, changes: Sequence[DayChange]) -> Outcome | None:
    """Write the changes and read the rows back; the outcome says why nothing was written, None is success."""
    try:
        written = write(state.store, state.employer_id, label, changes)
    except StoreError as problem:
        return Outcome(message=Message(problem.text, "error"), refused=True)
    if written.stale:
        return _stale(state, written.stale)
    reread(state, {change.person_id for change in changes})
    return None


def reread(state: EditorState, people: set[int]) -> None:
    """Read these people's rows anew: a few at once, many when the screen asks for them."""
    state.view.forget(people)
    if len(people) <= FEW:
        state.view.rows_by_id(people)


def name_of(state: EditorState, person_id: int) -> str:
    """The person's name, whether the list shows them or not."""
    rows = state.view.rows_by_id([person_id])
    return rows[person_id].name if rows else ""


def _stale(state: EditorState, stale: Sequence[Change]) -> Outcome:
    days: list[DayOf] = [(change.person_id, change.date) for change in stale if isinstance(change, DayChange)]
    people = {person for person, _ in days}
    reread(state, people)
    person, day = days[0]
    where = wording.day_name(day)
    if person != state.person_id:
        where = f"{name_of(state, person)}, {where}"
    if len(days) > 1:
        where = tn("{where} and {n} more day", "{where} and {n} more days", len(days) - 1, where=where)
    text = t("Changed elsewhere: {where}. Nothing written; the same key overwrites it.", where=where)
    shown = frozenset(
        (row, number)
        for row in (state.row_of[person] for person in people if person in state.row_of)
        for number in range(1, state.month.length + 1)
    )
    return Outcome(cells=shown, message=Message(text, "warning"), refused=True)


def _summary(state: EditorState, what: str, days: Sequence[DayOf], planned: Plan) -> Message | None:
    """What was done, unless the cell itself shows it all."""
    reasons = [
        refusal.reason for _, refusal in planned.refused if refusal.reason is not Reason.NOTHING_TO_CLEAR
    ]
    over = wording.excess_sentence(planned.over, lambda person: name_of(state, person))
    if len(days) == 1 and not reasons and not planned.missing:
        text = " ".join(part for part in (_replaced_here(state, planned.changes[0]), over) if part)
        return Message(text, "warning" if over else "info") if text else None
    parts = [t("{what}: {days}", what=what, days=wording.days_in_words(days))]
    parts += replaced_in_words(planned.changes)
    if reasons:
        parts.append(wording.skipped_in_words(reasons))
    if planned.missing:
        parts.append(tn("{n} working day not found", "{n} working days not found", planned.missing))
    text = " ".join(part for part in ("; ".join(parts) + ".", over) if part)
    return Message(text, "warning" if reasons or planned.missing or over else "info")


def _replaced_here(state: EditorState, change: DayChange) -> str:
    if not replaced([change]):
        return ""
    old = wording.entries_in_words(change.old, state.kinds)
    return wording.sentence(t("{day}: replaced {old}.", day=wording.day_name(change.date), old=old))
