"""The check list of a month: what blocks, then what warns, by person; Enter goes to where it is mended."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import ClassVar

from hrtui.domain.month import Month
from hrtui.domain.month_end.check import Check
from hrtui.domain.month_end.finding import Finding, Rule, Severity
from hrtui.editor.outcome import Outcome
from hrtui.forwarding.check import check
from hrtui.forwarding.wording import SEVERITIES, finding_sentence
from hrtui.i18n import N_, t, tn
from hrtui.payroll.layouts.types import Layout
from hrtui.screens.forwarding import jump
from hrtui.screens.forwarding.people import go_through
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.table import Column, Row, TableScreen
from hrtui.store import check_off
from hrtui.store.leave_types import leave_types
from hrtui.store.people_names import names_of
from hrtui.widgets.hints import Hint
from hrtui.widgets.months import month_text
from hrtui.wording import sentence, told_of

_MARKS = {Severity.BLOCKS: "!", Severity.WARNS: "·"}


class CheckScreen(TableScreen):
    """The findings of a month for some people; `go_on` is called when the clerk goes on from here.

    `given` are the names of the dates that go with the month, None where they were not asked for.
    """

    words_whole = True
    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("mend")),
        "table.save": (1, N_("go on")),
        "table.edit": (2, N_("check off")),
        "table.more": (2, N_("approve or refuse")),
        "table.filter": (3, N_("only what blocks")),
        "table.mark_all": (4, N_("mark all")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column("", 1),
        Column(N_("Person"), 24),
        Column(N_("What was found")),
    )

    def __init__(
        self,
        session: Session,
        month: Month,
        people: Sequence[int],
        layout: Layout,
        go_on: Callable[[], None] | None = None,
        given: Collection[str] | None = None,
    ) -> None:
        super().__init__(session)
        self.month = month
        self.people = people
        self._files_as = layout
        self._go_on = go_on
        self._given = given
        self._only_blocks = False
        self._opened: tuple[int, Finding] | None = None
        self.check: Check
        self._names: dict[int, str] = {}
        self._sentences: list[str] = []
        self._read()

    def _read(self) -> None:
        store, employer_id = self.session.store, self.session.employer.id
        self.check = check(store, employer_id, self.month, self.people, self._files_as, self._given)
        kinds = leave_types(store, employer_id)
        self._names = names_of(store, {one.person_id for one in self.check.findings if one.person_id})
        self._sentences = [finding_sentence(one, kinds) for one in self.check.findings]

    def heading(self) -> str:
        """The month, how much there is, and how many are checked off."""
        blocks = tn("{n} blocks", "{n} block", len(self.check.blocks))
        warns = tn("{n} warns", "{n} warn", len(self.check.warns))
        checked = t("{n}/{all} checked off", n=self.check.checked, all=self.check.people)
        return f"{t('Check')}  {month_text(self.month)}  {blocks}, {warns}  {checked}"

    def nothing(self) -> str:
        """All is well, or nothing is called so."""
        if self.edit.text.strip():
            return super().nothing()
        if self._only_blocks:
            return t("Nothing blocks this month.")
        return t("Nothing was found: the month is in order.")

    def find(self, text: str) -> Sequence[int]:
        """The findings in which all words occur."""
        fits = finder(text)
        found = []
        for place, one in enumerate(self.check.findings):
            if self._only_blocks and one.severity is not Severity.BLOCKS:
                continue
            if fits(f"{self._who(one)} {self._sentences[place]} {t(SEVERITIES[one.severity])}"):
                found.append(place)
        return found

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The sign of the severity, who, what."""
        findings = self.check.findings
        return {
            place: Row((_MARKS[findings[place].severity], self._who(findings[place]), self._sentences[place]))
            for place in ids
        }

    def _who(self, one: Finding) -> str:
        return self._names.get(one.person_id, "") if one.person_id else t("The employer")

    def in_words(self) -> str:
        """The finding whole, or how far the month is."""
        if self.current is None:
            return self._progress()
        one = self.check.findings[self.current]
        severity = sentence(t(SEVERITIES[one.severity]))
        return told_of(severity, told_of(self._who(one), self._sentences[self.current]))

    def hints(self) -> dict[str, Hint]:
        """Without a next step there is no going on, without requested leave no approving."""
        left_out = set() if self._go_on else {"table.save"}
        if not any(one.rule is Rule.PENDING for one in self.check.findings):
            left_out.add("table.more")
        return {id_: hint for id_, hint in self.words.items() if id_ not in left_out}

    def _progress(self) -> str:
        confirmed = tn(
            "{n} person without entries is checked off", "{n} people without entries are checked off",
            self.check.confirmed,
        )  # fmt: skip
        untouched = tn(
            "{n} untouched: nobody entered anything", "{n} untouched: nobody entered anything",
            self.check.untouched,
        )  # fmt: skip
        return f"{confirmed}; {untouched}."

    def open_row(self, row_id: int) -> None:
        """To where it is mended; Escape comes back to this line."""
        finding = self.check.findings[row_id]
        self._opened = self.cursor, finding
        screen = jump.screen_of(self.session, self.month, finding.target)
        # Keys that are typed ahead go where the finding is mended, not into the first field.
        screen.begin = partial(jump.focus, screen, finding)
        self.app.push_screen(screen)

    def action_table_edit(self) -> None:
        """Check off the people of the marked lines, or of the one under the cursor; everyone on that line."""
        chosen = [self.check.findings[place] for place in self.chosen]
        ids = list(dict.fromkeys(one.person_id for one in chosen if one.person_id is not None))
        if any(one.rule is Rule.NOBODY_CHECKED for one in chosen):
            n = len(self.people)
            question = tn("Check {n} person off?", "Check {n} people off?", n)
            self.ask_to_write(question, lambda: self._check_off(self.people))
        elif ids:
            self._check_off(ids)
        else:
            self.say(t("This line is about nobody: there is nobody to check off."))

    def _check_off(self, ids: Sequence[int]) -> None:
        n = check_off.check(self.session.store, self.session.employer.id, ids, self.month)
        self.marks.clear()
        self.store_changed()
        self.tell(tn("{n} person is checked off.", "{n} people are checked off.", n))

    def action_table_more(self) -> None:
        """Approve or refuse what waits on the marked lines, or on the one under the cursor."""
        from hrtui.editor.targets import of_days
        from hrtui.screens.leave.approval import open_approval

        chosen = [self.check.findings[place] for place in self.chosen]
        days = [
            (one.person_id, one.target.date)
            for one in chosen
            if one.rule is Rule.PENDING and one.person_id is not None and one.target.date is not None
        ]
        if not days:
            self.say(t("Nothing waits for approval on this line: it is about something else."))
            return
        editor = self.session.editor(self.month)
        open_approval(self, self.session, editor, of_days(editor, days), self._approved)

    def _approved(self, outcome: Outcome) -> None:
        self.store_changed()
        if outcome.message is not None:
            self.tell(outcome.message.text, outcome.message.level)

    def action_table_filter(self) -> None:
        """Only what blocks, or everything again."""
        self._only_blocks = not self._only_blocks
        self.reload()

    def action_table_save(self) -> None:
        """Go on to the preview; not while something blocks."""
        if self._go_on is None:
            self.say(t("This list only tells; the month is forwarded from its own screen."))
        elif self.check.blocks:
            n = len(self.check.blocks)
            self.say(tn("{n} line blocks: mend it first.", "{n} lines block: mend them first.", n))
        else:
            text = t("Preparing the files of {month}…", month=month_text(self.month))
            go_through(self, self.people, text, self._go_on)

    def shown_again(self) -> None:
        """What is found now; the cursor is free again."""
        super().shown_again()
        self._opened = None

    def store_changed(self) -> None:
        """Look again; the cursor stays on its finding, else on that person, or near it where all is mended.

        While a line is being mended it stays the one, whatever comes and goes meanwhile.
        """
        here = (self.cursor, self.check.findings[self.current]) if self.current is not None else None
        place, before = self._opened or here or (0, None)
        self._read()
        self._rows.clear()
        self.marks.clear()
        self.ids = list(self.find(self.edit.text))
        found = [self.check.findings[id_] for id_ in self.ids]
        same = [n for n, one in enumerate(found) if before and one.person_id == before.person_id]
        if before in found:
            place = found.index(before)
        elif same and before and before.person_id is not None:
            place = min(same, key=lambda n: abs(n - place))
        self.cursor = max(0, min(place, len(self.ids) - 1))
        self.draw()
