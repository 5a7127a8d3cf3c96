"""A form without its screen: where the cursor is, what is typed in each field, and what was accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hrtui.domain.identity.problem import Value, short
from hrtui.i18n import t
from hrtui.store.people import fold
from hrtui.widgets.form_field import Choice, FormField, Kind, Reading, Values
from hrtui.widgets.line_edit import LineEdit, seen

Save = Callable[[str, Value], str]
"""Stores one field's new value by its name; '' or the sentence why it was not stored."""


class LinesEdit(LineEdit):
    """A text of several lines being typed."""

    def cleaned(self, text: str) -> str:
        """The text with its line breaks, as signs that can be seen."""
        return "\n".join(seen(line) for line in text.splitlines()) + ("\n" if text.endswith("\n") else "")


class Cell:
    """One field of an open form.

    `value` is what counts (in a record: what is stored), `edit` what stands in the field. They differ while
    something is `typed` that is not accepted; `problem` says why not, `warning` what may be wrong with the
    value all the same. A hidden value is `revealed` on request. `overtaken`: the value was changed elsewhere
    while something was typed, which the clerk was not told yet.
    """

    def __init__(self, field: FormField, value: Value) -> None:
        self.field = field
        self.value = value
        self.problem = ""
        self.warning = ""
        self.revealed = False
        self.overtaken = False
        self.query = ""
        self.edit: LineEdit
        self._choices: Sequence[Choice] | None = None
        self.restore()

    @property
    def typed(self) -> bool:
        """Whether the field holds a text that was not accepted (yet); empty lines around one are none."""
        if self.field.kind is Kind.LINES:
            return self.edit.text.strip() != self.shown.strip()
        return self.edit.text != self.shown

    @property
    def shown(self) -> str:
        """The text of the value."""
        if self.field.search is not None:
            return self.field.show(self.value)
        if self.field.kind is Kind.CHOICE:
            return next((c.label for c in self.all_choices() if c.value == self.value), "")
        return self.field.show(self.value)

    @property
    def masked(self) -> bool:
        """Whether the field shows signs in place of its value."""
        return self.field.hidden is not None and not self.revealed and not self.typed and bool(self.edit.text)

    def restore(self) -> None:
        """Put the value back into the field."""
        self.edit = LinesEdit(self.shown) if self.field.kind is Kind.LINES else LineEdit(self.shown)
        self.edit.chosen = self.field.kind is not Kind.LINES and bool(self.edit.text)
        self.problem = self.query = ""
        self.overtaken = False

    def take_value(self, value: Value) -> None:
        """The value was changed elsewhere; a text that is being typed stays."""
        typed = self.typed
        self.overtaken = self.overtaken or (typed and value != self.value)
        self.forget_choices()
        self.value = value
        if not typed:
            self.restore()

    def all_choices(self) -> Sequence[Choice]:
        """The choices of the field, asked for once until `forget_choices`."""
        if self._choices is None:
            self._choices = self.field.choices() if self.field.choices else ()
        return self._choices

    def forget_choices(self) -> None:
        """Ask for the choices anew the next time."""
        self._choices = None

    def matches(self) -> list[Choice]:
        """The choices that fit what is typed, best first; all of them where nothing is."""
        if self.field.search is not None:
            return list(self.field.search(self.query))
        return found_choices(self.query, self.all_choices())

    def choose(self, step: int) -> None:
        """Go to the next or previous of the fitting choices."""
        choices = self.matches()
        labels = [choice.label for choice in choices]
        if not labels:
            return
        if self.edit.text in labels:
            place = (labels.index(self.edit.text) + step) % len(labels)
        else:
            place = 0 if step > 0 else len(labels) - 1
        query = self.query
        self.edit = LineEdit(labels[place])
        self.query, self.problem = query, ""

    def take(self, key: str, character: str | None) -> bool:
        """Edit the text with one key; says whether the key had a meaning here."""
        if self.field.kind is Kind.FIXED:
            return False
        if self.field.kind is Kind.CHOICE:
            if key in ("left", "right"):
                self.choose(1 if key == "right" else -1)
                return True
            if character == " " and (self.edit.chosen or not self.edit.text):
                self.choose(1)
                return True
        if self.masked and not (character and character.isprintable()):
            # Editing what cannot be seen would garble it: erasing takes all of it, moving does nothing.
            if key not in ("backspace", "delete"):
                return False
            self.edit = LineEdit()
        elif not self.edit.take(key, character):
            return False
        self._edited()
        return True

    def insert(self, text: str) -> None:
        """Put pasted text in."""
        if self.field.kind is not Kind.FIXED:
            self.edit.insert(text)
            self._edited()

    def insert_instead(self, text: str) -> None:
        """Put text in the place of what is there."""
        self.edit.chosen = True
        self.insert(text)

    def _edited(self) -> None:
        self.problem = ""
        self.query = self.edit.text if self.field.kind is Kind.CHOICE else ""

    def read(self, values: Values) -> Reading:
        """What the text in the field comes to."""
        text = self.edit.text
        if not text.strip():
            needed = t("This must be filled in.") if self.field.required else ""
            return Reading(self.field.empty, needed)
        if self.field.kind is Kind.FIXED:
            return Reading(self.value)
        if self.field.kind is not Kind.CHOICE:
            return self.field.read(text, values)
        matches = self.matches()
        found = [choice for choice in (*matches, *self.all_choices()) if choice.label == text] or matches
        if not found:
            return Reading(problem=t("None of the choices is called “{text}”.", text=short(text)))
        return Reading(found[0].value)


class Form:
    """Fields to fill in from top to bottom.

    With `save`, each field is stored as soon as it is left with a new value; without, `values` collects them.
    `warn` looks at all values and gives the sentences of what may be wrong, by field name; `accepted` is told
    of each field that got a new value, and may fill in others with `fill`.
    """

    def __init__(
        self,
        fields: Sequence[FormField],
        values: Values,
        *,
        save: Save | None = None,
        warn: Callable[[Values], dict[str, str]] | None = None,
        accepted: Callable[[str], None] | None = None,
    ) -> None:
        self.cells = [Cell(field, values.get(field.name, field.empty)) for field in fields]
        self._save = save
        self._warn = warn
        self._accepted = accepted
        self._at = 0
        self.refresh_warnings()
        self._at = next((i for i, cell in enumerate(self.cells) if self._enterable(cell)), 0)

    @property
    def current(self) -> Cell:
        """The field that the cursor is in."""
        return self.cells[self._at]

    @property
    def values(self) -> dict[str, Value]:
        """All values, typed texts that were not accepted left out."""
        return {cell.field.name: cell.value for cell in self.cells}

    def visible(self) -> list[Cell]:
        """The fields that are there, by the values of the others."""
        values = self.values
        return [cell for cell in self.cells if cell.field.when is None or cell.field.when(values)]

    def cell(self, name: str) -> Cell:
        """The field of that name."""
        return next(cell for cell in self.cells if cell.field.name == name)

    def _enterable(self, cell: Cell) -> bool:
        shown = cell.field.when is None or cell.field.when(self.values)
        return shown and cell.field.kind is not Kind.FIXED

    def settle(self) -> bool:
        """Accept what stands in the current field; False (with its `problem` set) where that cannot be."""
        cell = self.current
        left_empty = cell.field.required and self._save is None and not cell.edit.text.strip()
        if not cell.typed and not left_empty:
            return True
        reading = cell.read(self.values)
        if reading.problem:
            cell.problem = reading.problem
            return False
        if reading.value != cell.value and self._save is not None:
            if cell.overtaken:
                cell.problem = t(
                    "This was changed elsewhere meanwhile. Nothing was saved: look at it and save again."
                )
            else:
                cell.problem = self._save(cell.field.name, reading.value)
            if cell.problem:
                cell.overtaken = False
                return False
        new = reading.value != cell.value
        cell.value = reading.value
        cell.restore()
        if new and self._accepted is not None:
            self._accepted(cell.field.name)
        self.refresh_warnings()
        return True

    def fill(self, name: str, value: Value) -> None:
        """Give a field that is still empty a value that follows from another one."""
        cell = next((cell for cell in self.cells if cell.field.name == name), None)
        if cell is not None and cell.value == cell.field.empty and not cell.typed:
            cell.take_value(value)

    def choices_changed(self) -> None:
        """What can be chosen may be called otherwise by now, or be more; what is typed stays."""
        for cell in self.cells:
            if cell.field.choices is None:
                continue
            if cell.problem:
                cell.forget_choices()
            else:
                cell.take_value(cell.value)

    def texts(self) -> dict[str, str]:
        """The texts that were typed and not accepted, by field."""
        return {cell.field.name: cell.edit.text for cell in self.cells if cell.typed}

    def put_texts(self, texts: Mapping[str, str]) -> None:
        """Put such texts back."""
        for cell in self.cells:
            if cell.field.name in texts:
                cell.insert_instead(texts[cell.field.name])
                cell.problem = cell.read(self.values).problem

    def settle_all(self) -> bool:
        """Accept every field; False with the cursor in the first one where that cannot be."""
        first = None
        for place, cell in enumerate(self.cells):
            # Asked for each anew: a field above may have made this one appear, or go.
            if cell.field.when is not None and not cell.field.when(self.values):
                continue
            self._at = place
            if not self.settle() or (cell.field.required and not cell.edit.text.strip()):
                cell.problem = cell.problem or cell.read(self.values).problem
                first = self._at if first is None else first
        if first is not None:
            self._at = first
        return first is None

    def move(self, step: int) -> bool:
        """Settle the field and go `step` fields on (or back); False where there is no further field."""
        self.settle()
        place = self._at
        left = abs(step)
        while left and 0 <= (following := place + (1 if step > 0 else -1)) < len(self.cells):
            place = following
            if self._enterable(self.cells[place]):
                self._at = place
                left -= 1
        self._entered()
        return left == 0

    def move_section(self, step: int) -> bool:
        """Settle the field and go to the next section (or the beginning of this one, or the one before)."""
        self.settle()
        cells = [cell for cell in self.visible() if cell.field.kind is not Kind.FIXED]
        starts = [
            cell
            for before, cell in zip([None, *cells], cells, strict=False)
            if before is None or before.field.section != cell.field.section
        ]
        places = [self.cells.index(cell) for cell in starts]
        if step > 0:
            further = [place for place in places if place > self._at]
            target = further[0] if further else self.cells.index(cells[-1])
        else:
            target = max((place for place in places if place < self._at), default=self._at)
        moved, self._at = target != self._at, target
        self._entered()
        return moved

    def go(self, name: str) -> None:
        """Put the cursor into the field of that name, without settling the one it is in."""
        self._at = self.cells.index(self.cell(name))
        self._entered()

    def _entered(self) -> None:
        edit = self.current.edit
        edit.cursor = len(edit.text)
        kind = self.current.field.kind
        # A text that names no choice is no beginning of another one.
        again = not self.current.typed or kind is Kind.CHOICE
        edit.chosen = bool(edit.text) and again and kind is not Kind.LINES

    def typed(self) -> list[Cell]:
        """The fields with a text that was not accepted."""
        return [cell for cell in self.visible() if cell.typed]

    def take_values(self, values: Values) -> None:
        """The values were changed elsewhere; texts that are being typed stay."""
        for cell in self.cells:
            if cell.field.name in values:
                cell.take_value(values[cell.field.name])
        self.refresh_warnings()

    def refresh_warnings(self) -> None:
        """Look again at what may be wrong."""
        found = self._warn(self.values) if self._warn else {}
        for cell in self.cells:
            cell.warning = found.get(cell.field.name, "")


def found_choices(query: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that fit a typed text: the code first, then how early in the label it stands."""
    wanted = fold(query)
    if not wanted:
        return list(choices)
    ranks: list[tuple[int, int, Choice]] = []
    for place, choice in enumerate(choices):
        label = fold(choice.label)
        if fold(choice.code) == wanted or label == wanted:
            ranks.append((0, place, choice))
        elif label.startswith(wanted):
            ranks.append((1, place, choice))
        elif f" {wanted}" in label:
            ranks.append((2, place, choice))
        elif all(word in label for word in wanted.split()):
            ranks.append((3, place, choice))
    return [choice for _, _, choice in sorted(ranks, key=lambda rank: rank[:2])]
