"""The last look before a month goes: who and what, totals, messages, the files as they will be; then yes."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from hrtui import i18n
from hrtui.forwarding.ports import port_of
from hrtui.forwarding.prepare import Layouts, Prepared, Wanted, prepare
from hrtui.forwarding.totals import Totals, totals
from hrtui.forwarding.wording import KINDS, people_count
from hrtui.i18n import N_, t, tn
from hrtui.payroll.month_snapshot import snapshots
from hrtui.screens.forwarding.preview_lines import preview_lines
from hrtui.screens.forwarding.unlock_month import show_anew
from hrtui.screens.scrolling import ScrollScreen
from hrtui.screens.session import Session
from hrtui.store.errors import StoreError
from hrtui.store.people import fold
from hrtui.store.transmissions import Status
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line
from hrtui.widgets.months import month_text
from hrtui.wording import told_of


class PreviewScreen(ScrollScreen):
    """What would be sent; sending it asks for a yes."""

    words: ClassVar[dict[str, Hint]] = {
        "table.save": (1, N_("forward")),
        "list.page_down": (2, N_("more")),
        "table.next": (3, N_("to the right")),
        "list.last": (3, N_("to the end")),
        "app.back": (1, N_("back")),
    }

    def __init__(self, session: Session, wanted: Wanted, layouts: Layouts, folder: Path | None) -> None:
        super().__init__(session)
        self.wanted = wanted
        self._layouts = layouts
        self._folder = folder
        self._width = 0
        self._body: list[Line] = []
        self.prepared: Prepared
        self._before: Totals
        self._read()

    def _read(self) -> None:
        store, employer_id = self.session.store, self.session.employer.id
        self.prepared = prepare(store, employer_id, self.wanted, self._layouts)
        last = self.wanted.month.shift(-1)
        ids = list(self.prepared.plans)
        self._before = totals(snapshots(store, employer_id, last, ids).values(), i18n.language())
        self._width = 0

    def heading(self) -> str:
        """The month, and whether it is the first time."""
        kind = t(KINDS[self.prepared.kind])
        return f"{t('Preview')}  {month_text(self.wanted.month)}  {kind}  {t(self.prepared.layout.title)}"

    def in_words(self) -> str:
        """How many go, and where the files go."""
        people = people_count(len(self.prepared.plans))
        return f"{people}; {told_of(t('Folder'), str(self._folder))}" if self._folder else people

    def store_changed(self) -> None:
        """Somebody wrote: make it anew."""
        self._read()
        self.draw()

    def body(self) -> list[Line]:
        """All parts, one below the other; made once for a width."""
        if self._width != self.size.width:
            self._width = self.size.width
            self._body = [*preview_lines(self.prepared, self._before, self._width)]
        return self._body

    def action_table_save(self) -> None:
        """Ask, unless something stands in the way."""
        if self.prepared.problems:
            self.say(str(self.prepared.problems[0]))
        elif not self.prepared.plans and not self.prepared.messages:
            if self.prepared.elsewhere and not self.prepared.same:
                self.say(t("There is nothing to send: they go to another provider."))
            else:
                self.say(t("There is nothing to send: the provider has it all."))
        else:
            key = self.session.keymap.yes_label(self._first_letter)
            answers = t("{key} or {month} = yes, any other key = no",
                        key=key, month=month_text(self.wanted.month))  # fmt: skip
            self.ask(self._sentence(), self._forward, answers)

    def on_key_typed(self, key: str, character: str | None) -> None:
        """Where the yes is asked for, the first letter of the month begins to type its name."""
        begins = character and fold(character) == self._first_letter
        if self.is_asking and begins and not self.session.keymap.says_yes(key, self._first_letter):
            self.ask_line(t("Month:"), self._sentence(), self._named)
        super().on_key_typed(key, character)

    @property
    def _first_letter(self) -> str:
        return fold(month_text(self.wanted.month))[:1]

    def _named(self, text: str) -> str:
        """Forward where the text is the name of the month, with or without its year; '' or why not."""
        name = month_text(self.wanted.month)
        if fold(text).split() not in (fold(name).split(), fold(name).split()[:-1]):
            return t("Type {month}, or Esc to send nothing.", month=name)
        self._forward()
        return ""

    def _sentence(self) -> str:
        return tn(
            "Forward {month} for {n} person and lock it?",
            "Forward {month} for {n} people and lock it?",
            len(self.prepared.plans),
            month=month_text(self.wanted.month),
        )

    def _forward(self) -> None:
        self.work(t("Forwarding {month}…", month=month_text(self.wanted.month)), self._send)

    def _send(self) -> None:
        try:
            port = port_of(self.session.store, self.session.employer.id, self._layouts, self._folder)
            done = port.forward(self.prepared.order)
        except StoreError as problem:
            self._read()
            self.draw()
            self.say(problem.text)
            return
        month = month_text(self.wanted.month)
        text = t("{month} is forwarded: {place}", month=month, place=done.where)
        if done.status is Status.QUEUED and done.place:
            text = t("{month} is locked, but the files are not written: {problem}", month=month,
                     problem=done.place)  # fmt: skip
        self._close_all(text)

    def _close_all(self, text: str) -> None:
        """Back to the list of months, or to the month itself, which tells how it went."""
        show_anew(self)
        from hrtui.screens.calendar.month import MonthScreen
        from hrtui.screens.forwarding.months import ForwardScreen

        while not isinstance(here := self.on_top, ForwardScreen | MonthScreen):
            here.close()
        here.tell(text)
