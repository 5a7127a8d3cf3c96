"""The one-line prompts at the bottom of the month grid: filter, go to, and a day's hours.

A prompt is part of the grid's screen and takes its keys at once, so that `/jan`, Enter, `14`, Enter, `5v`
typed in one go does what it would do typed slowly.
"""

from __future__ import annotations

from hrtui.domain.day import Part
from hrtui.domain.hours import HoursError, parse_minutes
from hrtui.domain.leave_type import Category
from hrtui.editor.editor import MonthEditor
from hrtui.editor.entering import held
from hrtui.editor.outcome import NOTHING, Outcome
from hrtui.i18n import N_, t
from hrtui.store.people import Filter, teams
from hrtui.store.schedules import work_schedules
from hrtui.widgets.line_edit import LineEdit
from hrtui.widgets.lines import Line


def is_amount(text: str) -> bool:
    """Whether a text is an amount of time without a leave type: `4`, `7:36`, `1/2`, `am`."""
    if text.lower() in (Part.MORNING, Part.AFTERNOON):
        return True
    try:
        parse_minutes(text, full_day=0)
    except HoursError:
        return False
    return True


class Prompt:
    """A line to fill in: Enter accepts it, Escape leaves everything as it was.

    `problem` says why the last Enter was refused; the text stays, to be put right.
    """

    label = ""
    hint = ""
    goes_on = False
    """Whether the last Enter was one of several, so that the line stays open."""
    ends_with: frozenset[str] = frozenset()
    """Actions whose keys accept the text as Enter does, and are then carried out."""

    def __init__(self, editor: MonthEditor, text: str = "") -> None:
        self.editor = editor
        self.edit = LineEdit(text)
        self.problem = ""

    def take(self, key: str, character: str | None) -> Outcome:
        """Edit the text with one key."""
        if self.edit.take(key, character):
            self.problem = ""
            return self.changed()
        return NOTHING

    def paste(self, text: str) -> Outcome:
        """Insert pasted text as if it were typed."""
        self.edit.insert(text)
        return self.changed()

    def caption(self) -> str:
        """What stands before the text."""
        return t(self.label)

    def above(self) -> Line:
        """The line above the prompt: what is wrong, or what can be typed."""
        return ((f" ! {self.problem}", "error"),) if self.problem else ((f" {t(self.hint)}", "dim"),)

    def changed(self) -> Outcome:
        """Called after each change of the text."""
        return NOTHING

    def accept(self) -> Outcome:
        """What Enter does; sets `problem` where the text will not do."""
        raise NotImplementedError

    def cancel(self) -> Outcome:
        """What Escape does."""
        return NOTHING

    def _refused(self, outcome: Outcome) -> Outcome:
        """Keep the prompt open with the reason when nothing was done; the outcome stays as it is.

        What changed elsewhere is shown, so that an outcome can have cells and be refused all the same.
        """
        warned = outcome.message is not None and outcome.message.level != "info" and not outcome.cells
        if outcome.message is not None and (warned or outcome.refused):
            self.problem = outcome.message.text
        return outcome


class GoToPrompt(Prompt):
    """Go to a day or to a person."""

    label = N_("Go to:")
    hint = N_("14, 14/9, +7, today, or part of a name; Enter goes there, Esc stays here")

    def accept(self) -> Outcome:
        """Move the cursor there."""
        return self._refused(self.editor.go_to(self.edit.text))


class DayPrompt(Prompt):
    """A line about the days meant: what another terminal enters there meanwhile is not overwritten unseen."""

    again = N_("Changed elsewhere meanwhile: {text}. Enter again replaces it.")

    def __init__(self, editor: MonthEditor, text: str = "") -> None:
        super().__init__(editor, text)
        self.held = held(editor)

    def write(self, text: str) -> Outcome:
        """Write the text to the days, unless they are no longer what they were when the clerk looked."""
        before, now = self.held, held(self.editor)
        if [day[:2] for day in before] != [day[:2] for day in now]:
            self.problem = t("What is shown has changed elsewhere meanwhile. Esc closes this line.")
            return NOTHING
        self.held = now
        if before != now:
            self.problem = t(self.again, text=self.editor.cell_text() or t("empty"))
            return NOTHING
        outcome = self._refused(self.editor.type_cell(text))
        self.held = held(self.editor)
        return outcome


class HoursPrompt(DayPrompt):
    """Type what a day holds; an amount alone is for the one type that is there already."""

    label = N_("Day:")

    def __init__(self, editor: MonthEditor) -> None:
        super().__init__(editor, editor.cell_text())
        self.before = self.edit.text

    def above(self) -> Line:
        """What is wrong, or what can be typed, with the employer's own codes."""
        if self.problem:
            return super().above()
        codes = [
            kind.key
            for kind in self.editor.kinds.values()
            if kind.active and kind.category is Category.ABSENCE
        ]
        one, other = (codes * 2)[:2] if codes else ("VAK", "KV")
        text = t(
            "{one}, 4 {one}, 1/2 {one}, 4 {one} 3:36 {other}; only 4: of the type there is; empty clears",
            one=one,
            other=other,
        )
        return ((f" {text}", "dim"),)

    def accept(self) -> Outcome:
        """Write it to the day, or to the selection."""
        text = self.edit.text.strip()
        if text == self.before:
            return NOTHING
        day = self.editor.day
        if day is not None and len(day.entries) == 1 and is_amount(text):
            text = f"{text} {self.editor.kinds[day.entries[0].leave_type_id].key}"
        return self.write(text)


class FilterPrompt(Prompt):
    """Show only some of the people, while the text is being typed.

    Up and Down go through ready choices: everyone, people without entries first, those not yet checked,
    each team.
    """

    label = N_("Name, number or team:")
    ends_with = frozenset({"select.all_visible"})

    def __init__(self, editor: MonthEditor) -> None:
        super().__init__(editor, editor.filter.text)
        self.before = editor.filter
        self.choices = _choices(editor)
        filters = [choice for _, choice in self.choices]
        self.choice = filters.index(self.before) if self.before and self.before in filters else -1

    def take(self, key: str, character: str | None) -> Outcome:
        """Up and Down choose; any other key edits the text."""
        if key not in ("up", "down"):
            return super().take(key, character)
        step = 1 if key == "down" else -1
        last = len(self.choices) - 1
        self.choice = max(0, min(self.choice + step, last)) if self.choice >= 0 else (0 if step > 0 else last)
        self.edit = LineEdit()
        return self.editor.set_filter(self.choices[self.choice][1])

    def changed(self) -> Outcome:
        """Filter by what is typed so far."""
        if self.edit.text == self.editor.filter.text:
            return NOTHING
        self.choice = -1
        return self.editor.set_filter(Filter(self.edit.text))

    def accept(self) -> Outcome:
        """Keep the filter; it applies already."""
        return NOTHING

    def cancel(self) -> Outcome:
        """Show the people that were shown before."""
        return self.editor.set_filter(self.before) if self.editor.filter != self.before else NOTHING

    def above(self) -> Line:
        """The choices from the chosen one on; without a choice, all of them."""
        first = max(0, self.choice)
        line: list[tuple[str, str]] = [(" ↑↓ ", "dim")]
        for place, (name, _) in enumerate(self.choices[first:], first):
            line += [(name, "cursor" if place == self.choice else "dim"), ("  ", "plain")]
        return tuple(line)


def _choices(editor: MonthEditor) -> list[tuple[str, Filter]]:
    schedules = work_schedules(editor.store, editor.employer_id).values()
    return [
        (t("Everyone"), Filter()),
        (t("Without entries first"), Filter(without_entries_first=True)),
        (t("Not yet checked"), Filter(unchecked_only=True)),
        *((team.name, Filter(team_id=team.id)) for team in teams(editor.store, editor.employer_id)),
        *((one.name, Filter(schedule_id=one.id)) for one in schedules),
    ]


def filter_name(editor: MonthEditor) -> str:
    """The filter in force as the title shows it; empty without one."""
    wanted = editor.filter
    names = [wanted.text.strip()] if wanted.text.strip() else []
    if wanted.team_id is not None:
        names += [team.name for team in teams(editor.store, editor.employer_id) if team.id == wanted.team_id]
    if wanted.schedule_id is not None:
        schedule = work_schedules(editor.store, editor.employer_id).get(wanted.schedule_id)
        names += [schedule.name] if schedule else []
    if wanted.without_entries_first:
        names.append(t("Without entries first"))
    if wanted.unchecked_only:
        names.append(t("Not yet checked"))
    return ", ".join(names)
