"""Going to a date or a person by what the clerk types, and on to the next match."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hrtui.editor.moving import place, to_date, to_day
from hrtui.editor.outcome import NOTHING, Outcome, refuses
from hrtui.editor.state import EditorState
from hrtui.i18n import t
from hrtui.store.people import person_ids

_DAY = re.compile(r"\d{1,2}", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_STEP = re.compile(r"[+-]\d{1,3}", re.ASCII)


def go_to(state: EditorState, text: str) -> Outcome:
    """To a date (`14`, `14/9`, `14/9/2026`, `2026-09-14`, `+7`, `today`, empty for today) or a name."""
    text = text.strip()
    state.count = None
    if _DAY.fullmatch(text):
        return to_day(state, int(text))
    if not text or text.casefold() in ("today", t("today")):
        return to_date(state, state.today)
    if not (_STEP.fullmatch(text) or _ISO.fullmatch(text) or _DAY_MONTH.fullmatch(text)):
        state.searched = text
        return find_next(state)
    try:
        return to_date(state, _date(state, text))
    except (ValueError, OverflowError):
        return refuses(t("There is no date “{text}”.", text=text))


def _date(state: EditorState, text: str) -> date:
    """The date that is typed, seen from the cursor; raises ValueError where there is none."""
    here = state.month.day(max(1, state.cursor.day))
    if _STEP.fullmatch(text):
        return here + timedelta(days=int(text))
    match = _DAY_MONTH.fullmatch(text)
    if match is None:
        return date.fromisoformat(text)
    day, month = int(match[1]), int(match[2])
    if match[3]:
        return date(int(match[3]), month, day)
    near = [
        date(year, month, day)
        for year in (here.year - 1, here.year, here.year + 1)
        if _exists(year, month, day)
    ]
    return min(near, key=lambda one: abs(one - here)) if near else date(here.year, month, day)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def find_next(state: EditorState) -> Outcome:
    """To the next person in the list who fits what was searched for (else the filter); round at the end."""
    text = state.searched or state.filter.text
    if not text:
        return refuses(t("Nothing was searched for yet."))
    wanted = replace(state.filter, text=text, without_entries_first=False)
    matching = person_ids(state.store, state.employer_id, state.month, wanted)
    rows = sorted(state.row_of[person] for person in matching if person in state.row_of)
    if not rows:
        shown = t("Nobody in this list matches “{text}”.", text=text)
        return refuses(shown if state.filter else t("Nobody matches “{text}”.", text=text))
    place(state, next((row for row in rows if row > state.cursor.row), rows[0]), state.cursor.day)
    state.run_day = None
    return NOTHING


ACTIONS: dict[str, Callable[[EditorState], Outcome]] = {"find.next": find_next}
