"""Checking a month off: saying that somebody looked the person's month over, until it changes again."""

from __future__ import annotations

from collections.abc import Callable

from hrtui.editor.applying import reread
from hrtui.editor.outcome import Message, Outcome, Question, refuses
from hrtui.editor.state import EditorState
from hrtui.editor.targets import marked_people
from hrtui.i18n import t, tn
from hrtui.store.check_off import toggle
from hrtui.store.errors import StoreError


def check(state: EditorState) -> Outcome:
    """Check the marked people's month off, or that of the person under the cursor; again takes it back.

    More people than a screen shows, or some that the list does not show, are asked about first.
    """
    state.count, state.run_day = None, None
    if not state.people:
        return refuses(t("Nobody is shown. Choose another filter or another month."))
    people = marked_people(state) or [state.people[state.cursor.row]]
    hidden = sum(person not in state.row_of for person in people)
    if len(people) <= state.page_rows and not hidden:
        return _toggle(state, people)
    question = tn("Check {n} person off?", "Check {n} people off?", len(people))
    if hidden:
        unseen = tn("{n} of them is not shown now", "{n} of them are not shown now", hidden)
        question = f"{question} ({unseen})"
    return Outcome(question=Question(question, lambda: _toggle(state, people)))


def _toggle(state: EditorState, people: list[int]) -> Outcome:
    try:
        done = toggle(state.store, state.employer_id, people, state.month)
    except StoreError as problem:
        return Outcome(message=Message(problem.text, "error"), refused=True)
    reread(state, set(people))
    rows = frozenset((state.row_of[person], 0) for person in people if person in state.row_of)
    if state.filter.unchecked_only:
        state.load_people()
        return Outcome(rows_changed=True, message=Message(done))
    return Outcome(cells=rows, message=Message(done))


ACTIONS: dict[str, Callable[[EditorState], Outcome]] = {"month.check": check}
