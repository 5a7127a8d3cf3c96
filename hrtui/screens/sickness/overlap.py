"""Deciding between two reports of one person for the same days: one is kept, or both one after the other."""

from __future__ import annotations

from hrtui.domain.sickness.filling import has_case
from hrtui.domain.sickness.overlap import end_of_first
from hrtui.domain.sync.units import DAY
from hrtui.i18n import t, tn
from hrtui.screens.base import KeyScreen
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import day_long, desk_of
from hrtui.store.entries import from_lists
from hrtui.store.sickness.desk import Desk
from hrtui.store.sickness.documents import documents
from hrtui.store.sickness.joining import join, keep_both, overlap_of
from hrtui.store.sickness.outcome import Outcome
from hrtui.store.sickness.records import CaseRecord, case_record


def decide(here: KeyScreen, case_id: int) -> None:
    """Ask which of two reports holds; `here` is the screen of one of them. Raises StoreError."""
    desk = desk_of(here.session)
    found = overlap_of(desk, case_id)
    if found is None:
        here.say(t("There is no other report for these days."))
        return
    own, other = case_record(desk, case_id), case_record(desk, found.other_id)
    title = t("{name}: two reports for the same days", name=own.name)
    about = [
        t("They were made on two computers; each fills the calendar."),
        t("Files, notes and messages of a report that goes move to the one that stays."),
    ]
    here.app.push_screen(MenuScreen(here.session, title, _items(here, desk, own, other), about))


def _items(here: KeyScreen, desk: Desk, own: CaseRecord, other: CaseRecord) -> list[Item]:
    def joining(keep: CaseRecord, gone: CaseRecord) -> Item:
        label = t("Keep this report") if keep is own else t("Keep the other report")
        return Item(label, _in_words(desk, keep), lambda: _join(here, keep, gone))

    items = [joining(own, other), joining(other, own)]
    end = end_of_first(own.case.spell, other.case.spell)
    if end is not None:
        text = t("The first one ends on {day}", day=day_long(end))
        items.append(Item(t("Keep both"), text, lambda: _keep_both(here, own, other)))
    return items


def _in_words(desk: Desk, record: CaseRecord) -> str:
    """From when, to which percentage, and with how many files."""
    spell, files = record.case.spell, len(documents(desk, record.id))
    step = record.case.course[-1]
    until = t("until {day}", day=day_long(spell.last_day)) if spell.last_day else ""
    said = [t("ill from {day}", day=day_long(spell.first_day)), until, f"{step.percent} %"]
    return ", ".join(filter(None, [*said, tn("{n} file", "{n} files", files) if files else ""]))


def _join(here: KeyScreen, keep: CaseRecord, gone: CaseRecord) -> None:
    desk = desk_of(here.session)
    settle_days(here.session, keep)
    outcome = join(desk, keep.id, gone.id)
    _tell(here, outcome, keep, t("One report is kept, the other is taken back."))


def _keep_both(here: KeyScreen, own: CaseRecord, other: CaseRecord) -> None:
    settle_days(here.session, own)
    outcome = keep_both(desk_of(here.session), own.id, other.id)
    _tell(here, outcome, own, t("Both reports are kept, one after the other."))


def settle_days(session: Session, record: CaseRecord) -> None:
    """Decide the days on which both reports filled the calendar differently: what stands there stands.

    The report that is kept then fills them as it fills all of its days.
    """
    if not session.store.backend(session.employer.id):
        return
    from hrtui.sync.conflicts import conflicts, keep

    for conflict in conflicts(session.store, session.employer.id):
        values = (conflict.stands, *(candidate.value for candidate in conflict.candidates))
        is_day = conflict.key.entity == DAY and conflict.key.id == record.person_id
        if is_day and all(has_case(from_lists(value)) for value in values):
            keep(session.store, session.employer.id, conflict)


def _tell(here: KeyScreen, outcome: Outcome, shown: CaseRecord, text: str) -> None:
    """Show the report that stays, and tell what was done."""
    from hrtui.screens.sickness.case import CaseScreen

    key = here.session.keymap.label("table.undo")
    told = [text, *outcome.sentences()[:2], t("{key} takes it back.", key=key)]
    app = here.app
    if isinstance(here, CaseScreen) and here.case_id != shown.id:
        here.close()
        app.push_screen(CaseScreen(here.session, shown.id, " ".join(told)))
        return
    here.store_changed()
    here.on_top.tell(" ".join(told))
