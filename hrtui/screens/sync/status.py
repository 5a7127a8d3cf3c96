"""The sync: how it stands, what waits, what is to be decided."""

from __future__ import annotations

from textwrap import wrap

from hrtui import wording
from hrtui.i18n import t, tn
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.session import Session
from hrtui.sync.notes import notes_of
from hrtui.sync.status import SyncStatus, status_of, waiting_labels
from hrtui.sync_wording import in_words, news_in_full

_MOST = 8
"""So many of the steps that wait are named."""
_WIDTH = 76


class SyncScreen(MenuScreen):
    """The state of the sync of the employer, with the lists of what is to be decided."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, t("Sync with the backend"), ())
        self._read()

    def store_changed(self) -> None:
        """The engine brought news."""
        self._read()
        self.draw()

    def shown_again(self) -> None:
        """Something may be decided now."""
        self.store_changed()

    def _read(self) -> None:
        status = status_of(self.session.store, self.session.employer.id)
        self.items = self._items(status)
        self.cursor = min(self.cursor, len(self.items) - 1)
        self.about = self._state(status)

    def _items(self, status: SyncStatus | None) -> list[Item]:
        items = []
        if status is not None:
            conflicts = tn("{n} conflict", "{n} conflicts", status.conflicts)
            refused = tn("{n} refused step", "{n} refused steps", status.refused)
            items = [
                Item(conflicts, t("Two clerks changed the same: choose what holds"), self._conflicts),
                Item(refused, t("What the backend did not take, and why"), self._refusals),
                Item(t("Exchange now"), t("Send what waits and fetch what is new"), self._exchange),
            ]
        items.append(Item(t("Account and devices"), t("Log in or out, see devices"), self._account))
        if status is not None and status.late:
            late = tn("{n} late edit", "{n} late edits", status.late)
            items.append(Item(late, t("Came after the month was forwarded"), self._late))
        return items

    def _state(self, status: SyncStatus | None) -> list[str]:
        if not self.session.store.backend():
            return [t("This profile is connected to no backend: all is on this computer only.")]
        if status is None:
            return [t("This employer is not at the backend: all of it is on this computer only.")]
        told = in_words(status, self.session.store.logs_in_with)
        lines = wrap(t("State: {state}", state=told), _WIDTH, subsequent_indent="  ")
        if status.exchanged_at:
            last = wording.moment_name(status.exchanged_at)
            lines.append(t("Last exchange: {moment}", moment=last))
        lines.append(t("This device: {id}, at revision {rev}", id=status.device_id[:8], rev=status.rev))
        if status.clock_differs:
            told = t("Have the clock set right: until then the times of what you enter are wrong.")
            lines += wrap(told, _WIDTH)
        return lines + self._waiting(status) + self._happened()

    def _happened(self) -> list[str]:
        """What happened to the sync lately, the newest first."""
        happened = notes_of(self.session.store, self.session.employer.id)
        told = [
            line
            for news in reversed(happened)
            for line in wrap(news_in_full(news), _WIDTH - 2, initial_indent="  ", subsequent_indent="    ")
        ]
        return ["", t("What happened:"), *told] if told else []

    def _waiting(self, status: SyncStatus) -> list[str]:
        found = waiting_labels(self.session.store, self.session.employer.id, _MOST)
        if not found:
            return []
        more = status.waiting - len(found)
        lines = ["", t("Waiting to be sent:"), *(f"  {label}" for label in found)]
        return [*lines, tn("  and {n} more", "  and {n} more", more)] if more > 0 else lines

    def action_list_choose(self) -> None:
        """Do it; this screen stays below."""
        self.items[self.cursor].run()

    def _conflicts(self) -> None:
        from hrtui.screens.sync.conflicts import ConflictsScreen

        self.app.push_screen(ConflictsScreen(self.session))

    def _refusals(self) -> None:
        from hrtui.screens.sync.refusals import RefusalsScreen

        self.app.push_screen(RefusalsScreen(self.session))

    def _late(self) -> None:
        from hrtui.screens.forwarding.late_edits import LateEditsScreen

        self.app.push_screen(LateEditsScreen(self.session))

    def _account(self) -> None:
        self.run_action_id("screens.account")

    def _exchange(self) -> None:
        engine = getattr(self.app, "sync", None)
        if engine is None:
            self.say(t("This program does not sync now: log in first."))
        else:
            engine.poke()
            self.say(t("Exchanging…"))
