"""Form fields made from the record fields of the domain, with their checks, sentences and choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from hrtui.domain.identity import contact
from hrtui.domain.identity.numbers import national_number_cautions
from hrtui.domain.identity.problem import Given, Problem, Value
from hrtui.domain.money import decimal_sign
from hrtui.domain.record_field import Field
from hrtui.domain.record_field import Kind as RecordKind
from hrtui.i18n import N_, language, t
from hrtui.record_wording import (
    caution_text,
    choice_labels,
    country_names,
    problem_text,
    section_name,
    shown,
    typed,
)
from hrtui.screens.session import Session
from hrtui.store.people import teams
from hrtui.store.people_index import people_list
from hrtui.store.person_records import person_name
from hrtui.store.provider_links import provider_links
from hrtui.store.roles import KEPT
from hrtui.store.schedules import work_schedules
from hrtui.widgets.form_field import Choice, FormField, Kind, Reading, Values

_NEAR_COUNTRIES = ("BE", "NL", "FR", "DE", "LU")
"""Listed first, so that `bel` is Belgium and not Belarus."""
_OFFERED = 20
"""So many people are offered for what is typed."""
_CHOSEN = frozenset({RecordKind.CHOICE, RecordKind.BOOL, RecordKind.COUNTRY, RecordKind.LINK})
_HINTS = {
    RecordKind.DATE: N_("As on the form: 31/12/2026 or 31122026"),
    RecordKind.NATIONAL_NUMBER: N_("11 figures, with or without dots"),
    RecordKind.BSN: N_("9 figures"),
    RecordKind.IBAN: N_("As in BE71 0961 2345 6769"),
    RecordKind.PHONE: N_("From abroad with + and the country"),
    RecordKind.HUNDREDTHS: N_("38, 38.5 or 38:20"),
    RecordKind.CENTS: N_("As in 2500.50"),
    RecordKind.TIME: N_("As in 8:30"),
}
_PLACES = {"team": "screens.teams", "work_schedule": "screens.schedules"}


def form_field(session: Session, field: Field, **more: Any) -> FormField:
    """The form's field for a record's; `more` replaces attributes of it.

    One that the clerk may not see says so in the place of its value, and cannot be entered.
    """
    if session.rights.hides(field.table, field.name):
        return FormField(
            field.name,
            field.label,
            Kind.FIXED,
            section=more.get("section", section_name(field.section)),
            empty=field.empty,
            show=lambda value: t(KEPT),
            when=more.get("when"),
        )
    made = FormField(
        field.name,
        field.label,
        section=section_name(field.section),
        hint=_HINTS.get(field.kind, "") or _where_made(session, field),
        required=field.required,
        empty=field.empty,
        read=_reader(session, field),
        show=lambda value: typed(field, value),
    )
    if field.kind in _CHOSEN:
        made = replace(made, kind=Kind.CHOICE, choices=_choices(session, field))
    elif field.masked:
        made = replace(made, hidden=lambda value: shown(field, value, hidden=True))
    elif field.kind is RecordKind.IBAN:
        made = replace(made, show=lambda value: contact.iban_text(str(value or "")))
    return replace(made, **more)


def _where_made(session: Session, field: Field) -> str:
    """Where the rows are made that a field may point to; shown while there is none."""
    if (place := _PLACES.get(field.links_to)) is None:
        return ""
    label = session.keymap.label
    return t(
        "There is nothing to choose yet: {keys} makes one.", keys=f"{label('app.screens')} {label(place)}"
    )


def form_fields(session: Session, fields: Iterable[Field], **more: Any) -> list[FormField]:
    """The form's fields for a record's."""
    return [form_field(session, field, **more) for field in fields]


def person_field(session: Session, name: str, label: str, **more: Any) -> FormField:
    """A person of the employer, found by part of the name or number; its value is their id."""
    store, employer_id = session.store, session.employer.id

    def search(text: str) -> Sequence[Choice]:
        found = people_list(store, employer_id, text)[:_OFFERED]
        return [Choice(line.id, f"{line.name} {line.number}") for line in found]

    def show(value: Value) -> str:
        return person_name(store, employer_id, value) if isinstance(value, int) else ""

    hint = N_("Part of the name or number")
    return FormField(name, label, Kind.CHOICE, empty=None, search=search, show=show, hint=hint, **more)


def number_cautions(session: Session, values: Values) -> dict[str, str]:
    """What the national number says otherwise than birth date and sex beside it, by field."""
    if session.rights.hides("person", "national_number"):
        return {}
    number, born, sex = (str(values.get(name) or "") for name in ("national_number", "birth_date", "sex"))
    texts = [caution_text(caution) for caution in national_number_cautions(number, born, sex)]
    return {"national_number": " ".join(texts)} if texts else {}


def _reader(session: Session, field: Field) -> Callable[[str, Values], Reading]:
    def read(text: str, values: Values) -> Reading:
        sign = decimal_sign(language())
        result = field.check(text, Given(session.today, session.employer.country, values, sign))
        if isinstance(result, Problem):
            return Reading(problem=problem_text(result, field))
        return Reading(result)

    return read


def _choices(session: Session, field: Field) -> Callable[[], Sequence[Choice]]:
    if field.kind is RecordKind.COUNTRY:
        return lambda: _countries(language(), session.employer.country)
    if field.kind is RecordKind.LINK:
        return lambda: linked(session, field.links_to)
    value_of: Callable[[str], Value] = int if field.kind is RecordKind.BOOL else str
    labels = choice_labels(field, session.employer.country)
    return lambda: [Choice(value_of(value), label, value) for value, label in labels]


@cache
def _countries(language: str, own: str) -> Sequence[Choice]:
    names = country_names()
    near = [own, *(code for code in _NEAR_COUNTRIES if code != own)]
    order = near + sorted(names.keys() - set(near), key=names.__getitem__)
    return [Choice(code, names[code], code) for code in order]


def linked(session: Session, table: str) -> Sequence[Choice]:
    """The rows that a field may point to: teams, schedules or providers."""
    store, employer_id = session.store, session.employer.id
    if table == "team":
        return [Choice(team.id, team.name) for team in teams(store, employer_id)]
    if table == "work_schedule":
        return [Choice(one.id, one.name) for one in work_schedules(store, employer_id).values()]
    return [
        Choice(link.id, " ".join(filter(None, (link.name, link.client_number))), link.provider)
        for link in provider_links(store, employer_id)
    ]


def link_name(session: Session, table: str, row_id: Value) -> str:
    """The name of such a row; '' for none, ? for one that is gone."""
    if row_id is None:
        return ""
    return next((choice.label for choice in linked(session, table) if choice.value == row_id), t("?"))
