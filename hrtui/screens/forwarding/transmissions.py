"""What was sent: every transmission of the employer, the latest first; Enter shows one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from hrtui.forwarding.arrival import state_text, undelivered
from hrtui.forwarding.wording import KINDS, people_count
from hrtui.i18n import N_, t
from hrtui.screens.history.wording import moment_short
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store.store import Store
from hrtui.store.transmissions import Transmission, transmissions
from hrtui.widgets.hints import Hint
from hrtui.widgets.months import month_text


class TransmissionsScreen(TableScreen):
    """The history of forwarding."""

    words_whole = True
    words: ClassVar[dict[str, Hint]] = {"list.choose": (1, N_("report")), "app.back": (1, N_("back"))}
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("Month"), 16),
        Column(N_("No."), 3, right=True),
        Column(N_("Kind"), 11),
        Column(N_("State")),
        Column(N_("People"), 9, right=True),
        Column(N_("Sent"), 14),
        Column(N_("By"), 12, least=90),
        Column(N_("Files as"), 12, least=110),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._listed: dict[int, Transmission] = {}

    def heading(self) -> str:
        """The list."""
        return t("What was sent to the payroll provider")

    def nothing(self) -> str:
        """Nothing yet."""
        return super().nothing() if self.edit.text.strip() else t("Nothing was forwarded yet.")

    @property
    def _of(self) -> tuple[Store, int]:
        return self.session.store, self.session.employer.id

    def find(self, text: str) -> Sequence[int]:
        """The transmissions in which all words occur."""
        fits = finder(text)
        found = transmissions(*self._of)
        self._listed = {
            one.id: one for one in found if fits(" ".join(_texts(one, state_text(*self._of, one))))
        }
        return list(self._listed)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Month, number, kind, state, people, when, by whom, how."""
        found = {id_: self._listed[id_] for id_ in ids}
        return {id_: Row(_texts(one, state_text(*self._of, one))) for id_, one in found.items()}

    def in_words(self) -> str:
        """How many people, and why it failed."""
        if self.current is None:
            return ""
        one = self._listed[self.current]
        told = ", ".join(filter(None, (people_count(one.people), state_text(*self._of, one), one.reason)))
        missing = undelivered(*self._of, one)
        return f"{told.removesuffix('.')}. {missing}" if missing else told

    def open_row(self, row_id: int) -> None:
        """Its report."""
        from hrtui.screens.forwarding.transmission import TransmissionScreen

        self.app.push_screen(TransmissionScreen(self.session, row_id))


def _texts(one: Transmission, state: str) -> tuple[str, ...]:
    return (
        month_text(one.month), str(one.number), t(KINDS[one.kind]), state, str(one.people),
        moment_short(one.at), one.actor, one.layout,
    )  # fmt: skip
