"""A new person with contract as one form, which can be left at any field, with what Dimona still lacks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from textual.timer import Timer

from hrtui.domain.dimona import Blocker, Step, blocked_steps, blockers
from hrtui.domain.identity.numbers import birth_date_in, sex_in
from hrtui.domain.identity.problem import Value
from hrtui.i18n import N_, language, t
from hrtui.record_wording import blocker_text, step_name
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.people.new_person_fields import (
    CONTRACT,
    EMPLOYEE,
    FREELANCER,
    PERSON,
    STEP_OF_SECTION,
    defaults,
    new_person_fields,
)
from hrtui.screens.record_fields import number_cautions
from hrtui.screens.session import Session
from hrtui.store.drafts import Draft, prepare_invitation, save_draft
from hrtui.store.duplicates import Candidate, Duplicate, find_duplicates
from hrtui.store.employer_records import employer_settings
from hrtui.store.errors import StoreError
from hrtui.store.people import full_name
from hrtui.store.person_records import NewPerson, create_person
from hrtui.widgets.form import Form
from hrtui.widgets.form_field import FormField, Values, day_shown, whole_of
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line, cut
from hrtui.wording import told_of

_TYPES = {"employee": "OTH", "worker": "OTH", "student": "STU", "flexi": "FLX", "trainee": "STG"}
"""The Dimona type that a status usually has."""
_WAGES = {"employee": "monthly", "worker": "hourly", "student": "hourly", "flexi": "hourly"}
_PAUSE = 0.7
"""Seconds without a key after which the form is kept."""
_COMPARED = ("number", "first_name", "last_name", "birth_date", "national_number")


class NewPersonScreen(FlowScreen):
    """The guided flow; `created` gets the id of the new person."""

    only_writes = True

    words: ClassVar[dict[str, Hint]] = {
        "form.enter": (1, N_("next field")),
        "form.save": (1, N_("create")),
        "form.page_down": (3, N_("next part")),
        "app.help": (4, N_("help")),
        "app.back": (1, N_("leave it for later")),
    }

    def __init__(self, session: Session, created: Callable[[int], None], draft: Draft | None = None) -> None:
        super().__init__(session)
        self._created = created
        self._draft = draft
        self._draft_id = draft.id if draft else None
        self._kept: tuple[str, dict[str, Any]] | None = None
        self._finished = False
        self._idle: Timer | None = None
        self._settings = employer_settings(session.store, session.employer.id)
        self._compared: Candidate | None = None
        self._alike: list[Duplicate] = []

    # -- the form

    def heading(self) -> str:
        """Who it is, as far as it is known."""
        return "  ".join(filter(None, (t("New person"), self._title(), self.session.employer.name)))

    def fields(self) -> Sequence[FormField]:
        """Everything from name to schedule, in the order of the paper form."""
        return new_person_fields(self.session, self._settings)

    def values(self) -> Values:
        """What the draft holds, or what most people have."""
        return self._draft.data["values"] if self._draft else defaults(self.session, self._settings)

    def new_form(self) -> Form:
        """The form; one that was left goes on where it was."""
        form = super().new_form()
        if self._draft:
            form.put_texts(self._draft.data.get("texts", {}))
            if any(cell.field.name == self._draft.step for cell in form.visible()):
                form.go(self._draft.step)
        return form

    def warn(self, values: Values) -> dict[str, str]:
        """Numbers that do not agree, and who is there already."""
        found = number_cautions(self.session, values)
        if alike := self._duplicates(values):
            found["first_name"] = _alike_text(alike)
        return found

    def accepted(self, name: str) -> None:
        """Fill in what follows from the field."""
        value = str(self.form.cell(name).value or "")
        if name == "national_number" and value:
            year, month, day = birth_date_in(value)
            if year and month and day:
                self.form.fill("birth_date", f"{year:04d}-{month:02d}-{day:02d}")
            self.form.fill("sex", sex_in(value))
        elif name == "worker_status":
            self.form.fill("worker_type", _TYPES.get(value, ""))
            self.form.fill("wage_type", _WAGES.get(value, ""))
        elif name == "start_date":
            self.form.fill("schedule_from", value or None)

    def typed(self, key: str, character: str | None) -> None:
        """Each key; when none follows for a moment, what stands in the field is kept as well."""
        super().typed(key, character)
        if self._idle is not None:
            self._idle.stop()
        if self.is_current:
            self._idle = self.set_timer(_PAUSE, self._keep_quietly)

    def _keep_quietly(self) -> None:
        # Whoever cannot write now is told so when the field is left.
        with suppress(StoreError):
            self._keep()

    def _move(self, step: int) -> bool:
        section = self.form.current.field.section
        moved = super()._move(step)
        kept = self._kept[1] if self._kept else None
        if self.form.current.field.section != section or self._data() != kept:
            self._keep()
        return moved

    def _move_section(self, step: int) -> None:
        super()._move_section(step)
        self._keep()

    def store_changed(self) -> None:
        """The employer's own data may be complete by now."""
        self._settings = employer_settings(self.session.store, self.session.employer.id)
        self.draw()

    # -- the strip

    def strip(self) -> list[Line]:
        """Which steps still block the Dimona declaration, and why the one at hand does."""
        if not self.form.cells or self.session.employer.country != "BE":
            return []
        values = self.form.values
        if values["who"] == EMPLOYEE or values["provider"] == FREELANCER:
            return []
        found = self._blockers(values)
        blocked = blocked_steps(found)
        shown = [step for step in Step if step is not Step.EMPLOYER or step in blocked]
        return [self._steps(shown, blocked), self._reason(found)]

    def _steps(self, shown: Sequence[Step], blocked: Collection[Step]) -> Line:
        """A mark for each step; on a narrow screen only those that block, so that none of them is cut off."""
        gap = " "
        if sum(len(step_name(step)) + 4 for step in shown) + len(t("Dimona")) + 2 > self.size.width:
            shown, gap = [step for step in shown if step in blocked], ""
        pieces: list[tuple[str, str]] = [(f" {t('Dimona')} ", "bold")]
        for step in shown:
            mark, slot = ("!", "bold") if step in blocked else ("✓", "dim")
            pieces.append((f"{gap}{mark}{gap}{step_name(step)} ", slot))
        return tuple(pieces)

    def _blockers(self, values: Values) -> tuple[Blocker, ...]:
        person = {name: values.get(name) for name in PERSON}
        contract = {name: values.get(name) for name in CONTRACT}
        employer = {**self._settings, "country": self.session.employer.country}
        return blockers(person, contract, employer, self.session.today)

    def _reason(self, found: Sequence[Blocker]) -> Line:
        """The first thing that blocks in the section of the cursor, else the first of all."""
        if not found:
            return ((f"   {t('Nothing stands in the way of the declaration.')}", "dim"),)
        here = STEP_OF_SECTION.get(self.form.current.field.section)
        first = next((one for one in found if one.step == here), found[0])
        text = told_of(step_name(first.step), blocker_text(first, [*PERSON.values(), *CONTRACT.values()]))
        if len(found) > 1:
            text += f"  (+{len(found) - 1})"
        return ((cut(f"   {text}", self.size.width), "plain"),)

    # -- leaving and going on

    def _title(self) -> str:
        values = self.form.values
        names = (str(values.get(name) or "") for name in ("first_name", "last_name", "name_prefix"))
        return full_name(*names)

    def _draft_title(self) -> str:
        return self._title() or t("Without a name")

    def _data(self) -> dict[str, Any]:
        return {"values": self.form.values, "texts": self.form.texts()}

    def _keep(self) -> None:
        """Keep the form as a draft, as far as it holds anything new."""
        step, data = self.form.current.field.name, self._data()
        untouched = self._draft_id is None and self.form.values == self._start and not data["texts"]
        if self._finished or untouched or (step, data) == self._kept or self.session.rights.reads_only:
            return
        title = self._draft_title()
        self._draft_id = save_draft(
            self.session.store,
            self.session.employer.id,
            title,
            step,
            data,
            draft_id=self._draft_id,
        )
        self._kept = (step, data)

    def may_leave(self) -> str:
        """Nothing is lost: the form is kept as a draft."""
        return ""

    def close(self) -> None:
        """Keep the form for later, unless it is finished, and tell where it is."""
        if self.form.cells:
            self._keep()
        super().close()
        if not self._finished and self._draft_id is not None:
            name, key = self._draft_title(), self.session.keymap.label("table.new")
            self.on_top.tell(
                t("“{name}” is kept as far as it is; {key} goes on with it.", name=name, key=key)
            )

    def ready_to_quit(self) -> bool:
        """Keep the form for later."""
        self._keep()
        return True

    # -- done

    def submit(self, values: dict[str, Value]) -> None:
        """Create the person, or prepare the invitation; ask first when they may be there already."""
        if alike := self._duplicates(values):
            question = t(
                "{person} may be the same person. Create all the same?", person=_person_text(alike[0])
            )
            self.ask(question, lambda: self._finish(values))
        else:
            self._finish(values)

    def _finish(self, values: dict[str, Value]) -> None:
        store, employer_id = self.session.store, self.session.employer.id
        if values["who"] == EMPLOYEE:
            if not values["email"]:
                self.form.go("email")
                self.form.current.problem = t("The invitation goes to this address: fill it in.")
                return
            email, words = str(values["email"]), str(values["language"] or language())
            prepare_invitation(
                store, employer_id, self._title(), email, words, form=self._data(), draft_id=self._draft_id
            )
            self._finished = True
            self.close_telling(_invited_text(self.session))
            return
        person = {name: values[name] for name in PERSON if name in values}
        contract = {name: values[name] for name in CONTRACT if name in values}
        provider = values["provider"]
        if isinstance(provider, int):
            person["provider_link_id"] = provider
        if provider == FREELANCER:
            contract["worker_status"] = "freelance"
        new = NewPerson(
            person,
            contract,
            whole_of(values["schedule_id"]),
            str(values["schedule_from"] or ""),
            self._draft_id,
        )
        person_id = create_person(store, employer_id, new)
        self._finished = True
        self.close()
        self._created(person_id)

    def _duplicates(self, values: Values) -> list[Duplicate]:
        """Who may be the same person; asked anew only when something that is compared has changed."""
        number, first, last, born, national = (str(values.get(name) or "") for name in _COMPARED)
        if self.session.rights.hides("person", "national_number"):
            national = ""
        candidate = Candidate(number, first, last, born, national)
        if candidate != self._compared:
            self._compared = candidate
            self._alike = find_duplicates(
                self.session.store, self.session.employer.id, candidate, self.session.today.isoformat()
            )
        return self._alike


def _invited_text(session: Session) -> str:
    if session.store.backend(session.employer.id):
        return t("The invitation is on its way; the answer comes back among the begun persons.")
    return t("The invitation is ready; it is sent once a backend is connected.")


def _alike_text(alike: Sequence[Duplicate]) -> str:
    text = t("This may be somebody who is there already: {person}", person=_person_text(alike[0]))
    return f"{text} (+{len(alike) - 1})." if len(alike) > 1 else f"{text}."


def _person_text(person: Duplicate) -> str:
    parts = [person.name, person.number, day_shown(person.birth_date)]
    if person.out_of_service:
        parts.append(t("out of service"))
    return ", ".join(filter(None, parts))
