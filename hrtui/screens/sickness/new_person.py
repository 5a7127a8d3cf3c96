"""A person who is not there yet, with exactly what a sick report needs of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from hrtui.domain.identity.problem import Value
from hrtui.domain.record_field import Field, Section
from hrtui.domain.sickness.fields import NO_RISK_BASES, new_person_fields
from hrtui.domain.sickness.no_risk import may_ask_from, no_risk_fault
from hrtui.i18n import N_, short_day_text, t
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.record_fields import form_field
from hrtui.screens.session import Session
from hrtui.screens.sickness.base import desk_of
from hrtui.store.duplicates import Candidate, find_duplicates
from hrtui.store.sickness.people import add_person, set_no_risk
from hrtui.store.sickness.wording import NO_RISK_FAULTS
from hrtui.widgets.form_field import Choice, FormField, Values, choice_field
from hrtui.widgets.hints import Hint

_NO_RISK = "no_risk"
_SECTIONS = {
    Section.PERSONAL: N_("Personal data"),
    Section.CONTACT: N_("Address and contact"),
    Section.EMPLOYMENT: N_("Employment"),
}


_DUTCH_LABELS = {
    "last_name": N_("Surname"),
    "city": N_("Town"),
    "phone": N_("Private mobile number"),
    "start_date": N_("Start of the contract"),
    "nature": N_("Type of employment"),
}
"""What absence services in the Netherlands call fields that Belgian payroll calls otherwise."""

_SICKNESS_ACT = N_("For the Sickness Act, of a self-insurer only")


def _section(field: Field) -> str:
    own = field.name in ("bsn", "iban")
    return _SICKNESS_ACT if own else _SECTIONS.get(field.section, _SECTIONS[Section.PERSONAL])


class NewSickPerson(FlowScreen):
    """The form; `created` gets the id of the new person."""

    only_writes = True

    words: ClassVar[dict[str, Hint]] = {
        "form.enter": (1, N_("next field")),
        "form.save": (1, N_("save, then report sick")),
        "form.page_down": (3, N_("next part")),
        "app.help": (4, N_("help")),
        "app.back": (1, N_("back")),
    }

    def __init__(self, session: Session, name: str, created: Callable[[int], None]) -> None:
        super().__init__(session)
        self._who = name[:1].upper() + name[1:]
        self._created = created
        self._desk = desk_of(session)

    def heading(self) -> str:
        """The top line."""
        return f"{t('New person for a sick report')}  {self.session.employer.name}"

    def fields(self) -> Sequence[FormField]:
        """What a report needs, and in the Netherlands the no-risk mark."""
        wanted = new_person_fields(self._desk.country, zw_self_insured=self._desk.self_insured)
        made = [self._field(field) for field in wanted]
        if self._desk.dutch:
            made.append(no_risk_field(_NO_RISK, section=t(_SECTIONS[Section.EMPLOYMENT])))
        return made

    def _field(self, field: Field) -> FormField:
        label = _DUTCH_LABELS.get(field.name, field.label) if self._desk.dutch else field.label
        return form_field(self.session, field, section=t(_section(field)), label=label)

    def values(self) -> Values:
        """The name that was searched for."""
        return {"last_name": self._who}

    def warn(self, values: Values) -> dict[str, str]:
        """Who is there already, and what may not be kept yet."""
        found: dict[str, str] = {}
        if alike := self._alike(values):
            found["last_name"] = t("This may be somebody who is there already: {person}", person=alike)
        if problem := self._no_risk_problem(values):
            found[_NO_RISK] = problem
        return found

    def _alike(self, values: Values) -> str:
        names = [str(values.get(name) or "") for name in ("given_name", "last_name")]
        first = names[0] or str(values.get("first_name") or "") or str(values.get("initials") or "")
        if not (first and names[1]):
            return ""
        candidate = Candidate("", first, names[1], "", "")
        found = find_duplicates(
            self.session.store, self.session.employer.id, candidate, self.session.today.isoformat()
        )
        return f"{found[0].name} {found[0].number}" if found else ""

    def _no_risk_problem(self, values: Values) -> str:
        basis, start = str(values.get(_NO_RISK) or ""), values.get("start_date")
        if not basis or not start:
            return ""
        begun = date.fromisoformat(str(start))
        fault = no_risk_fault(basis, begun, self.session.today)
        if not fault:
            return ""
        return f"{t(NO_RISK_FAULTS[fault])} ({short_day_text(may_ask_from(begun))})"

    def submit(self, values: dict[str, Value]) -> None:
        """Add the person, ask first when they may be there already, and go on to the report."""
        if problem := self._no_risk_problem(values):
            self.form.go(_NO_RISK)
            self.form.current.problem = problem
        elif alike := self._alike(values):
            self.ask(t("{person} may be the same person. Create all the same?", person=alike), self._finish)
        else:
            self._finish()

    def _finish(self) -> None:
        values = self.form.values
        basis = str(values.pop(_NO_RISK, "") or "")
        desk = desk_of(self.session)
        person_id = add_person(desk, values)
        if basis:
            set_no_risk(desk, person_id, basis)
        self.close()
        self._created(person_id)


def no_risk_field(name: str, **more: object) -> FormField:
    """On which ground the no-risk mark is kept; a blank keeps none."""

    def choices() -> Sequence[Choice]:
        return [Choice(one.value, t(one.label)) for one in NO_RISK_BASES]

    hint = N_("Only where the person told it after two months, or UWV gave proof; else leave it empty")
    return choice_field(name, N_("No-risk policy, known from"), choices, empty="", hint=hint, **more)
