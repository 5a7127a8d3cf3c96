"""Lists in columns: find while typing, sort, mark, a cursor, and only the rows in view read and drawn.

A `TableScreen` keeps the ids of all rows; the texts of a row are asked for only when it comes into view, so
that 20,000 rows open and scroll like twenty. A screen overrides `heading`, `columns`, `find`, `rows` and
`open_row`, and where it needs them `in_words`, `hints`, `history_rows` and the actions for new, delete, edit
and filter. Characters go into the search text, so that the keys of a list are never letters; Space marks
unless a text is being typed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.geometry import Offset

from hrtui.i18n import N_, t, tn
from hrtui.screens.asking import AskingScreen
from hrtui.screens.places import why_kept
from hrtui.screens.session import Session
from hrtui.screens.undoing import do_again, take_back
from hrtui.store.record_history import Row as StoredRow
from hrtui.widgets.cells import MARKED
from hrtui.widgets.hints import Hint
from hrtui.widgets.line_edit import LineEdit
from hrtui.widgets.lines import Line, Lines, Piece, cut, fitted

_FRAME = 4
"""Lines that are not rows: title, heads and two at the bottom."""
_LEAST = 8
"""A column that takes the rest of the width has at least this many columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its (untranslated) head and width; 0 takes what the others leave.

    `least` is the narrowest terminal that shows it. `sort` names the order that `find` gets for it; the
    columns that have one are gone through by the sort key.
    """

    label: str
    width: int = 0
    right: bool = False
    least: int = 0
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of one row by column; a `dim` one is there only on request (inactive, out of service)."""

    texts: Sequence[str]
    dim: bool = False


class TableScreen(AskingScreen):
    """A list of rows with ids."""

    scopes: ClassVar[tuple[str, ...]] = ("table", "list")
    words: ClassVar[dict[str, Hint]] = {
        "list.choose": (1, N_("open")),
        "table.new": (2, N_("new")),
        "table.mark": (3, N_("mark")),
        "table.sort": (4, N_("sort")),
        "app.help": (5, N_("help")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = ()
    marks_outlive_filter: ClassVar[bool] = False
    """Whether a row that the list no longer shows stays marked, since it is only filtered out."""
    words_whole: ClassVar[bool] = False
    """Whether the row in words takes lines of the list where one is not enough, rather than being cut."""
    adds_here: ClassVar[bool] = True
    """Whether what is added to the list belongs to the employer that is open."""
    removes_here: ClassVar[bool] = True
    """Whether what is removed from it does."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.lines = Lines(session.palette)
        self.edit = LineEdit()
        self.ids: list[int] = []
        self.marks: set[int] = set()
        self.cursor = 0
        self.top = 0
        self.order = next((column.sort for column in self.columns if column.sort), "")
        self.with_inactive = False
        self._searching = False
        self._rows: dict[int, Row] = {}

    @property
    def takes_text(self) -> bool:
        """Always: characters search."""
        return True

    # -- for the screens

    def heading(self) -> str:
        """What the list is of."""
        raise NotImplementedError

    def find(self, text: str) -> Sequence[int]:
        """The ids of the rows that fit the search text, in the order of `self.order`."""
        raise NotImplementedError

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The texts of these rows."""
        raise NotImplementedError

    def open_row(self, row_id: int) -> None:
        """What Enter does."""
        raise NotImplementedError

    def in_words(self) -> str:
        """The row under the cursor in words, if the columns do not say it all."""
        return ""

    def foot(self) -> Sequence[Line]:
        """Lines below the list that hold of all of it."""
        return ()

    def nothing(self) -> str:
        """What stands in an empty list."""
        text = self.edit.text.strip()
        return t("Nothing here is called “{text}”.", text=text) if text else t("There is nothing here yet.")

    @property
    def current(self) -> int | None:
        """The id of the row under the cursor; None in an empty list."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    @property
    def chosen(self) -> list[int]:
        """The marked rows in the order of the list, else the one under the cursor."""
        if self.marks:
            shown = [row_id for row_id in self.ids if row_id in self.marks]
            return shown + sorted(self.marks.difference(shown))
        return [] if self.current is None else [self.current]

    def reload(self, *, keep: int | None = None) -> None:
        """Read the list anew; the cursor stays on its row (or goes to `keep`), else near where it was."""
        wanted = self.current if keep is None else keep
        self._rows.clear()
        self.ids = list(self.find(self.edit.text))
        if not (self.edit.text or self.marks_outlive_filter):
            self.marks.intersection_update(self.ids)
        if wanted in self.ids:
            self.cursor = self.ids.index(wanted)
        self.cursor = max(0, min(self.cursor, len(self.ids) - 1))
        self.draw()

    # -- life

    def compose(self) -> ComposeResult:
        """The list, and two lines under it."""
        yield self.lines
        yield self.status

    def on_mount(self) -> None:
        """Read the list before the first key can arrive."""
        self.ids = list(self.find(""))
        super().on_mount()

    def store_changed(self) -> None:
        """Another program, or a screen above, wrote to the database."""
        self.reload()

    # -- keys

    def typed(self, key: str, character: str | None) -> None:
        """Characters narrow the list down; Space marks unless they are being typed."""
        printable = character is not None and character.isprintable()
        if printable and not (character == " " and not self._searching):
            self._search(key, character)
        elif key in ("backspace", "ctrl+u") and self.edit.text:
            self._search(key, None)
        elif self.action_of(key) is not None:
            self._searching = False
            super().typed(key, character)
        else:
            self.other_key(key, character)

    def run_action_id(self, action_id: str) -> None:
        """Whoever may add or remove nothing is told before a form is filled in or a question asked for it."""
        here = {"table.new": self.adds_here, "table.delete": self.removes_here}.get(action_id, False)
        if here and (kept := why_kept(self.session, action_id)):
            self.say(kept)
        else:
            super().run_action_id(action_id)

    def pasted(self, text: str) -> None:
        """Pasted text is searched for."""
        self.edit.insert(text)
        self._found()

    def _search(self, key: str, character: str | None) -> None:
        self.edit.take(key, character)
        self._searching = bool(self.edit.text)
        self._found()

    def _found(self) -> None:
        self.ids = list(self.find(self.edit.text))
        self.cursor = self.top = 0
        self.draw()

    def action_app_back(self) -> None:
        """Drop the search text, then the marks; with neither, close."""
        if self.edit.text:
            self.edit = LineEdit()
            self._searching = False
            self.reload()
        elif self.marks:
            self.marks.clear()
            self.draw()
        else:
            self.close()

    def action_list_up(self) -> None:
        """One row up."""
        self.move(-1)

    def action_list_down(self) -> None:
        """One row down."""
        self.move(1)

    def action_list_page_up(self) -> None:
        """One screen up."""
        self.move(-self.room)

    def action_list_page_down(self) -> None:
        """One screen down."""
        self.move(self.room)

    def action_list_first(self) -> None:
        """To the top."""
        self.move(-len(self.ids))

    def action_list_last(self) -> None:
        """To the end."""
        self.move(len(self.ids))

    def action_list_choose(self) -> None:
        """Open the row under the cursor."""
        if self.current is None:
            self.say(self.nothing())
        else:
            self.open_row(self.current)

    def action_table_mark(self) -> None:
        """Mark or unmark the row, and go down."""
        if self.current is not None:
            self.marks ^= {self.current}
            self.move(1)

    def action_table_mark_all(self) -> None:
        """Mark every row that is listed; when all are, none."""
        self.marks = (
            self.marks - set(self.ids) if self.marks.issuperset(self.ids) else self.marks | {*self.ids}
        )
        self.draw()

    def action_table_sort(self) -> None:
        """Sort by the next column."""
        orders = [column.sort for column in self.columns if column.sort]
        if len(orders) < 2:
            self.say(t("This list has one order only."))
            return
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.reload()
        label = next(column.label for column in self.columns if column.sort == self.order)
        self.tell(t("Sorted by: {column}", column=t(label)))

    def action_table_inactive(self) -> None:
        """Show those too that are left out."""
        self.with_inactive = not self.with_inactive
        self.reload()

    def action_table_filter(self) -> None:
        """Nothing to filter by, unless the screen says so."""
        self.say(t("Type to find something in this list."))

    def action_table_new(self) -> None:
        """Nothing can be added, unless the screen says how."""
        self.say(t("Nothing can be added to this list."))

    def action_table_delete(self) -> None:
        """Nothing can be removed, unless the screen says how."""
        self.say(t("Nothing can be removed from this list."))

    def action_table_edit(self) -> None:
        """What the screen does to the marked rows; nothing unless it says so."""
        self.say(t("There is nothing to do for several rows at once here."))

    def history_rows(self, row_id: int) -> Sequence[StoredRow]:
        """The rows (`(table, id)`) whose history is that of the line; none: it has no history."""
        return ()

    def history_name(self, row_id: int) -> str:
        """What the history calls the line: its first column, unless the screen says otherwise."""
        return self._rows[row_id].texts[0] if row_id in self._rows else self.heading()

    def action_table_history(self) -> None:
        """Who changed the record, and when; any change can be taken back there."""
        from hrtui.screens.history.record import RecordHistoryScreen

        row_id = self.current
        if row_id is None or not self.history_rows(row_id):
            self.say(t("There is no history here."))
            return
        screen = RecordHistoryScreen(
            self.session, self.history_name(row_id), lambda: self.history_rows(row_id)
        )
        self.app.push_screen(screen)

    def action_table_more(self) -> None:
        """What else there is to do, where the screen has more."""
        self.say(t("There is nothing else to do here."))

    def action_table_previous(self) -> None:
        """The period before, where the list is of one."""
        self.say(t("This list has no periods."))

    def action_table_next(self) -> None:
        """The period after, where the list is of one."""
        self.say(t("This list has no periods."))

    def action_table_save(self) -> None:
        """Carry out what the list shows, where it shows something to come."""
        self.say(t("Everything is saved."))

    def action_table_undo(self) -> None:
        """Take back the last step."""
        take_back(self)

    def action_table_redo(self) -> None:
        """Do the step again that was taken back."""
        do_again(self)

    def move(self, rows: int) -> None:
        """Move the cursor; the list follows by half a screen, as each row that moves is sent again."""
        self.cursor = max(0, min(self.cursor + rows, len(self.ids) - 1))
        self.draw()

    # -- drawing

    @property
    def room(self) -> int:
        """How many rows fit."""
        return max(1, self.size.height - _FRAME - len(self._below()))

    def place_cursor(self) -> None:
        """At the row."""
        self.draw()

    def upper_line(self) -> Line:
        """How many are marked, and the row in words."""
        return ((f" {self._words()[-1]}", "plain"),)

    def _below(self) -> list[Line]:
        """The lines below the list: those of all of it, and of the row in words all but the last one."""
        return [*self.foot(), *(((f" {words}", "plain"),) for words in self._words()[:-1])]

    def _words(self) -> list[str]:
        marked = tn("{n} marked", "{n} marked", len(self.marks)) if self.marks else ""
        words = "  ".join(filter(None, (marked, self.in_words())))
        broken = textwrap.wrap(words, max(_LEAST, self.size.width - 1)) if self.words_whole else []
        return broken or [words]

    def draw(self) -> None:
        """All lines in view; those that look the same are not sent again."""
        if not self.size.height:
            return
        if not self.top <= self.cursor < self.top + self.room:
            self.top = self.cursor - self.room // 2
        self.top = max(0, min(self.top, len(self.ids) - self.room))
        shown = self.ids[self.top : self.top + self.room]
        missing = [row_id for row_id in shown if row_id not in self._rows]
        if missing:
            self._rows.update(self.rows(missing))
        widths = self._widths()
        lines = [self._title_line(), self._heads(widths)]
        lines += [
            self._row(row_id, widths, place == self.cursor) for place, row_id in enumerate(shown, self.top)
        ]
        if not shown:
            lines.append(((f" {self.nothing()}", "plain"),))
        self.lines.show([*lines, *[()] * (self.room + 2 - len(lines)), *self._below()])
        self.app.cursor_position = Offset(0, 2 + self.cursor - self.top)
        self.show_status()

    def _title_line(self) -> Line:
        head = f" {self.heading()}"
        found = f"{len(self.ids)} "
        if self.edit.text:
            head += f"  {t('Find:')} {self.edit.text}"
        width = self.size.width - cell_len(found)
        return ((fitted(head, width) + found, "title"),)

    def _widths(self) -> list[int]:
        """The width of each column; -1 for those that do not fit."""
        width = self.size.width
        shown = [column.width if width >= column.least else -1 for column in self.columns]
        used = 2 + sum(one + 1 for one in shown if one > 0)
        flexible = max(1, shown.count(0))
        rest = max(_LEAST, (width - used - flexible) // flexible)
        return [rest if one == 0 else one for one in shown]

    def _heads(self, widths: list[int]) -> Line:
        pieces: list[Piece] = [("  ", "plain")]
        for column, width in zip(self.columns, widths, strict=True):
            if width >= 0:
                slot = "bold" if column.sort and column.sort == self.order else "dim"
                pieces.append((_placed(t(column.label), width, column.right) + " ", slot))
        return tuple(pieces)

    def _row(self, row_id: int, widths: list[int], here: bool) -> Line:
        row = self._rows.get(row_id, Row([""] * len(self.columns)))
        mark = MARKED if row_id in self.marks else " "
        text = f"{mark} "
        for column, width, value in zip(self.columns, widths, row.texts, strict=True):
            if width >= 0:
                text += _placed(value, width, column.right) + " "
        slot = "cursor" if here else "dim" if row.dim else "plain"
        return ((text, slot),)


def _placed(text: str, width: int, right: bool) -> str:
    """`text` in exactly `width` columns, at their left or right end."""
    text = cut(text, width)
    return " " * (width - cell_len(text)) + text if right else fitted(text, width)
