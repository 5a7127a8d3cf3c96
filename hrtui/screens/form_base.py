"""Screens with a form: a title, fields from top to bottom, and below what the field takes and the keys.

Two kinds. A `RecordScreen` stores each field as soon as it is left with a new value (`save_field`, one undo
step each). A `FlowScreen` collects all values and hands them to `submit` with Ctrl+S, or Enter on its last
field. Both are opened with `app.push_screen`; they close themselves.

A screen overrides `heading`, `fields` and `values`; where it needs them also `warn` (what may be wrong, by
field name), `strip` (lines between title and form, such as what still blocks a declaration) and, in a record,
`history_rows`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.geometry import Offset

from hrtui.domain.identity.problem import Value
from hrtui.i18n import N_, t, tn
from hrtui.screens.asking import AskingScreen
from hrtui.screens.session import Session
from hrtui.screens.undoing import do_again, take_back
from hrtui.store.errors import StoreError
from hrtui.store.record_history import Row
from hrtui.store.roles import READS_ONLY, refuse_writing
from hrtui.widgets.form import Form
from hrtui.widgets.form_field import FormField, Kind, Values
from hrtui.widgets.form_view import drawn, row_of, value_room, wrapped_spans
from hrtui.widgets.hints import Hint
from hrtui.widgets.lines import Line, Lines, title_line


class FormScreen(AskingScreen):
    """What record and flow have in common: moving through the fields, typing in them, drawing them."""

    scopes: ClassVar[tuple[str, ...]] = ("form",)
    writes: ClassVar[bool] = True
    """Whether what is typed is to be stored with the employer, which an auditor may not do."""
    waits_below = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.lines = Lines(session.palette)
        self.form = Form((), {})
        """Without any field until the screen opens."""
        self.top = 0

    @property
    def takes_text(self) -> bool:
        """Always: in a field or in a line that is asked for."""
        return True

    # -- for the screens

    def heading(self) -> str:
        """The top line."""
        raise NotImplementedError

    def fields(self) -> Sequence[FormField]:
        """The fields, in the order of the paper form."""
        raise NotImplementedError

    def values(self) -> Values:
        """What is stored, or known already, by field name."""
        raise NotImplementedError

    def warn(self, values: Values) -> dict[str, str]:
        """Sentences about values that may be wrong but do not stand in the way, by field name."""
        return {}

    def accepted(self, name: str) -> None:
        """A field of a flow got a new value; others may follow from it (`form.fill`)."""

    def strip(self) -> list[Line]:
        """Lines between the title and the form."""
        return []

    def new_form(self) -> Form:
        """The form as it is when the screen opens."""
        return Form(self.fields(), self.values(), warn=self.warn, accepted=self.accepted)

    # -- life

    def compose(self) -> ComposeResult:
        """The form, and two lines under it."""
        yield self.lines
        yield self.status

    def on_mount(self) -> None:
        """Make the form before the first key can arrive."""
        self.form = self.new_form()
        super().on_mount()

    def place_cursor(self) -> None:
        """In the field, which may have other choices by now."""
        self.form.choices_changed()
        self.draw()

    def may_leave(self) -> str:
        """'' or the sentence that tells what typing would be lost."""
        cells = self.form.typed()
        if not cells:
            return ""
        label = t(cells[0].field.label)
        if len(cells) == 1:
            return t("“{field}” is not saved.", field=label)
        return tn(
            "“{field}” and {n} more field are not saved.",
            "“{field}” and {n} more fields are not saved.",
            len(cells) - 1,
            field=label,
        )

    def action_app_back(self) -> None:
        """Close; where typing would be lost, ask first."""
        if unsaved := self.may_leave():
            self.ask(f"{unsaved} {t('Leave without it?')}", self.close)
        else:
            self.close()

    # -- keys

    def typed(self, key: str, character: str | None) -> None:
        """Characters go into the field, other keys do their action, or else edit the field."""
        if kept := self._reads_only(key, character):
            self.say(kept)
        elif character is not None and character.isprintable():
            self.form.current.take(key, character)
            self.draw()
        elif self.form.current.field.kind is Kind.LINES and self._in_lines(key):
            self.draw()
        elif self.action_of(key) is not None:
            super().typed(key, character)
        elif self.form.current.take(key, character):
            self.draw()
        elif self.form.current.masked:
            self.say(t("{key} shows what is hidden here.", key=self.session.keymap.label("form.reveal")))
        else:
            self.other_key(key, character)

    def pasted(self, text: str) -> None:
        """Pasted text goes into the field, as text."""
        if kept := self._reads_only("", text[:1]):
            self.say(kept)
            return
        self.form.current.insert(text)
        self.draw()

    def _reads_only(self, key: str, character: str | None) -> str:
        """'' or why the key may not change the field: told before anything is typed in vain."""
        if not (self.writes and self.session.rights.reads_only):
            return ""
        chooses = key in ("left", "right") and self.form.current.field.kind is Kind.CHOICE
        types = character is not None and character.isprintable()
        return t(READS_ONLY) if types or chooses or key in ("backspace", "delete") else ""

    def _in_lines(self, key: str) -> bool:
        """Enter, Up and Down inside a text of several lines; False where the key leaves it."""
        edit = self.form.current.edit
        if key == "enter":
            edit.insert("\n")
            return True
        if key not in ("up", "down"):
            return False
        spans = wrapped_spans(edit.text, value_room(self.form, self.size.width))
        row = row_of(spans, edit.cursor) + (1 if key == "down" else -1)
        if not 0 <= row < len(spans):
            return False
        column = edit.cursor - spans[row_of(spans, edit.cursor)][0]
        edit.move(min(spans[row][0] + column, spans[row][1]))
        return True

    def action_form_next(self) -> None:
        """The next field."""
        self._move(1)

    def action_form_previous(self) -> None:
        """The field before."""
        self._move(-1)

    def action_form_page_down(self) -> None:
        """The next section."""
        self._move_section(1)

    def action_form_page_up(self) -> None:
        """The beginning of this section, or the section before."""
        self._move_section(-1)

    def action_form_enter(self) -> None:
        """The next field; at the end of the form, what Ctrl+S does."""
        if not self._move(1):
            self.action_form_save()

    def action_form_reveal(self) -> None:
        """Show or hide the number in this field."""
        cell = self.form.current
        if cell.field.hidden is None:
            self.say(t("Nothing is hidden here."))
            return
        cell.revealed = not cell.revealed
        self.draw()

    def action_form_undo(self) -> None:
        """Take back what is being typed in this field."""
        self.form.current.restore()
        self.draw()

    def action_form_redo(self) -> None:
        """Nothing to do again before anything is stored."""
        self.say(t("There is nothing to do again."))

    def action_form_save(self) -> None:
        """Save, or go on."""
        raise NotImplementedError

    def action_form_more(self) -> None:
        """What else can be done here."""
        self.say(t("There is nothing else to do here."))

    def action_form_history(self) -> None:
        """Who changed the record, and when."""
        self.say(t("There is no history here."))

    def _move(self, step: int) -> bool:
        moved = self.form.move(step)
        self.draw()
        return moved

    def _move_section(self, step: int) -> None:
        self.form.move_section(step)
        self.draw()

    # -- drawing

    @property
    def room(self) -> int:
        """How many lines of the form fit."""
        return max(1, self.size.height - 3 - len(self.strip()))

    def upper_line(self) -> Line:
        """The choices of the field, or what can be typed there."""
        cell = self.form.current
        if cell.field.kind is not Kind.CHOICE:
            return ((f" {t(cell.field.hint)}", "dim"),)
        # Where nothing fits what was typed, what could be typed is of more use than an empty line.
        names = [choice.label for choice in cell.matches() or cell.all_choices()]
        if not names:
            hint = cell.field.hint or N_("There is nothing to choose yet.")
            return ((f" {t(hint)}", "dim"),)
        here = names.index(cell.edit.text) if cell.edit.text in names else -1
        if here < 0 and cell.query and cell.matches():
            here = 0
        all_fit = sum(cell_len(name) + 2 for name in names) + 4 <= self.size.width
        first = 0 if all_fit else max(0, here)
        pieces: list[tuple[str, str]] = [(" ←→ ", "dim")]
        for place, name in enumerate(names[first : first + 12], first):
            pieces += [(name, "cursor" if place == here else "dim"), ("  ", "plain")]
        return tuple(pieces)

    def draw(self) -> None:
        """The title, the part of the form around the current field, and the lines below."""
        if not self.form.cells or not self.size.height:
            return
        width, room, strip = self.size.width, self.room, self.strip()
        form = drawn(self.form, width)
        if form.last >= self.top + room or form.first < self.top:
            # Half a page at a time: each line that moves is sent again.
            self.top = form.first - room // 2
        self.top = max(0, min(self.top, form.first, len(form.lines) - room))
        self.top = max(self.top, form.last - room + 1)
        shown = form.lines[self.top : self.top + room]
        shown += [()] * (room - len(shown))
        self.lines.show([title_line(self.heading(), width), *strip, *shown])
        self.app.cursor_position = Offset(form.x, 1 + len(strip) + form.y - self.top)
        self.show_status()


class RecordScreen(FormScreen):
    """A form whose fields are stored one by one, each as a step that undo takes back."""

    words: ClassVar[dict[str, Hint]] = {
        "form.enter": (1, N_("next field")),
        "form.undo": (2, N_("undo")),
        "form.history": (3, N_("history")),
        "app.help": (4, N_("help")),
        "app.back": (1, N_("back")),
    }

    def save_field(self, name: str, value: Value) -> str:
        """Store a new value; '' or the sentence why it was not stored. May raise StoreError for that, too."""
        raise NotImplementedError

    def _saved(self, name: str, value: Value) -> str:
        """Store a new value; where that is refused, show what is stored by now."""
        try:
            return self.save_field(name, value)
        except StoreError as problem:
            self.form.take_values(self.values())
            return problem.text

    def history_rows(self) -> Sequence[Row]:
        """The rows (`(table, id)`) whose history is that of the record; none: it has no history."""
        return ()

    def history_name(self) -> str:
        """What the history calls the record."""
        return self.heading()

    def action_form_history(self) -> None:
        """Who changed the record, and when; any change can be taken back there."""
        from hrtui.screens.history.record import RecordHistoryScreen

        if self.history_rows():
            self.app.push_screen(RecordHistoryScreen(self.session, self.history_name(), self.history_rows))
        else:
            super().action_form_history()

    def new_form(self) -> Form:
        """A form that stores each field when it is left."""
        return Form(self.fields(), self.values(), save=self._saved, warn=self.warn)

    def action_form_enter(self) -> None:
        """The next field; on the last one, only store it."""
        if not self._move(1) and not self.form.current.problem:
            self.tell(t("This is the last field; everything is saved."))

    def action_form_save(self) -> None:
        """Store the field; the others are stored already."""
        self.form.settle()
        if unsaved := self.may_leave():
            self.say(unsaved)
        else:
            self.tell(t("Everything is saved."))
        self.draw()

    def action_app_back(self) -> None:
        """Store the field and close; a text that cannot be stored is not thrown away without asking."""
        self.form.settle()
        super().action_app_back()
        if self.is_current:
            self.draw()

    def action_form_undo(self) -> None:
        """Take back what is being typed in this field, or else the last step."""
        if self.form.current.typed:
            super().action_form_undo()
        else:
            take_back(self)

    def action_form_redo(self) -> None:
        """Do the step again that was taken back."""
        do_again(self)

    def store_changed(self) -> None:
        """Show what is stored now; texts that are being typed stay."""
        self.form.take_values(self.values())
        self.draw()


class FlowScreen(FormScreen):
    """A form that is filled in and then handed over as a whole.

    Making one that only writes raises StoreError where the clerk may change nothing.
    """

    words: ClassVar[dict[str, Hint]] = {
        "form.enter": (1, N_("next field")),
        "form.save": (1, N_("save")),
        "app.help": (3, N_("help")),
        "app.back": (1, N_("back")),
    }

    only_writes: ClassVar[bool] = False
    """Whether the form shows nothing stored, so that it is of no use to whoever may change nothing."""

    def __init__(self, session: Session) -> None:
        if self.only_writes:
            refuse_writing(session.store, session.employer.id)
        super().__init__(session)
        self._start: dict[str, Value] = {}

    def submit(self, values: dict[str, Value]) -> None:
        """Do what the form is for; every value has been accepted."""
        raise NotImplementedError

    def new_form(self) -> Form:
        """The form with the values it starts from."""
        form = super().new_form()
        self._start = form.values
        return form

    def may_leave(self) -> str:
        """'' or that something was filled in."""
        if self.form.values == self._start and not self.form.typed():
            return ""
        return t("This form is not saved.")

    def action_form_save(self) -> None:
        """Check all fields, and hand them over; else go to the first one that will not do."""
        if self.form.settle_all():
            self.submit(self.form.values)
        else:
            self.say(self.form.current.problem)
        if self.is_current:
            self.draw()
