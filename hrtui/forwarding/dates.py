"""Which dates a month cannot go without: those of the layout, and those of the providers of its people."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hrtui.domain.month_end.facts import MissingDate
from hrtui.domain.providers import MEAL_VOUCHER_DATE, PROVIDERS, WAGE_PAYMENT_DATE, needed_dates
from hrtui.i18n import N_, t
from hrtui.payroll.layouts.rendering import DATES
from hrtui.payroll.layouts.types import Layout
from hrtui.store.by_ids import select
from hrtui.store.provider_links import provider_links
from hrtui.store.store import Store

OF_PROVIDER = {
    WAGE_PAYMENT_DATE: N_("{provider} wants the date on which the wages are paid."),
    MEAL_VOUCHER_DATE: N_("{provider} wants the date on which the meal vouchers are ordered."),
}
"""What to say of a date that a provider of the people wants."""


def missing_dates(
    store: Store, employer_id: int, layout: Layout, person_ids: Sequence[int], given: Collection[str]
) -> list[MissingDate]:
    """The dates that are wanted of these people's month and not `given`, each once, the wages' first."""
    missing = {name: MissingDate(name) for name in layout.needs if name not in given}
    used = _links_of(store, person_ids)
    for link in provider_links(store, employer_id):
        if link.id in used and layout.provider in ("", link.provider):
            for name in needed_dates(link.provider, link.needed_dates):
                if name not in given:
                    missing.setdefault(name, MissingDate(name, link.id, link.provider))
    return sorted(missing.values(), key=lambda one: one.name != WAGE_PAYMENT_DATE)


def date_sentence(one: MissingDate) -> str:
    """Who wants which date."""
    if not one.provider:
        return t(DATES[one.name])
    provider = PROVIDERS.get(one.provider, one.provider)
    return t(OF_PROVIDER[one.name], provider=provider)


def _links_of(store: Store, person_ids: Sequence[int]) -> frozenset[int]:
    query = "SELECT DISTINCT provider_link_id FROM person WHERE id IN ({marks})"
    return frozenset(id_ for (id_,) in select(store.con, query, person_ids) if id_ is not None)
