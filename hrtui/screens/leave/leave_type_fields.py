"""The fields of a leave type in a form, the type that their values make, and its limit in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hrtui.domain.identity.problem import Fault, Given, Problem, Value
from hrtui.domain.leave_type import Category, LeaveType, Limit, Unit
from hrtui.domain.money import decimal_sign, plain_number
from hrtui.domain.providers import PROVIDERS, provider_code
from hrtui.domain.type_fields import LEAVE_TYPE_FIELDS, free_letters, limit_of
from hrtui.i18n import N_, hours, language, t
from hrtui.keybindings import bound_letters
from hrtui.record_wording import problem_text
from hrtui.screens.record_fields import form_field
from hrtui.screens.session import Session
from hrtui.store.leave_type_records import faults_of
from hrtui.store.leave_types import leave_types, row_of
from hrtui.store.provider_links import provider_links
from hrtui.widgets.form import Form
from hrtui.widgets.form_field import FormField, Reading, Values, number_field, text_field, whole_of

_SECTIONS = {
    N_("Name"): ("key", "letter", "name_nl", "name_fr", "name_en"),
    N_("How it counts"): ("category", "unit", "on_holiday", "sickness", "certificate_required"),
    N_("Limit"): ("limit_kind", "limit_amount", "carry_over_months", "negative_allowed"),
    N_("Requests by employees"): ("self_service", "approval_needed"),
    N_("In the month"): ("place", "colour"),
    N_("Payroll provider"): ("dmfa_code",),
}
"""The parts of the form with their fields; the codes of the providers come last."""
_HINTS = {
    "key": N_("1 to 4 letters and figures, as it is typed and shown: VAK"),
    "limit_amount": N_("Days as 20 or 20.5; hours as 152 or 152:00. Empty: by each one's allowances"),
    "carry_over_months": N_("How many months after the year its rest can still be taken; 0: it is lost"),
    "negative_allowed": N_("Yes: more can be entered than was granted"),
    "place": N_("Where it stands among the active types: 1 is the first"),
    "dmfa_code": N_("The code of the quarterly declaration; 0: none"),
}
_CODE = "code_"
_FLAGS = ("negative_allowed", "sickness", "on_holiday", "self_service", "approval_needed",
          "certificate_required")  # fmt: skip


def type_values(kind: LeaveType, place: int = 0) -> dict[str, Value]:
    """The values of the form for a leave type; `place` is its place among the active ones, from 1."""
    columns = row_of(kind, 0)
    names = [field.name for field in LEAVE_TYPE_FIELDS]
    codes = {f"{_CODE}{provider}": code for provider, code in kind.provider_codes.items()}
    return {name: columns[name] for name in names} | codes | {"place": place}


def kind_of(values: Values, base: LeaveType) -> LeaveType:
    """The leave type that the values make, all else as in `base`."""
    codes = dict(base.provider_codes)
    for name, value in values.items():
        if name.startswith(_CODE):
            codes[name.removeprefix(_CODE)] = str(value or "")
    flags: dict[str, Any] = {name: bool(values[name]) for name in _FLAGS}
    return replace(
        base,
        key=str(values["key"] or ""),
        letter=str(values["letter"] or ""),
        names={one: str(values[f"name_{one}"] or "") for one in ("nl", "fr", "en")},
        category=Category(str(values["category"] or Category.ABSENCE)),
        unit=Unit(str(values["unit"] or Unit.MINUTE)),
        limit=Limit(str(values["limit_kind"] or Limit.UNLIMITED)),
        limit_amount=whole_of(values["limit_amount"]),
        carry_over_months=int(values["carry_over_months"] or 0),
        colour=str(values["colour"] or "blue"),
        dmfa_code=int(values.get("dmfa_code", base.dmfa_code) or 0),
        provider_codes={provider: code for provider, code in codes.items() if code},
        **flags,
    )


def type_fields(
    session: Session, base: Callable[[], LeaveType], values: Callable[[], Values]
) -> list[FormField]:
    """All fields; what one field alone can have wrong (a key that is taken) is told when it is left.

    `base` is the type as it is stored, `values` what the form holds.
    """
    records = {field.name: field for field in LEAVE_TYPE_FIELDS}
    made: list[FormField] = []
    for section, names in _SECTIONS.items():
        for name in names:
            if name == "dmfa_code" and session.employer.country != "BE":
                continue
            more: dict[str, Any] = {"section": section}
            if name == "letter":
                more["hint"] = _letter_hint(session, base())
            elif name in _HINTS:
                more["hint"] = _HINTS[name]
            if name == "place":
                made.append(number_field(name, N_("Place in the list"), least=1, most=999, **more))
                continue
            if name == "limit_amount":
                more |= _limit_field(session, values)
            field = form_field(session, records[name], **more)
            made.append(replace(field, read=_checked(session, field, base)))
    return [*made, *_code_fields(session, base())]


def _letter_hint(session: Session, kind: LeaveType) -> str:
    """What the letter is for, with those that are free."""
    others = leave_types(session.store, session.employer.id).values()
    free = free_letters(kind, others, bound_letters(session.keymap))
    if not free:
        return t("Enters it in the month; no letter is free")
    return t("Enters it in the month; free: {letters}", letters=" ".join(free))


def limit_fields(session: Session, values: Callable[[], Values]) -> list[FormField]:
    """A limit by itself: in what, and how much, which must be filled in."""
    records = {field.name: field for field in LEAVE_TYPE_FIELDS}
    kind = form_field(session, records["limit_kind"], section="")
    amount = form_field(
        session,
        records["limit_amount"],
        section="",
        required=True,
        hint=N_("Days as 20 or 20.5; hours as 152 or 152:00"),
        **_limit_field(session, values),
    )
    return [kind, amount]


def _limit_field(session: Session, values: Callable[[], Values]) -> dict[str, Any]:
    """How the limit is read and shown: its unit is another field."""

    def read(text: str, others: Values) -> Reading:
        result = limit_of(text, Given(session.today, session.employer.country, others))
        if not isinstance(result, Problem):
            return Reading(result)
        if result.fault is Fault.TOO_LARGE:
            return Reading(problem=t("The limit is 0 to 366 days; without a limit it stays empty."))
        return Reading(problem=problem_text(result))

    def show(value: Value) -> str:
        return limit_typed(Limit(str(values()["limit_kind"])), whole_of(value))

    return {"read": read, "show": show, "when": lambda others: others["limit_kind"] != Limit.UNLIMITED}


def _checked(
    session: Session, field: FormField, base: Callable[[], LeaveType]
) -> Callable[[str, Values], Reading]:
    """The field's own check, and then whether the type may have this value beside the other types."""

    def read(text: str, values: Values) -> Reading:
        reading = field.read(text, values)
        if reading.problem or (field.name.startswith("name_") and reading.value == own(field.name)):
            return reading
        kind = kind_of({**values, field.name: reading.value}, base())
        bound = bound_letters(session.keymap)
        faults = faults_of(session.store, session.employer.id, kind, bound)
        return Reading(reading.value, faults.get(field.name, ""))

    def own(name: str) -> str:
        return base().names.get(name.removeprefix("name_"), "")

    return read


def _code_fields(session: Session, kind: LeaveType) -> list[FormField]:
    """A code for each provider of the employer; where it has none yet, for all providers."""
    links = [link.provider for link in provider_links(session.store, session.employer.id)]
    wanted = dict.fromkeys([*links, *kind.provider_codes])

    def read_code(provider: str) -> Callable[[str, Values], Reading]:
        def read(text: str, values: Values) -> Reading:
            code = provider_code(text, provider)
            return Reading(problem=problem_text(code)) if isinstance(code, Problem) else Reading(code)

        return read

    return [
        replace(
            text_field(f"{_CODE}{provider}", PROVIDERS.get(provider, provider)),
            section=N_("Payroll provider"),
            hint=N_("The provider's code for this type"),
            read=read_code(provider),
        )
        for provider in wanted or PROVIDERS
    ]


def put_limit(form: Form, amount: Value) -> None:
    """Put a limit into its field, whatever stands there: its unit has changed, and the text with it."""
    cell = form.cell("limit_amount")
    cell.value = amount
    cell.restore()


def missing_codes(session: Session, kind: LeaveType) -> dict[str, str]:
    """A sentence for each provider in use that has no code for the type, by field."""
    if not kind.active:
        return {}
    links = [link.provider for link in provider_links(session.store, session.employer.id) if link.active]
    text = t("Without a code this type cannot be sent to the provider.")
    return {f"{_CODE}{one}": text for one in links if one not in kind.provider_codes}


def limit_typed(limit: Limit, amount: int | None) -> str:
    """A yearly limit as it is typed: `20`, `20,5` days or `152:00` hours; empty for none."""
    if amount is None or limit is Limit.UNLIMITED:
        return ""
    return hours(amount) if limit is Limit.MINUTES else days_typed(amount)


def days_typed(hundredths: int) -> str:
    """Hundredths of a day as one writes days: `20`, `20,5`."""
    sign = decimal_sign(language())
    text = plain_number(hundredths, 2, sign)
    return text.rstrip("0").rstrip(sign)


def limit_words(limit: Limit, amount: int | None) -> str:
    """A yearly limit in a list: `20 d`, `152:00`, what stands for none."""
    if limit is Limit.UNLIMITED:
        return t("unlimited")
    if amount is None:
        return t("allowances")
    return t("{n} d", n=days_typed(amount)) if limit is Limit.DAYS else hours(amount)


def codes_words(codes: Mapping[str, str]) -> str:
    """The codes of the providers in one line."""
    pairs: Sequence[str] = [f"{PROVIDERS.get(one, one)} {code}" for one, code in sorted(codes.items())]
    return ", ".join(pairs)
