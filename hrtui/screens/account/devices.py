"""The devices that are logged in to the account: looking at them, and logging one out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from hrtui.i18n import N_, short_day_text, t
from hrtui.screens.account.account import at_backend
from hrtui.screens.account.step import StepScreen
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.errors import StoreError
from hrtui.sync.session import end_login, forget_login, link_of
from hrtui.widgets.hints import Hint

if TYPE_CHECKING:
    from hrtui.sync.account_api import Device


class DevicesScreen(TableScreen):
    """The list, the device used last first."""

    removes_here = False
    words: ClassVar[dict[str, Hint]] = {
        "table.delete": (1, N_("log out")),
        "app.help": (3, N_("help")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Device")),
        Column(N_("Logged in"), 17),
        Column(N_("Last used"), 21),
        Column(N_("Address"), 17, least=90),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._devices: tuple[Device, ...] = ()
        self._state = t("Asking the backend…")

    def heading(self) -> str:
        """The top line."""
        return t("Devices that are logged in")

    def on_mount(self) -> None:
        """Ask the backend, without waiting for it."""
        super().on_mount()
        self._ask(None)

    def nothing(self) -> str:
        """Why the list is empty."""
        return self._state

    def find(self, text: str) -> Sequence[int]:
        """The devices in whose name the text occurs, by their places."""
        wanted = text.strip().casefold()
        return [place for place, one in enumerate(self._devices) if wanted in one.name.casefold()]

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, since when, used when, from where."""
        return {place: _row(self._devices[place]) for place in ids}

    def in_words(self) -> str:
        """The device under the cursor, with what its columns may have no room for."""
        if self.current is None:
            return ""
        device = self._devices[self.current]
        name = t("{name} (this one)", name=device.name) if device.current else device.name
        return t("{name}, from {address}", name=name, address=device.address)

    def open_row(self, row_id: int) -> None:
        """There is nothing more to see of one."""
        self.tell(t("{key} logs this device out.", key=self.session.keymap.label("table.delete")))

    def action_table_delete(self) -> None:
        """Log the device under the cursor out, after asking."""
        if self.current is None:
            return
        device = self._devices[self.current]
        if device.current:
            self.ask(t("Log this very computer out?"), lambda: self._ask(device))
        else:
            self.ask(t("Log “{name}” out?", name=device.name), lambda: self._ask(device))

    def action_table_undo(self) -> None:
        """A log-in cannot be brought back."""
        self.say(t("There is nothing to undo here."))

    def action_table_redo(self) -> None:
        """As for undo."""
        self.action_table_undo()

    def _ask(self, leaving: Device | None) -> None:
        self.run_worker(self._asked(leaving))

    async def _asked(self, leaving: Device | None) -> None:
        try:
            self._devices = await asyncio.to_thread(lambda: _ask_backend(self.session, leaving))
        except StoreError as problem:
            self._state = problem.text
            self.say(problem.text)
            return
        if leaving is not None and leaving.current:
            forget_login(self.session.store)
            self._devices, self._state = (), t("You are logged out.")
        self.reload()
        if leaving is not None:
            self.tell(t("“{name}” is logged out.", name=leaving.name))


class LogOutScreen(StepScreen):
    """Telling the backend that this device leaves."""

    def heading(self) -> str:
        """The top line."""
        return t("Log out")

    def on_mount(self) -> None:
        """Nothing more is asked."""
        super().on_mount()
        self.ask(lambda: end_login(self.session.store), self._left)

    def submit(self) -> None:
        """Nothing is to be filled in."""
        self.close()

    def _left(self, told: bool) -> None:
        text = t("You are logged out. What is not sent yet stays here until you log in again.")
        self.close_telling(text if told else f"{text} {t('The backend could not be told.')}")


def _ask_backend(session: Session, leaving: Device | None) -> tuple[Device, ...]:
    link = link_of(session.store)
    if link is None:
        return ()
    if leaving is not None:
        at_backend(session, link, lambda api, token: api.revoke(token, leaving.id))
        if leaving.current:
            return ()
    return at_backend(session, link, lambda api, token: api.devices(token))


def _row(device: Device) -> Row:
    name = t("{name} (this one)", name=device.name) if device.current else device.name
    return Row((name, _moment(device.created_at), _moment(device.last_used_at), device.address))


def _moment(text: str) -> str:
    local = datetime.fromisoformat(text).astimezone()
    return f"{short_day_text(local.date())} {local:%H:%M}"
