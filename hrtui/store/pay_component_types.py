"""The kinds of pay beside the wage that an employer can enter, and who may have them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hrtui import clock
from hrtui.domain.identity.problem import Given, Value
from hrtui.domain.pay_fields import PAY_TYPE_FIELDS, PayInput
from hrtui.i18n import language, t, tn
from hrtui.store import rows
from hrtui.store.changes import Change, RowChange
from hrtui.store.errors import Gone, StoreError
from hrtui.store.field_checks import refuse_bad_values
from hrtui.store.people import fold
from hrtui.store.store import Store


@dataclass(frozen=True, slots=True)
class PayType:
    """A pay component type; `people` counts those who may have one that is not for everyone."""

    id: int
    code: str
    names: Mapping[str, str]
    group: str
    input: PayInput
    default_cents: int | None
    provider_link_id: int | None
    for_everyone: bool
    active: bool
    order: int
    people: int

    @property
    def name(self) -> str:
        """The name in the interface language, or the nearest there is."""
        return self.names.get(language()) or next((n for n in self.names.values() if n), self.code)

    @property
    def values(self) -> dict[str, Value]:
        """The columns of PAY_TYPE_FIELDS."""
        values: dict[str, Value] = {
            "code": self.code,
            "group_name": self.group,
            "input": self.input.value,
            "default_cents": self.default_cents,
            "provider_link_id": self.provider_link_id,
            "for_everyone": int(self.for_everyone),
            "active": int(self.active),
        }
        return values | {f"name_{one}": name for one, name in self.names.items()}


def pay_types(
    store: Store, employer_id: int, text: str = "", *, inactive: bool = False, person_id: int | None = None
) -> list[PayType]:
    """The employer's types in their order that hold all words of `text` in code, names or group.

    With `inactive` those no longer in use too; with `person_id` only those that this person may have.
    """
    found = store.con.execute(
        "SELECT y.id, y.code, y.name_nl, y.name_fr, y.name_en, y.group_name, y.input, y.default_cents,"
        " y.provider_link_id, y.for_everyone, y.active, y.display_order,"
        " (SELECT count(*) FROM pay_component_person q WHERE q.type_id = y.id),"
        " EXISTS (SELECT 1 FROM pay_component_person q WHERE q.type_id = y.id AND q.person_id = ?)"
        " FROM pay_component_type y WHERE y.employer_id = ? ORDER BY y.display_order, y.code",
        (person_id, employer_id),
    )
    words = fold(text).split()
    kinds: list[PayType] = []
    for id_, code, nl, fr, en, group, entered, cents, link, everyone, active, order, people, own in found:
        searched = fold(f"{code} {nl} {fr} {en} {group}")
        allowed = person_id is None or everyone or own
        if (active or inactive) and allowed and all(word in searched for word in words):
            names = {"nl": nl, "fr": fr, "en": en}
            kinds.append(
                PayType(
                    id_,
                    code,
                    names,
                    group,
                    PayInput(entered),
                    cents,
                    link,
                    bool(everyone),
                    bool(active),
                    order,
                    people,
                )
            )
    return kinds


def pay_type(store: Store, employer_id: int, type_id: int) -> PayType:
    """One type of the employer; raises StoreError where there is none."""
    for kind in pay_types(store, employer_id, inactive=True):
        if kind.id == type_id:
            return kind
    raise Gone


def save_pay_type(
    store: Store, employer_id: int, values: Mapping[str, Value], before: PayType | None = None
) -> int:
    """Add a type (`before` None), last in the order, or save what was changed; returns its id.

    `values` are the columns of PAY_TYPE_FIELDS as the fields' checks gave them. Raises StoreError for what a
    field refuses, a code that another type of the same provider has, and no name; StaleError.
    """
    kinds = pay_types(store, employer_id, inactive=True)
    _check(store, employer_id, values, kinds, before)
    name = next(str(values[column]) for column in (f"name_{language()}", *_NAMES) if values.get(column))
    if before is None:
        order = max((kind.order for kind in kinds), default=0) + 1
        change = rows.insertion(
            "pay_component_type", {"employer_id": employer_id, **values, "display_order": order}
        )
        rows.carry_out(store, employer_id, t("New pay component {name}", name=name), [change])
        return change.id
    rows.row_of(store, employer_id, "pay_component_type", before.id)
    changes = rows.update("pay_component_type", before.id, before.values, dict(values))
    rows.carry_out(store, employer_id, t("Pay component {name}", name=name), changes)
    return before.id


_NAMES = ("name_nl", "name_fr", "name_en")


def people_of(store: Store, employer_id: int, type_id: int) -> frozenset[int]:
    """Who may have a type that is not for everyone."""
    found = store.con.execute(
        "SELECT q.person_id FROM pay_component_person q JOIN pay_component_type y ON y.id = q.type_id"
        " WHERE y.employer_id = ? AND y.id = ?",
        (employer_id, type_id),
    )
    return frozenset(person_id for (person_id,) in found)


def set_people(store: Store, employer_id: int, type_id: int, person_ids: Collection[int]) -> None:
    """Say who may have a type that is not for everyone, as one step; what was entered stays."""
    kind = pay_type(store, employer_id, type_id)
    rows.check_people(store, employer_id, list(person_ids))
    now = dict(
        store.con.execute(
            "SELECT person_id, id FROM pay_component_person WHERE type_id = ?", (type_id,)
        ).fetchall()
    )
    changes: list[Change] = [
        RowChange("pay_component_person", id_, {"type_id": type_id, "person_id": person_id}, None)
        for person_id, id_ in now.items()
        if person_id not in person_ids
    ]
    changes += [
        rows.insertion("pay_component_person", {"type_id": type_id, "person_id": person_id})
        for person_id in dict.fromkeys(person_ids)
        if person_id not in now
    ]
    label = tn("{name} for {n} person", "{name} for {n} people", len(set(person_ids)), name=kind.name)
    rows.carry_out(store, employer_id, label, changes)


def _check(
    store: Store,
    employer_id: int,
    values: Mapping[str, Value],
    kinds: list[PayType],
    before: PayType | None,
) -> None:
    refuse_bad_values(PAY_TYPE_FIELDS, values, Given(clock.today(), record=values))
    if not any(values[column] for column in _NAMES):
        raise StoreError(t("Type a name in at least one language."))
    link = values["provider_link_id"]
    if link is not None:
        rows.row_of(store, employer_id, "provider_link", int(link))
    own_id = before.id if before else 0
    for kind in kinds:
        same = kind.code == values["code"] and kind.provider_link_id == link
        if same and kind.id != own_id:
            raise StoreError(
                t(
                    "The code {code} is that of “{other}” already: choose another.",
                    code=kind.code,
                    other=kind.name,
                )
            )
    used = "SELECT EXISTS (SELECT 1 FROM pay_component WHERE type_id = ?)"
    if before and before.input != values["input"] and store.con.execute(used, (own_id,)).fetchone()[0]:
        raise StoreError(
            t("Amounts are entered with this type already: make a new one to enter them otherwise.")
        )
