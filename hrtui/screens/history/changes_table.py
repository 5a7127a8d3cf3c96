"""What the histories of a day and of a record share: columns, keys, and taking a change back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from hrtui.i18n import N_, t
from hrtui.screens.history.wording import moment_short
from hrtui.screens.session import Session
from hrtui.screens.table import Column, TableScreen
from hrtui.store.history import HistoryLine, known_since
from hrtui.store.record_history import RecordChange, take_back
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line


def changes_columns(who: int, what: int) -> tuple[Column, ...]:
    """When, who, what, before and after; who and what have so many columns of the screen."""
    return (
        Column(N_("When"), 14),
        Column(N_("Who"), who),
        Column(N_("What"), what),
        Column(N_("Before")),
        Column(N_("After")),
    )


class ChangesScreen(TableScreen):
    """Changes, newest first; Enter takes one back."""

    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("take back")),
        "table.undo": (2, N_("undo")),
        "app.back": (1, N_("back")),
    }

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._since = known_since(session.store, session.employer.id)

    def begins_here(self) -> bool:
        """Whether the changes that are listed go back to the beginning."""
        raise NotImplementedError

    def foot(self) -> Sequence[Line]:
        """Since when changes are known, where earlier ones are not here."""
        if self._since is None or self.begins_here():
            return ()
        moment = moment_short(self._since)
        text = t("Known here since {moment}; the backend has what changed before.", moment=moment)
        return [((f" {text}", "dim"),)]

    def ask_to_take_back(self, question: str, change: HistoryLine | RecordChange, column: str = "") -> None:
        """Ask, and take the change back: of a record only one column, of a day all of it."""

        def yes() -> None:
            take_back(self.session.store, self.session.employer.id, change.step_id, change.seq, column)
            self.reload()
            self.tell(t("Taken back: {label}", label=change.label))

        self.ask_to_write(question, yes)

    def say_changed_since(self) -> None:
        """Why a change cannot be taken back that is not the last one."""
        self.say(t("This was changed again since: take the later change back first."))
