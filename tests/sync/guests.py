"""People whom the backend erases while clerks work: nothing of them may stay, and nothing else may go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from hrtui.backend.documents.store import documents_of
from hrtui.backend.personal import leaving, ledger
from hrtui.domain.day import Entry
from hrtui.store.changes import RowChange
from tests.sync.world import FIRST_TYPE, PEOPLE, TENANT, Clerk, Server

_DAY = date(2026, 9, 16)
_TABLES = ("row_state", "change", "receipt", "parked", "audit", "commit_log", "command_receipt")
WHAT = ("street", "other street", "day", "long day", "job", "with others")


def erase(server: Server, person_id: int, *, cases_only: bool = False) -> None:
    """What `hrtui admin erase` does once the law allows it."""
    documents = documents_of(server.config(), server.database)
    places = leaving.Places(server.database, documents, ledger.ledger_of(server.config()))
    leaving.leave(places, TENANT, person_id, "", cases_only=cases_only)


def everything(clerk: Clerk) -> str:
    """All that the clerk's database holds, as text."""
    con = clerk.store.con
    tables = [name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return "\n".join(str(row) for name in tables for row in con.execute(f"SELECT * FROM {name}"))


class Guests:
    """People by id, each with a word that stands in all that is entered about them."""

    def __init__(self) -> None:
        self.words: dict[int, str] = {}
        self.erased: set[int] = set()
        self._ids = count(8_000_000_001)

    def come(self, clerk: Clerk) -> None:
        """Let a clerk make a person with a contract."""
        id_, number = next(self._ids), len(self.words)
        word = self.words[id_] = f"Onvindbaar{number}q"
        names = {"number": f"g{number}", "first_name": word, "last_name": word}
        found_by = {"sort_name": word, "search_text": word}
        person = RowChange("person", id_, None, {"employer_id": TENANT, **names, **found_by})
        contract = {"person_id": id_, "start_date": "2026-01-01", "job_title": word}
        clerk.write([person, RowChange("contract", next(self._ids), None, contract)], f"New: {word}")

    def change(self, clerk: Clerk, id_: int, what: str) -> None:
        """Let a clerk enter something about one, where they see them."""
        if not _sees(clerk, id_):
            return
        text = f"{self.words[id_]} {what}"
        if what in ("day", "long day"):
            clerk.enter(id_, _DAY, Entry(FIRST_TYPE, 228 if what == "day" else 456))
        elif what == "job":
            self._change_job(clerk, id_, text)
        elif what == "with others":
            self._with_others(clerk, id_, text)
        else:
            clerk.change("person", id_, street=text)

    def _change_job(self, clerk: Clerk, id_: int, text: str) -> None:
        """A change of a row that does not say itself whom it is about."""
        query = "SELECT id FROM contract WHERE person_id = ? ORDER BY id"
        row = clerk.store.con.execute(query, (id_,)).fetchone()
        if row is not None:
            clerk.change("contract", row[0], job_title=text)

    def _with_others(self, clerk: Clerk, id_: int, text: str) -> None:
        """One step about the person and somebody who stays, whose new team may be deleted elsewhere."""
        (team_id,) = clerk.store.con.execute("SELECT max(id) FROM team").fetchone()
        wanted = [(id_, "street", text), (PEOPLE[0], "team_id", team_id)]
        changes = []
        for person_id, column, new in wanted:
            query = f"SELECT {column} FROM person WHERE id = ?"
            (old,) = clerk.store.con.execute(query, (person_id,)).fetchone()
            if old != new:
                changes.append(RowChange("person", person_id, {column: old}, {column: new}))
        clerk.write(changes, f"{text}: {self.words[id_]} {self.words[id_]} and a colleague")

    def known(self, server: Server) -> list[int]:
        """Those whom the backend knows, or knew until somebody deleted them."""
        with server.database.transaction(TENANT, read_only=True) as con:
            rows = con.all("SELECT row_id FROM row_state WHERE tenant_id = ? AND entity = 'person'", TENANT)
        known = {id_ for (id_,) in rows} - self.erased
        return [id_ for id_ in self.words if id_ in known]

    def erase(self, server: Server, id_: int) -> None:
        """Erase one."""
        self.erased.add(id_)
        erase(server, id_)

    def about(self, edits: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, set[int]]:
        """Which operations of mutations are about somebody who was erased: nobody may know their fate."""
        rows = {(entity, id_) for id_ in self.erased for entity in ("person", "day")}
        rows |= {(op["e"], op["id"]) for ops in edits.values() for op in ops if self._names(op)}
        found = {
            uid: {place for place, op in enumerate(ops) if (op["e"], op["id"]) in rows}
            for uid, ops in edits.items()
        }
        return {uid: places for uid, places in found.items() if places}

    def check(self, server: Server, staff: Sequence[Clerk]) -> None:
        """After quiet nothing is left of who was erased, at the backend and at every clerk."""
        with server.database.transaction(TENANT, read_only=True) as con:
            kept = "\n".join(
                str(con.all(f"SELECT * FROM {table} WHERE tenant_id = ?", TENANT)) for table in _TABLES
            )
        texts = {"the backend": kept, **{clerk.name: everything(clerk) for clerk in staff}}
        for id_ in self.erased:
            for who, text in texts.items():
                assert self.words[id_] not in text, f"{who} still knows {self.words[id_]}"
            assert not [clerk.name for clerk in staff if _sees(clerk, id_)]

    def _names(self, op: Mapping[str, Any]) -> bool:
        change = (op.get("units") or {}).get("person_id") or {}
        return not self.erased.isdisjoint({change.get("base"), change.get("new")} - {None})


def _sees(clerk: Clerk, id_: int) -> bool:
    return clerk.store.con.execute("SELECT 1 FROM person WHERE id = ?", (id_,)).fetchone() is not None
