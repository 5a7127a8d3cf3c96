"""The payroll providers of an employer: its number there, the contact, the day on which the month closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrtui import clock
from hrtui.domain.employer_fields import PROVIDER_FIELDS
from hrtui.domain.identity.problem import Given, Value
from hrtui.domain.providers import PROVIDERS
from hrtui.i18n import t, tn
from hrtui.store import rows
from hrtui.store.by_ids import select
from hrtui.store.changes import RowChange
from hrtui.store.errors import StoreError
from hrtui.store.field_checks import refuse_bad_values
from hrtui.store.store import Store

_COLUMNS = ("provider", "client_number", "contact", "cutoff_day", "needed_dates", "active")


@dataclass(frozen=True, slots=True)
class ProviderLink:
    """An employer's link to a provider; `people` counts who is sent there.

    `needed_dates` is the employer's choice of `domain.providers.NEEDED_DATES`, empty for the usual ones.
    """

    id: int
    provider: str
    client_number: str
    contact: str
    cutoff_day: int | None
    active: bool
    people: int
    needed_dates: str = ""

    @property
    def name(self) -> str:
        """The provider's name."""
        return PROVIDERS.get(self.provider, self.provider)

    @property
    def values(self) -> dict[str, Value]:
        """The columns of PROVIDER_FIELDS."""
        values = (
            self.provider,
            self.client_number,
            self.contact,
            self.cutoff_day,
            self.needed_dates,
            int(self.active),
        )
        return dict(zip(_COLUMNS, values, strict=True))


def provider_links(store: Store, employer_id: int) -> list[ProviderLink]:
    """The employer's providers, those in use first."""
    found = store.con.execute(
        "SELECT l.id, l.provider, l.client_number, l.contact, l.cutoff_day, l.active,"
        " (SELECT count(*) FROM person p WHERE p.employer_id = l.employer_id AND p.provider_link_id = l.id),"
        " l.needed_dates"
        " FROM provider_link l WHERE l.employer_id = ? ORDER BY l.active DESC, l.provider, l.client_number",
        (employer_id,),
    )
    return [
        ProviderLink(id_, provider, client, contact, cutoff, bool(active), people, dates)
        for id_, provider, client, contact, cutoff, active, people, dates in found
    ]


def save_provider(
    store: Store, employer_id: int, values: Mapping[str, Value], before: ProviderLink | None = None
) -> int:
    """Add a link (`before` None) or save what was changed; returns its id.

    `values` are the columns of PROVIDER_FIELDS as the fields' checks gave them. Raises StoreError for a value
    that its field refuses and for a second link with the same number; StaleError.
    """
    refuse_bad_values(PROVIDER_FIELDS, values, Given(clock.today(), record=values))
    key = (values["provider"], values["client_number"])
    own_id = before.id if before else 0
    for link in provider_links(store, employer_id):
        if (link.provider, link.client_number) == key and link.id != own_id:
            raise StoreError(t("{provider} is there with that client number already.", provider=link.name))
    label = t("Payroll provider {provider}", provider=PROVIDERS.get(str(values["provider"]), ""))
    if before is None:
        change = rows.insertion("provider_link", {"employer_id": employer_id, **values})
        rows.carry_out(store, employer_id, label, [change])
        return change.id
    rows.row_of(store, employer_id, "provider_link", before.id)
    changes = rows.update("provider_link", before.id, before.values, dict(values))
    rows.carry_out(store, employer_id, label, changes)
    return before.id


def link_people(store: Store, employer_id: int, person_ids: Sequence[int], link_id: int) -> int | None:
    """Let people go to a payroll provider as one undo step; None where all of them do already."""
    rows.check_people(store, employer_id, person_ids)
    provider = rows.row_of(store, employer_id, "provider_link", link_id)["provider"]
    before = select(store.con, "SELECT id, provider_link_id FROM person WHERE id IN ({marks})", person_ids)
    changes = [
        RowChange("person", person_id, {"provider_link_id": old}, {"provider_link_id": link_id})
        for person_id, old in before
        if old != link_id
    ]
    people = tn("{n} person", "{n} people", len(changes))
    label = t("{people} to {provider}", people=people, provider=PROVIDERS.get(provider, provider))
    return rows.carry_out(store, employer_id, label, changes)


def delete_provider(store: Store, employer_id: int, link_id: int) -> None:
    """Take a link away; raises StoreError while people or pay components go to that provider."""
    values = rows.row_of(store, employer_id, "provider_link", link_id)
    for table in ("person", "pay_component_type"):
        used = f"SELECT EXISTS (SELECT 1 FROM {table} WHERE provider_link_id = ?)"
        if store.con.execute(used, (link_id,)).fetchone()[0]:
            raise StoreError(
                t("People or pay components go to this provider: switch it off instead of deleting it.")
            )
    provider = PROVIDERS.get(values["provider"], values["provider"])
    change = RowChange("provider_link", link_id, values, None)
    label = t("Payroll provider {provider} removed", provider=provider)
    rows.carry_out(store, employer_id, label, [change])
