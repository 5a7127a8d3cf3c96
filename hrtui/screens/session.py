"""What every screen is given: the open store, whose calendar it is, and the keys in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hrtui.domain.month import Month
from hrtui.editor.editor import MonthEditor
from hrtui.keybindings import KeyMap
from hrtui.store.employers import Employer
from hrtui.store.roles import Rights, rights
from hrtui.store.store import Store
from hrtui.widgets.colours import Palette


@dataclass(slots=True)
class Session:
    """One clerk at one terminal with one employer open; `roles` are the restricted ones they have.

    `last_folder` is where files about cases were written last, for as long as the program runs.
    `employer` gets another name or language when its settings change, here or elsewhere, and `today` follows
    the clock. `open_employer` goes to the employer with that id at once, so that no key typed ahead reaches
    the calendar of the one before.
    """

    store: Store
    employer: Employer
    keymap: KeyMap
    today: date
    roles: frozenset[str]
    palette: Palette
    open_employer: Callable[[int], None]
    last_folder: str = "~/hrtui"

    def editor(self, month: Month) -> MonthEditor:
        """The editor of a month of the employer that is open, for this clerk."""
        return MonthEditor(self.store, self.employer.id, month, today=self.today, roles=self.roles)

    @property
    def rights(self) -> Rights:
        """What the clerk may see and change at the employer, as it is now."""
        return rights(self.store, self.employer.id, self.roles)
