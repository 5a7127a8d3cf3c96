"""Undo and redo: saying what they did, and showing where."""

from __future__ import annotations

from collections.abc import Callable

from hrtui import wording
from hrtui.domain.month import Month
from hrtui.editor.applying import name_of, reread
from hrtui.editor.moving import place, show_month
from hrtui.editor.outcome import Message, Outcome, says
from hrtui.editor.state import EditorState
from hrtui.i18n import N_, t, tn
from hrtui.store import undo as steps
from hrtui.store.errors import StoreError
from hrtui.store.store import Store
from hrtui.store.undo import Undone


def undo(state: EditorState) -> Outcome:
    """Take back the last step, also one of an earlier session."""
    return _carried_out(state, steps.undo, N_("Undone: {label}"), N_("There is nothing to undo."))


def redo(state: EditorState) -> Outcome:
    """Do the step again that was taken back last."""
    return _carried_out(state, steps.redo, N_("Redone: {label}"), N_("There is nothing to redo."))


def _carried_out(
    state: EditorState, act: Callable[[Store, int], Undone | None], done: str, nothing: str
) -> Outcome:
    try:
        changed = act(state.store, state.employer_id)
    except StoreError as problem:
        return Outcome(message=Message(problem.text, "error"), refused=True)
    if changed is None:
        return says(t(nothing))
    return _show(state, changed, t(done, label=wording.undone_in_words(changed)))


def _show(state: EditorState, step: Undone, text: str) -> Outcome:
    """Go to the first day of the step, in its month, and say what was done."""
    state.drop_selection()
    state.count, state.run_day = None, None
    all_changed = bool(step.tables)
    if all_changed:
        state.load_kinds()
        state.load_people()
    if step.days:
        reread(state, {person for person, _ in step.days})
        if not any(day in state.month for _, day in step.days):
            show_month(state, Month.of(min(day for _, day in step.days)))
            all_changed = True
    shown = state.cells(step.days)
    if shown:
        place(state, *min(shown))
    elif step.days:
        name = name_of(state, step.days[0][0])
        text = t("{text} ({name} is not in this list)", text=text, name=name)
    if step.skipped:
        kept = tn("{n} day was changed since and stays", "{n} days were changed since and stay", step.skipped)
        text = f"{text}; {kept}"
    message = Message(f"{text}.", "warning" if step.skipped else "info")
    return Outcome(cells=shown, rows_changed=all_changed, message=message)


ACTIONS: dict[str, Callable[[EditorState], Outcome]] = {
    "edit.undo": undo,
    "edit.redo": redo,
}
