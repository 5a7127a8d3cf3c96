"""What a month's illness became beyond its edges, as far as the layout that it went in tells the provider."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hrtui.domain.month import Month
from hrtui.domain.snapshot import Changed, Difference, Kind, Snapshot
from hrtui.store.store import Store
from hrtui.store.transmissions import transmissions

if TYPE_CHECKING:
    from hrtui.payroll.layouts.types import Layout


class Spells:
    """The layouts in which a month was sent, each read once and only where it matters."""

    def __init__(self, store: Store, employer_id: int, month: Month) -> None:
        self._asked = (store, employer_id, month)
        self._keys: dict[int, str] | None = None
        self._layouts: dict[str, Layout | None] = {}

    def differences(self, transmission_id: int, old: Snapshot, new: Snapshot) -> tuple[Difference, ...]:
        """The days without work that illness goes on over now, or no longer does, though no time changed.

        A snapshot by rules that did not look beyond the month says nothing of that. Nor does a layout that is
        no longer there, or one that tells nothing of such days.
        """
        if None in (old.before, old.after) or (old.before, old.after) == (new.before, new.after):
            return ()
        layout = self._layout_of(transmission_id)
        if layout is None:
            return ()
        was, now = _days(layout, old), _days(layout, new)
        return tuple(
            Difference(Changed.SPELL, int(key in was), int(key in now), key[0], {**was, **now}[key])
            for key in sorted(was.keys() ^ now.keys())
        )

    def _layout_of(self, transmission_id: int) -> Layout | None:
        from hrtui.payroll.layouts import LayoutError, UnknownLayoutError, load_layout
        from hrtui.settings import config_folder

        if self._keys is None:
            self._keys = {one.id: one.layout for one in transmissions(*self._asked)}
        key = self._keys.get(transmission_id, "")
        if key not in self._layouts:
            try:
                self._layouts[key] = load_layout(key, config_folder())
            except (UnknownLayoutError, LayoutError):
                self._layouts[key] = None
        return self._layouts[key]


def _days(layout: Layout, snapshot: Snapshot) -> dict[tuple[date, str], Kind]:
    """The days that are told without time, with the type under which they go, by day and code."""
    from hrtui.payroll.layouts.spells import code_of, spell_days

    return {
        (day, code_of(layout, snapshot, kind)): kind
        for file in layout.files
        if file.rows == "entries" and file.per == "day" and file.zero_codes
        for day, kinds in spell_days(layout, file, snapshot).items()
        for kind in kinds
    }
