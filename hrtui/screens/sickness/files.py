"""The files of a case or of the employer: added from this computer, read, saved again, moved, removed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from hrtui.domain.identity.problem import Value
from hrtui.i18n import N_, t, tn
from hrtui.screens.form_base import FlowScreen
from hrtui.screens.history.wording import moment_short
from hrtui.screens.menu import Item, MenuScreen
from hrtui.screens.reading import ReadingScreen
from hrtui.screens.searching import finder
from hrtui.screens.session import Session
from hrtui.screens.sickness.adding import AddingScreen, Where
from hrtui.screens.sickness.base import SickTable, day_long, desk_of
from hrtui.screens.sickness.picker import PickerScreen, size_text
from hrtui.screens.sickness.saving import ask_folder
from hrtui.screens.table import Column, Row
from hrtui.store.errors import StoreError
from hrtui.store.sickness.desk import Desk, accesses
from hrtui.store.sickness.documents import (
    DOCUMENT,
    FOLDER_NAMES,
    IMPORTED,
    OWN,
    Document,
    Folder,
    content_of,
    documents,
    move_document,
    remove_document,
    save_document,
)
from hrtui.store.sickness.outcome import name_of
from hrtui.store.sickness.records import StoredCase, cases_of_person, latest_case
from hrtui.store.sickness.remote_files import on_the_way
from hrtui.widgets.form import Form
from hrtui.widgets.form_field import Choice, FormField, Values, choice_field, whole_of
from hrtui.widgets.hints import Hint

_ACCESSES = {
    "opened": N_("opened"), "saved": N_("saved again"), "exported": N_("exported"), "erased": N_("erased"),
}  # fmt: skip


class FilesScreen(SickTable):
    """The files of one case of a person (the most recent open one at first), or of the employer."""

    words: ClassVar[dict[str, Hint]] = {
        "table.new": (1, N_("add")),
        "list.choose": (1, N_("read")),
        "table.save": (1, N_("save again")),
        "table.next": (3, N_("other case")),
        "table.more": (4, N_("more")),
        "table.undo": (5, N_("undo")),
        "app.back": (1, N_("back")),
    }
    columns: ClassVar[tuple[Column, ...]] = (
        Column(N_("File")),
        Column(N_("Folder"), 23),
        Column(N_("Size"), 8, right=True),
        Column(N_("Added"), 14),
        Column(N_("Comes from"), 14, least=96),
    )

    def __init__(
        self, session: Session, person_id: int | None, case_id: int | None, document_id: int | None = None
    ) -> None:
        super().__init__(session)
        self.person_id = person_id
        self.case_id = case_id
        if person_id is not None and case_id is None:
            self.case_id = latest_case(desk_of(session), person_id)
        self.folder: Folder | None = None
        self._first = document_id
        self._listed: dict[int, Document] = {}
        self._going: dict[str, int] = {}

    def on_mount(self) -> None:
        """Begin at the file that was chosen."""
        super().on_mount()
        if self._first in self.ids:
            self.cursor = self.ids.index(self._first)

    def heading(self) -> str:
        """Whose files, of which case and folder."""
        folder = t(FOLDER_NAMES[self.folder]) if self.folder else ""
        if self.person_id is None:
            return "  ".join(filter(None, (t("Files"), self.session.employer.name, folder)))
        case = next((one for one in self._cases() if one.id == self.case_id), None)
        since = t("ill from {day}", day=day_long(case.case.spell.first_day)) if case else ""
        return "  ".join(filter(None, (t("Files"), name_of(self.desk, self.person_id), since, folder)))

    def nothing(self) -> str:
        """No files yet."""
        if self.edit.text.strip():
            return super().nothing()
        return t("No files yet: {key} adds some.", key=self.session.keymap.label("table.new"))

    def find(self, text: str) -> Sequence[int]:
        """The files with the words in their name or folder."""
        fits = finder(text)
        self._listed = {
            one.id: one
            for one in documents(self.desk, self.case_id, self.folder)
            if fits(f"{one.name} {t(FOLDER_NAMES[one.folder])}")
        }
        self._going = on_the_way(self.desk, {one.sha256 for one in self._listed.values()})
        return list(self._listed)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """Name, folder, size, when, from whom; what is not on this computer is dim."""
        return {id_: _row(self._listed[id_]) for id_ in ids}

    def in_words(self) -> str:
        """Where the file is from, who added it, and where its content is."""
        one = self._listed.get(self.current) if self.current is not None else None
        if one is None:
            return ""
        where = "" if one.here else t("not on this computer yet")
        if one.here and one.sha256 in self._going:
            where = t("waits for the backend: {percent} % is there", percent=self._going[one.sha256])
        origin = t("imported") if one.origin == IMPORTED else ""
        return ", ".join(filter(None, (one.name, origin, where, t("added by {actor}", actor=one.actor))))

    def _cases(self) -> list[StoredCase]:
        return cases_of_person(self.session.store, self.person_id) if self.person_id is not None else []

    def open_row(self, row_id: int) -> None:
        """Read it here; what a terminal cannot show can be saved again."""
        self._with_contents([row_id], lambda: self._read(row_id))

    def _read(self, row_id: int) -> None:
        one = self._listed[row_id]
        texts = texts_of(self.desk, one)
        if texts is None:
            key = self.session.keymap.label("table.save")
            self.say(t("A terminal cannot show this kind of file: {key} saves it.", key=key))
            return
        self.app.push_screen(ReadingScreen(self.session, one.name, texts))

    def action_table_new(self) -> None:
        """Choose files of this computer."""
        if self.person_id is not None and self.case_id is None:
            self.say(t("There is no case yet: report the person sick first."))
            return
        self.app.push_screen(PickerScreen(self.session, t("Add files"), self._picked))

    def _picked(self, paths: list[Path]) -> None:
        folder = self.folder
        self.app.push_screen(AddForm(self.session, self.person_id, self.case_id, paths, folder, self._added))

    def _added(self, case_id: int | None, ids: list[int]) -> None:
        self.case_id = case_id
        self.folder = None
        self.reload(keep=ids[-1] if ids else None)

    def action_table_save(self) -> None:
        """Write the marked files, or the one under the cursor, to a folder."""
        chosen = self.chosen
        if not chosen:
            self.say(self.nothing())
            return

        def save(folder: Path) -> Path:
            written = [save_document(self.desk, id_, folder) for id_ in chosen]
            self.marks.clear()
            return written[0] if len(written) == 1 else folder

        self._with_contents(chosen, lambda: ask_folder(self, save))

    def _with_contents(self, ids: Sequence[int], then: Callable[[], None]) -> None:
        """Go on once the files are on this computer; those that only the backend has are fetched first."""
        missing = [id_ for id_ in ids if not self._listed[id_].here]
        if not missing:
            then()
        elif self.session.store.backend(self.session.employer.id):
            self.say(t("Fetching the file from the backend…"))
            self.run_worker(self._fetched(missing, then))
        else:
            self.say(t("The file is not on this computer."))

    async def _fetched(self, missing: Sequence[int], then: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(_fetch, self.session, missing)
        except StoreError as problem:
            self.say(problem.text)
            return
        self.reload()
        then()

    def action_table_delete(self) -> None:
        """Take the marked files, or this one, from the case; undo brings them back."""
        chosen = self.chosen
        if not chosen:
            return

        def yes() -> None:
            for id_ in chosen:
                remove_document(self.desk, id_)
            self.marks.clear()
            self.reload()
            self.tell(tn("{n} file is removed.", "{n} files are removed.", len(chosen)))

        self.ask(tn("Remove {n} file from the case?", "Remove {n} files from the case?", len(chosen)), yes)

    def action_table_edit(self) -> None:
        """Put the marked files, or this one, into another folder."""
        chosen = self.chosen

        def moving(folder: Folder) -> Item:
            def move() -> None:
                for id_ in chosen:
                    move_document(self.desk, id_, folder)
                self.reload()

            return Item(t(FOLDER_NAMES[folder]), "", move)

        if chosen:
            folders = [folder for folder in Folder if folder is not Folder.SPECIFICATION]
            self.app.push_screen(MenuScreen(self.session, t("To which folder?"), [*map(moving, folders)]))

    def action_table_filter(self) -> None:
        """One folder, or all of them."""

        def showing(folder: Folder | None) -> Item:
            def show() -> None:
                self.folder = folder
                self.reload()

            return Item(t(FOLDER_NAMES[folder]) if folder else t("All folders"), "", show)

        self.app.push_screen(MenuScreen(self.session, t("Which folder?"), [*map(showing, (None, *Folder))]))

    def action_table_more(self) -> None:
        """Moving, and who opened a file."""
        items = [
            Item(t("Other folder…"), t("The marked files, or this one"), self.action_table_edit),
            Item(t("Who opened it"), t("Every time the file was read or saved"), self.action_table_history),
            Item(t("Remove…"), t("Undo brings it back"), self.action_table_delete),
        ]
        self.app.push_screen(MenuScreen(self.session, t("Files"), items))

    def action_table_history(self) -> None:
        """Who opened or saved the file."""
        if self.current is None:
            return
        one = self._listed[self.current]
        texts = [
            f"{line.at.replace('T', ' ')[:16]} UTC  {line.actor}  {t(_ACCESSES.get(line.what, line.what))}"
            for line in accesses(self.desk, DOCUMENT, one.id)
        ]
        self.app.push_screen(ReadingScreen(self.session, one.name, texts or [t("Nobody opened it yet.")]))

    def action_table_previous(self) -> None:
        """The files of the person's case before."""
        self._other_case(-1)

    def action_table_next(self) -> None:
        """The files of the person's case after."""
        self._other_case(1)

    def _other_case(self, step: int) -> None:
        ids = [one.id for one in self._cases()]
        place = ids.index(self.case_id) + step if self.case_id in ids else -1
        if 0 <= place < len(ids):
            self.case_id = ids[place]
            self.reload()
        else:
            self.say(t("The person has no further case."))


class AddForm(FlowScreen):
    """Asks which case and folder chosen files go to, then adds them; `added` gets the case and the ids."""

    def __init__(
        self,
        session: Session,
        person_id: int | None,
        case_id: int | None,
        paths: Sequence[Path],
        folder: Folder | None,
        added: Callable[[int | None, list[int]], None],
    ) -> None:
        super().__init__(session)
        self._person_id = person_id
        self._case_id = case_id
        self._paths = paths
        self._folder = folder
        self._added = added

    def heading(self) -> str:
        """How many files."""
        names = ", ".join(path.name for path in self._paths[:3])
        return f"{tn('Add {n} file', 'Add {n} files', len(self._paths))}  {names}"

    def fields(self) -> Sequence[FormField]:
        """Case, folder, and whether the service sent them."""
        fields = [
            choice_field("folder", N_("Folder"), self._folders, required=True, empty=""),
            choice_field("origin", N_("Comes from"), _origins, required=True, empty=OWN),
        ]
        if (person_id := self._person_id) is not None:
            cases = choice_field("case_id", N_("Case"), lambda: self._cases(person_id), required=True)
            fields.insert(0, cases)
        return fields

    def new_form(self) -> Form:
        """The case is mostly right: begin at what is not known yet."""
        form = super().new_form()
        form.go("folder")
        return form

    def _folders(self) -> Sequence[Choice]:
        return [
            Choice(folder.value, t(FOLDER_NAMES[folder]))
            for folder in Folder
            if (folder is Folder.SPECIFICATION) <= (self._person_id is None)
        ]

    def _cases(self, person_id: int) -> Sequence[Choice]:
        found = cases_of_person(self.session.store, person_id)
        return [Choice(one.id, _case_text(one)) for one in reversed(found)]

    def values(self) -> Values:
        """The case at hand."""
        folder = self._folder.value if self._folder else ""
        return {"case_id": self._case_id, "folder": folder, "origin": OWN}

    def may_leave(self) -> str:
        """Nothing is lost."""
        return ""

    def submit(self, values: dict[str, Value]) -> None:
        """Add them."""
        case_id = whole_of(values.get("case_id"))
        where = Where(case_id, Folder(str(values["folder"])), str(values["origin"]))
        added = self._added
        self.close()
        self.app.push_screen(AddingScreen(self.session, self._paths, where, lambda ids: added(case_id, ids)))


def texts_of(desk: Desk, one: Document) -> list[str] | None:
    """The lines of a file that a terminal can show; None for pictures and office files. Logged."""
    if one.media_type.startswith("text/"):
        content = content_of(desk, one.id)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
        return _printable(text)
    if one.media_type == "application/pdf":
        return _pdf_text(content_of(desk, one.id)) or [
            t("This PDF is a picture without text: save it again.")
        ]
    return None


def _pdf_text(content: bytes) -> list[str]:
    import io

    from pypdf import PdfReader

    try:
        pages = PdfReader(io.BytesIO(content)).pages[:40]
        return _printable("\n".join(page.extract_text() for page in pages))
    # Damage of any kind gives errors of any kind; none of them may end the program.
    except Exception:
        return [t("The PDF is damaged or protected: save it again to look at it elsewhere.")]


def _printable(text: str) -> list[str]:
    lines = text.replace("\t", "    ").splitlines()
    return ["".join(sign if sign.isprintable() else "?" for sign in line) for line in lines]


def _origins() -> Sequence[Choice]:
    return [Choice(OWN, t("This office")), Choice(IMPORTED, t("Occupational service or insurer"))]


def _case_text(one: StoredCase) -> str:
    first, last = one.case.spell.first_day, one.case.spell.last_day
    if last is None:
        return t("ill from {day}", day=day_long(first))
    return t("{first} to {last}", first=day_long(first), last=day_long(last))


def _row(one: Document) -> Row:
    origin = t("imported") if one.origin == IMPORTED else t("this office")
    texts = (one.name, t(FOLDER_NAMES[one.folder]), size_text(one.size), moment_short(one.at), origin)
    return Row(texts, dim=not one.here)


def _fetch(session: Session, ids: Sequence[int]) -> None:
    """Bring the contents of files here; raises StoreError where the backend does not give them."""
    from hrtui.store.sickness.remote_files import fetch_document
    from hrtui.sync.connection import Backend

    with Backend(session.store) as backend:
        files = backend.files(session.employer.id)
        for document_id in ids:
            fetch_document(desk_of(session), document_id, files)
