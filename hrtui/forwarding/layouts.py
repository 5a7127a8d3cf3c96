"""The layouts that a month can be forwarded in, and which one is meant where none was chosen."""

from __future__ import annotations

from pathlib import Path

from hrtui.forwarding.prepare import Layouts
from hrtui.i18n import t
from hrtui.payroll.layouts import LayoutError, UnknownLayoutError, layout_files, load_layout
from hrtui.payroll.layouts.types import Layout
from hrtui.store.errors import StoreError
from hrtui.store.provider_links import provider_links
from hrtui.store.store import Store
from hrtui.store.transmissions import transmissions

GENERIC = "generic"


def layouts_of(own: Path | None) -> Layouts:
    """Finds layouts by key, the user's own in the config folder `own` before those of the package."""

    def find(key: str) -> Layout:
        try:
            return load_layout(key, own)
        except UnknownLayoutError as problem:
            raise StoreError(problem.text) from None
        except LayoutError as problem:
            text = t("The layout “{name}” cannot be used: {problem}", name=key, problem=problem.problems[0])
            raise StoreError(text) from None

    return find


def usable_layouts(own: Path | None, providers: frozenset[str]) -> list[Layout]:
    """The layouts of these providers, then those for any, by title.

    Broken ones are left out, and those that only go beside another since they have no calendar.
    """
    found = []
    for key in layout_files(own):
        try:
            layout = load_layout(key, own)
        except LayoutError:
            continue
        if "entries" in layout.writes() and (not layout.provider or layout.provider in providers):
            found.append(layout)
    return sorted(found, key=lambda one: (not one.provider, one.title))


def proposed_layout(store: Store, employer_id: int, own: Path | None) -> str:
    """The one used last; else the first of the employer's provider; else the one for any provider."""
    files = layout_files(own)
    used = next((one.layout for one in transmissions(store, employer_id)), "")
    if used in files:
        return used
    providers = [link.provider for link in provider_links(store, employer_id) if link.active and link.people]
    for layout in usable_layouts(own, frozenset(providers)):
        if layout.provider:
            return layout.key
    return GENERIC
