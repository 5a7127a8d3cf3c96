"""One pay component for many people: amounts typed down a column, given to all, pasted, or from a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.geometry import Offset

from hrtui.domain.pay_fields import PayInput
from hrtui.i18n import N_, t, tn
from hrtui.imports.pay_lines import file_lines, pasted_lines
from hrtui.screens.asking import AskingScreen
from hrtui.screens.reading import ReadingScreen
from hrtui.screens.session import Session
from hrtui.store.pay_bulk import save_bulk
from hrtui.store.pay_bulk_plan import BulkPlan, LineProblem, PastedLine
from hrtui.store.people import fold
from hrtui.store.roles import refuse_writing
from hrtui.widgets.amount_sheet import AMOUNT, QUANTITY, Place, heads, row_line, total_line
from hrtui.widgets.amounts import money
from hrtui.widgets.hints import Hint
from hrtui.widgets.line_edit import LineEdit
from hrtui.widgets.lines import Line, Lines, title_line
from hrtui.widgets.months import month_text, span_text

_FRAME = 5
"""Lines that are not people: title, heads, total and two at the bottom."""
Texts = tuple[str, str]
"""The amount and the quantity of a line, as typed."""


class PaySheet(AskingScreen):
    """The plan of one component; nothing is written before it is saved, as one step.

    `who` says in words which people these are; `choose` asks for another month or other people, or for more
    people where saved amounts are adjusted.
    """

    scopes: ClassVar[tuple[str, ...]] = ("sheet",)
    words: ClassVar[dict[str, Hint]] = {
        "sheet.save": (1, N_("save")),
        "sheet.everyone": (2, N_("same for everyone")),
        "sheet.people": (3, N_("month, people")),
        "sheet.file": (4, N_("file")),
        "sheet.find": (5, N_("go to")),
        "app.help": (6, N_("help")),
        "app.back": (1, N_("back")),
    }

    def __init__(
        self, session: Session, plan: BulkPlan, who: str, choose: Callable[[PaySheet], None]
    ) -> None:
        refuse_writing(session.store, session.employer.id)
        super().__init__(session)
        self.lines = Lines(session.palette)
        self.who = who
        self._choose = choose
        self.plan = plan
        self.top = 0
        self.row = 0
        self.column = AMOUNT
        self.edit = LineEdit()
        self._start = self._texts()
        self._before: list[dict[int, Texts]] = []
        self._load()

    def take_plan(self, plan: BulkPlan, who: str) -> None:
        """Go on with another plan; amounts of people who are in both stay."""
        own = {line.person_id: (line.amount_text, line.quantity_text) for line in self.plan.lines}
        usual = self._start
        self._start = [(line.amount_text, line.quantity_text) for line in plan.lines]
        was = {line.person_id: place for place, line in enumerate(self.plan.lines)}
        for index, line in enumerate(plan.lines):
            place = was.get(line.person_id)
            if place is not None and own[line.person_id] != usual[place]:
                plan.set_text(index, *own[line.person_id])
        self.plan, self.who = plan, who
        self._before.clear()
        self.row = self.top = 0
        self.column = AMOUNT
        self._load()
        self.draw()

    def show_added(self, count: int) -> None:
        """Go on with the plan, to which `count` people were added at the end."""
        if not count:
            self.tell(t("These people are here already."))
            return
        self._start += self._texts()[len(self._start) :]
        self._go(len(self.plan.lines) - count, AMOUNT)
        self.tell(tn("{n} person is added.", "{n} people are added.", count))

    # -- life

    def compose(self) -> ComposeResult:
        """The amounts, and two lines under them."""
        yield self.lines
        yield self.status

    @property
    def takes_text(self) -> bool:
        """Always: characters go into the cell."""
        return True

    def may_leave(self) -> str:
        """'' or that amounts were typed."""
        return t("The amounts are not saved.") if self._typed or self._texts() != self._start else ""

    def action_app_back(self) -> None:
        """Drop what is being typed in the cell; else close, and where amounts would be lost ask first."""
        if self._typed:
            self._load()
            self.draw()
        elif unsaved := self.may_leave():
            self.ask(f"{unsaved} {t('Leave without it?')}", self.close)
        else:
            self.close()

    # -- keys

    def typed(self, key: str, character: str | None) -> None:
        """Characters go into the cell; a key that erases takes all of a text that is not being edited yet."""
        if character is not None and character.isprintable():
            self.edit.take(key, character)
        elif key in ("backspace", "delete") and self.edit.chosen:
            self.edit = LineEdit()
        elif self.action_of(key) is not None:
            super().typed(key, character)
            return
        elif not self.edit.take(key, character):
            self.other_key(key, character)
            return
        self.draw()

    def pasted(self, text: str) -> None:
        """One amount goes into the cell; a column, or a block with numbers or names, to the people."""
        if "\t" not in text and ";" not in text and len(text.strip().splitlines()) < 2:
            self.edit.insert(text.strip())
            self.draw()
            return
        self._settle()
        self._take_lines(pasted_lines(text, units=self._has_units), [], self.row)

    def action_sheet_enter(self) -> None:
        """Take the amount and go to the next person, in the first column."""
        self._move(1, AMOUNT)

    def action_sheet_down(self) -> None:
        """Next person, same column."""
        self._move(1, self.column)

    def action_sheet_up(self) -> None:
        """Previous person, same column."""
        self._move(-1, self.column)

    def action_sheet_next(self) -> None:
        """The next cell to the right, then the next person."""
        if self._has_units and self.column == AMOUNT:
            self._move(0, QUANTITY)
        else:
            self._move(1, AMOUNT)

    def action_sheet_previous(self) -> None:
        """The cell before, then the person before."""
        if self.column == QUANTITY:
            self._move(0, AMOUNT)
        elif self.row:
            self._move(-1, QUANTITY if self._has_units else AMOUNT)

    def action_sheet_page_up(self) -> None:
        """One screen up."""
        self._move(-self.room, self.column)

    def action_sheet_page_down(self) -> None:
        """One screen down."""
        self._move(self.room, self.column)

    def action_sheet_first(self) -> None:
        """To the first person."""
        self._move(-len(self.plan.lines), self.column)

    def action_sheet_last(self) -> None:
        """To the last person."""
        self._move(len(self.plan.lines), self.column)

    def action_sheet_everyone(self) -> None:
        """Give everyone what this person gets; an empty cell takes everybody's amount away."""
        if not self.plan.lines:
            return
        self._settle()
        line = self.plan.lines[self.row]
        if line.problem:
            self.say(line.problem)
            return
        before = self._texts()
        self.plan.set_all(line.amount_text, line.quantity_text)
        self._remember(before)
        self._load()
        self.draw()
        what = money(line.cents) if line.value else t("nothing")
        free = sum(not one.blocked for one in self.plan.lines)
        self.tell(tn("{n} person gets {what}.", "{n} people get {what}.", free, what=what))

    def action_sheet_people(self) -> None:
        """Ask for the month and the people; of saved amounts the month stays, and people can be added."""
        self._settle()
        self._choose(self)

    def action_sheet_file(self) -> None:
        """Ask for a file with amounts."""
        hint = t("CSV or XLSX; the first line has the titles number (or name) and amount")
        self.ask_line(t("File:"), hint, self._read_file)

    def action_sheet_find(self) -> None:
        """Ask whom to go to."""
        self.ask_line(t("Go to person:"), t("A number, or part of a name"), self._go_to)

    def action_sheet_problem(self) -> None:
        """Go to the next line with a problem."""
        self._settle()
        wrong = [index for index, line in enumerate(self.plan.lines) if line.problem]
        if not wrong:
            self.draw()
            self.tell(t("Every amount can be saved."))
            return
        self._go(next((index for index in wrong if index > self.row), wrong[0]), AMOUNT)

    def action_sheet_undo(self) -> None:
        """Take back what is being typed, or else the last change of the sheet."""
        if self._typed:
            self._load()
        elif self._before:
            for index, texts in self._before.pop().items():
                self.plan.set_text(index, *texts)
            self._load()
        else:
            self.say(t("There is nothing to undo."))
            return
        self.draw()

    def action_sheet_save(self) -> None:
        """Save all amounts as one step; while one is wrong, go there instead."""
        self._settle()
        plan = self.plan
        if plan.problems:
            wrong = plan.lines.index(plan.problems[0])
            self._go(wrong, AMOUNT)
            self.say(plan.problems[0].problem)
            return
        if plan.batch_id is None and not any(line.value for line in plan.lines):
            self.draw()
            self.say(t("No amount is typed yet."))
            return
        total, people = money(plan.total), sum(line.value is not None for line in plan.lines)
        saved = save_bulk(self.session.store, self.session.employer.id, plan)
        text = tn(
            "{name}: {total} for {n} person.", "{name}: {total} for {n} people.", people,
            name=plan.kind.name, total=total,
        )  # fmt: skip
        self.close_telling(text if saved is not None else t("Nothing was changed."))

    # -- the plan

    @property
    def _has_units(self) -> bool:
        return self.plan.kind.input is PayInput.UNITS

    @property
    def _typed(self) -> bool:
        """Whether the cell holds a text that was not taken yet."""
        return bool(self.plan.lines) and self.edit.text.strip() != self._cell

    @property
    def _cell(self) -> str:
        line = self.plan.lines[self.row]
        return line.quantity_text if self.column == QUANTITY else line.amount_text

    def _texts(self) -> list[Texts]:
        return [(line.amount_text, line.quantity_text) for line in self.plan.lines]

    def _load(self) -> None:
        self.edit = LineEdit(self._cell if self.plan.lines else "")

    def _settle(self) -> None:
        """Take what stands in the cell; without an amount there is no number of units either."""
        if not self._typed:
            return
        line, text = self.plan.lines[self.row], self.edit.text.strip()
        if self.column == QUANTITY:
            self._change({self.row: (line.amount_text, text)})
        else:
            self._change({self.row: (text, line.quantity_text if text else "")})

    def _change(self, texts: dict[int, Texts]) -> None:
        """Give lines other texts, to be taken back in one go."""
        before = self._texts()
        for index, (amount, quantity) in texts.items():
            self.plan.set_text(index, amount, quantity)
        self._remember(before)

    def _remember(self, before: Sequence[Texts]) -> None:
        changed = {
            index: old
            for index, (old, new) in enumerate(zip(before, self._texts(), strict=True))
            if old != new
        }
        if changed:
            self._before.append(changed)

    def _take_lines(self, lines: Sequence[PastedLine], problems: Sequence[LineProblem], start: int) -> None:
        """Take lines of a block or file, and show what is wrong with which of them."""
        before = self._texts()
        found = [*problems, *self.plan.paste(lines, start)]
        self._remember(before)
        self._load()
        self.draw()
        taken = max(0, len(lines) - len(found) + len(problems))
        said = tn("{n} line is taken.", "{n} lines are taken.", taken)
        if found:
            wrong = tn("{n} line has a problem.", "{n} lines have a problem.", len(found))
            texts = [
                t("line {n}: {text}", n=one.line, text=one.text) if one.line else one.text
                for one in sorted(found, key=lambda problem: problem.line)
            ]
            told = t("The other lines are taken; nothing is saved yet.")
            self.app.push_screen(ReadingScreen(self.session, wrong, [told, "", *texts]))
            self.tell(f"{said} {wrong}", "warning")
        else:
            self.tell(said)

    def _read_file(self, text: str) -> str:
        if not text.strip():
            return t("Type the path of a file.")
        lines, problems = file_lines(Path(text.strip()).expanduser())
        if not lines:
            return problems[0].text if problems else t("The file has no amounts.")
        self._settle()
        self.asked = None
        self._take_lines(lines, problems, 0)
        return ""

    def _go_to(self, text: str) -> str:
        wanted = fold(text)
        lines = self.plan.lines
        order = [*range(self.row + 1, len(lines)), *range(self.row + 1)]
        exact = [index for index in order if fold(lines[index].number) == wanted]
        part = [index for index in order if wanted in fold(lines[index].name)]
        if not wanted or not (exact or part):
            return t("Nobody here is called “{text}”.", text=text.strip())
        self._settle()
        self._go((exact or part)[0], AMOUNT)
        return ""

    def _move(self, rows: int, column: int) -> None:
        if not self.plan.lines:
            return
        self._settle()
        problem = self.plan.lines[self.row].problem
        if rows == 1 and self.row == len(self.plan.lines) - 1:
            self._load()
            self.draw()
            self.tell(problem or t("This is the last person."), "warning" if problem else "info")
            return
        self._go(max(0, min(self.row + rows, len(self.plan.lines) - 1)), column)

    def _go(self, row: int, column: int) -> None:
        self.row, self.column = row, column
        self._load()
        self.draw()

    # -- drawing

    @property
    def room(self) -> int:
        """How many people fit."""
        return max(1, self.size.height - _FRAME)

    def hints(self) -> dict[str, Hint]:
        """The keys of the sheet; saved amounts keep their month."""
        saved: dict[str, Hint] = {"sheet.people": (3, N_("add people"))}
        return self.words if self.plan.batch_id is None else self.words | saved

    def place_cursor(self) -> None:
        """In the cell."""
        self.draw()

    def in_words(self) -> str:
        """What is wrong with the person's amount, or what else there is of it this month."""
        if not self.plan.lines:
            return t("Nobody is chosen.")
        line = self.plan.lines[self.row]
        facts = [line.problem or line.blocked]
        if line.other_cents:
            facts.append(t("{amount} of it is entered already this month", amount=money(line.other_cents)))
        return "  ".join((line.name, *filter(None, facts)))

    def _heading(self) -> str:
        plan = self.plan
        when = span_text(plan.month, plan.last_month) or month_text(plan.month)
        return "  ".join((plan.kind.name, when, self.who))

    def draw(self) -> None:
        """Everything in view; only what changed is sent."""
        if not self.size.height:
            return
        width, room, lines = self.size.width, self.room, self.plan.lines
        if not self.top <= self.row < self.top + room:
            self.top = self.row - room // 2
        self.top = max(0, min(self.top, len(lines) - room))
        title = title_line(self._heading(), width)
        place = Place(self.row, self.column, self.edit)
        shown: list[Line] = []
        for row in range(self.top, min(len(lines), self.top + room)):
            drawn, x = row_line(self.plan, row, place, width)
            shown.append(drawn)
            if row == self.row:
                self.app.cursor_position = Offset(x, 2 + row - self.top)
        shown += [()] * (room - len(shown))
        self.lines.show([title, heads(self.plan, width), *shown, total_line(self.plan)])
        self.show_status()
