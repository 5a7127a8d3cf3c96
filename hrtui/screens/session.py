"""What every screen is given: the open store, whose calendar it is, and the keys in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hrtui.keybindings import KeyMap
from hrtui.store.employers import Employer
from hrtui.store.store import Store
from hrtui.widgets.colours import Palette


@dataclass(frozen=True, slots=True)
class Session:
    """One clerk at one terminal with one employer open; `roles` are the restricted ones they have."""

    store: Store
    employer: Employer
    keymap: KeyMap
    today: date
    roles: frozenset[str]
    palette: Palette
