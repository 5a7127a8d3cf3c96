"""Messages to the payroll provider: the list of a month, and the form to write one."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from hrtui.domain.identity.problem import Value
from hrtui.domain.month import Month
from hrtui.domain.roles import Area
from hrtui.editor.editor import MonthEditor
from hrtui.editor.targets import marked_people
from hrtui.i18n import N_, t
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.months import MonthlyTable, grid_of, month_field
from hrtui.screens.reading import ReadingScreen
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row
from hrtui.store import messages as stored
from hrtui.store.messages import ProviderMessage, messages
from hrtui.store.person_records import person_name
from hrtui.store.record_history import Row as StoredRow
from hrtui.widgets.form_field import Choice, FormField, Values, choice_field, fixed_field, lines_field
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line
from hrtui.widgets.months import month_text

_STATES = {stored.DRAFT: N_("draft"), stored.FORWARDED: N_("forwarded")}
_EMPLOYER = 0
"""The choice that a message is about the employer."""
_MOST = 100
"""So many marked people are offered; for others the message is written in their calendar."""
_HEIGHT = 12


class MessagesScreen(MonthlyTable):
    """The messages of a month, of all people or of one."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("open")),
        "table.new": (1, N_("write")),
        "table.delete": (2, N_("remove")),
        "table.next": (3, N_("other month")),
        "table.undo": (4, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("About"), 24),
        Column(N_("State"), 12),
        Column(N_("Text")),
        Column(N_("Written by"), 12, least=100),
    )

    def __init__(self, session: Session, person_id: int | None = None, month: Month | None = None) -> None:
        super().__init__(session, month or Month.of(session.today))
        self.person_id = person_id
        self._chosen_month = month is not None
        self._listed: dict[int, ProviderMessage] = {}

    def on_mount(self) -> None:
        """Begin with the month that the grid shows, unless another one was asked for."""
        if not self._chosen_month and (grid := grid_of(self.app)):
            self.month = grid.month
        super().on_mount()

    def heading(self) -> str:
        """Whose, and when."""
        name = ""
        if self.person_id is not None:
            name = person_name(self.session.store, self.session.employer.id, self.person_id)
        return "  ".join(filter(None, (t("Messages to the provider"), month_text(self.month), name)))

    def nothing(self) -> str:
        """How to begin."""
        if hidden := self.session.rights.why_hidden(Area.MESSAGES):
            return hidden
        if self.edit.text.strip():
            return super().nothing()
        key = self.session.keymap.label("table.new")
        return t("There is no message for this month; {key} writes one.", key=key)

    def find(self, text: str) -> Sequence[int]:
        """The messages in which all words occur."""
        if self.session.rights.why_hidden(Area.MESSAGES):
            return []
        fits = finder(text)
        found = messages(self.session.store, self.session.employer.id, self.month, self.person_id)
        self._listed = {one.id: one for one in found if fits(f"{one.name} {one.number} {one.body}")}
        return list(self._listed)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """About whom, the state, the beginning of the text, by whom."""
        return {id_: self._row_of(self._listed[id_]) for id_ in ids}

    def _row_of(self, one: ProviderMessage) -> Row:
        about = one.name or t("The employer")
        texts = (about, t(_STATES[one.state]), one.body.replace("\n", " / "), one.actor)
        return Row(texts, dim=not one.draft)

    def open_row(self, row_id: int) -> None:
        """Change a draft, or read what was forwarded."""
        one = self._listed[row_id]
        if one.draft:
            self.app.push_screen(MessageForm(self.session, About(one.month, one.person_id), one))
        else:
            title = "  ".join((one.name or t("The employer"), month_text(one.month), t(_STATES[one.state])))
            self.app.push_screen(ReadingScreen(self.session, title, one.body.split("\n")))

    def action_table_new(self) -> None:
        """Write one: about this person, or about one to be chosen."""
        if hidden := self.session.rights.why_hidden(Area.MESSAGES):
            self.say(hidden)
            return
        self.app.push_screen(MessageForm(self.session, About(self.month, self.person_id)))

    def action_table_delete(self) -> None:
        """Remove the marked drafts, or the one under the cursor; undo brings each back."""
        for message_id in self.chosen:
            stored.delete_message(self.session.store, self.session.employer.id, message_id)
            self.marks.discard(message_id)
            self.reload()
            key = self.session.keymap.label("table.undo")
            self.tell(t("The draft is removed; {key} brings it back.", key=key))

    def history_rows(self, row_id: int) -> Sequence[StoredRow]:
        """The message itself."""
        return [("provider_message", row_id)]

    def history_name(self, row_id: int) -> str:
        """Its text is no name."""
        return t("Message")


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about: a month, and a person or (None) the employer, unless that can be chosen."""

    month: Month
    person_id: int | None


class MessageForm(FlowScreen):
    """A new message, or (`before`) a draft to change.

    A new one without a person is about the employer, or about somebody who is marked or under the cursor in
    the month.
    """

    def __init__(self, session: Session, about: About, before: ProviderMessage | None = None) -> None:
        super().__init__(session)
        self.about = about
        self.before = before

    def heading(self) -> str:
        """The top line."""
        state = t(_STATES[self.before.state]) if self.before else t("new")
        return f"{t('Message to the provider')}  {month_text(self.about.month)}  {state}"

    def strip(self) -> list[Line]:
        """What may not be written."""
        wrapped = textwrap.wrap(t(stored.REMINDER), max(20, self.size.width - 2))
        return [((f" {line}", "warning"),) for line in wrapped]

    def fields(self) -> Sequence[FormField]:
        """About whom, which month, the text."""
        chosen = self.before is None and self.about.person_id is None
        about = (
            choice_field("person_id", N_("About"), self._people, required=True)
            if chosen
            else fixed_field("person_id", N_("About"), show=lambda value: self._about_whom(value))
        )
        key = self.session.keymap.label("form.next")
        hint = t("{key} leaves the text", key=key)
        text = lines_field(
            "body", N_("Text"), longest=stored.MAX_LENGTH, required=True, height=_HEIGHT, hint=hint
        )
        month = (
            month_field("month", N_("Month"), self.session.today, required=True, hint=N_("As in 09/2026"))
            if self.before is None
            else fixed_field("month", N_("Month"), show=lambda value: month_text(Month.parse(str(value))))
        )
        return (text, about, month)

    def values(self) -> Values:
        """As stored, or empty and about the employer."""
        person_id = self.about.person_id
        return {
            "body": self.before.body if self.before else "",
            "person_id": _EMPLOYER if person_id is None else person_id,
            "month": str(self.about.month),
        }

    def _people(self) -> Sequence[Choice]:
        grid = grid_of(self.app)
        return [Choice(_EMPLOYER, t("The employer")), *(self._near(grid) if grid else ())]

    def _near(self, grid: MonthEditor) -> Sequence[Choice]:
        """Whom the clerk has before them: the person under the cursor, and those marked."""
        ids = [grid.person_id] if grid.person_id is not None else []
        ids += marked_people(grid)[:_MOST]
        return [Choice(id_, self._about_whom(id_)) for id_ in dict.fromkeys(ids)]

    def _about_whom(self, person_id: Value) -> str:
        if not isinstance(person_id, int) or person_id == _EMPLOYER:
            return t("The employer")
        return person_name(self.session.store, self.session.employer.id, person_id)

    def submit(self, values: dict[str, Value]) -> None:
        """Keep it as a draft."""
        store, employer_id, body = self.session.store, self.session.employer.id, str(values["body"])
        if self.before is not None:
            stored.edit_message(store, employer_id, self.before, body)
        else:
            person_id = values["person_id"]
            about = person_id if isinstance(person_id, int) and person_id != _EMPLOYER else None
            stored.add_message(store, employer_id, Month.parse(str(values["month"])), body, about)
        self.close()
