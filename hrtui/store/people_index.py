"""Finding people as one types: names, numbers and teams in memory, kept up by the operation log."""

from __future__ import annotations

import json
import re
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from hrtui import clock
from hrtui.store.by_ids import marks, portions
from hrtui.store.people import fold, full_name
from hrtui.store.store import Store

_PARTS = re.compile(r"[^\w]+|_")
_READ_ANEW = 1000
"""From so many changed people on, reading all of them is faster than one by one."""


class Sort(StrEnum):
    """What the list of people is sorted by; equal ones follow by name."""

    NAME = "name"
    NUMBER = "number"
    TEAM = "team"
    STATUS = "status"
    START = "start"
    END = "end"


class PersonLine(NamedTuple):
    """A person in the list; dates are ISO text of the contract that runs, else the next or the last one.

    `status` is the worker status of that contract. Out of service means archived, or all contracts ended.
    """

    id: int
    number: str
    name: str
    team: str
    status: str
    start: str
    end: str
    out_of_service: bool
    team_id: int | None
    provider_link_id: int | None
    sort_name: str
    search_text: str


class PeopleIndex:
    """The people of one employer on a day; `refresh` takes in what any terminal wrote since."""

    def __init__(self, store: Store, employer_id: int, today: date) -> None:
        self.store = store
        self.employer_id = employer_id
        self.today = today
        self._lines: dict[int, PersonLine] = {}
        self._step = 0
        self._by_name: list[int] = []
        self._sorted: dict[tuple[Sort, bool], list[int]] = {}
        self._people_of: dict[str, list[int]] = {}
        self._read_all()

    def find(
        self,
        text: str = "",
        *,
        out_of_service: bool = False,
        team_id: int | None = None,
        provider_link_id: int | None = None,
        sort: Sort = Sort.NAME,
        descending: bool = False,
    ) -> list[PersonLine]:
        """The people in whom every word of `text` occurs, in name, number or team.

        Words that begin so come first, then those that hold it, then those that are it but for a slip. Case
        and accents do not count. `out_of_service` adds those who left to those in service.
        """
        order = self._order(sort, descending)
        wanted = fold(text).split()
        if wanted:
            found = self._ranks(wanted)
            # Sorting is stable: within a rank the chosen order stays.
            order = sorted((id_ for id_ in order if id_ in found), key=found.__getitem__)
        return [
            line
            for line in map(self._lines.__getitem__, order)
            if (out_of_service or not line.out_of_service)
            and (team_id is None or line.team_id == team_id)
            and (provider_link_id is None or line.provider_link_id == provider_link_id)
        ]

    def prepare(self) -> None:
        """Collect the words that people are found by, which the first search would do otherwise."""
        self._vocabulary()

    def refresh(self) -> bool:
        """Take in what was written since; says whether anything about people, contracts or teams was."""
        newest = self._newest_step()
        if newest == self._step:
            return False
        changed = self._changed_people()
        self._step = newest
        if changed is None or len(changed) > _READ_ANEW:
            self._read_all()
            return True
        for portion in portions(sorted(changed)):
            fresh = self._read(f"AND p.id IN ({marks(len(portion))})", portion)
            for person_id in portion:
                self._replace(person_id, fresh.get(person_id))
        return bool(changed)

    def _replace(self, person_id: int, line: PersonLine | None) -> None:
        """Put one line in the place of what was known of the person; None where they are gone."""
        old = self._lines.pop(person_id, None)
        if old:
            for word in _words(old):
                if person_id in self._people_of.get(word, ()):
                    self._people_of[word].remove(person_id)
            self._by_name.remove(person_id)
        if line:
            self._lines[person_id] = line
            insort(self._by_name, person_id, key=lambda id_: (self._lines[id_].sort_name, id_))
            if self._people_of:
                for word in _words(line):
                    self._people_of.setdefault(word, []).append(person_id)
        self._sorted.clear()

    def _changed_people(self) -> set[int] | None:
        """The people touched since the last step that was read; None where a team was, so perhaps all."""
        read_anew = "SELECT EXISTS (SELECT 1 FROM step WHERE id > ? AND kind = 'snapshot')"
        if self.store.con.execute(read_anew, (self._step,)).fetchone()[0]:
            return None
        found = self.store.con.execute(
            "SELECT entity, row_id, old, new FROM operation WHERE step_id > ?"
            " AND entity IN ('person', 'contract', 'team')",
            (self._step,),
        )
        changed: set[int] = set()
        for entity, row_id, old, new in found.fetchall():
            if entity == "team":
                return None
            changed.add(row_id if entity == "person" else self._owner(row_id, old, new))
        return changed

    def _owner(self, contract_id: int, old: str | None, new: str | None) -> int:
        """Whose contract it is: its row says so, or where it is gone the operation that held all of it."""
        for text in (old, new):
            person_id = json.loads(text or "{}").get("person_id") if text else None
            if person_id is not None:
                return int(person_id)
        row = self.store.con.execute("SELECT person_id FROM contract WHERE id = ?", (contract_id,)).fetchone()
        return int(row[0]) if row else 0

    def _newest_step(self) -> int:
        return int(self.store.con.execute("SELECT coalesce(max(id), 0) FROM step").fetchone()[0])

    def _read_all(self) -> None:
        # The step first: what is written in between is read twice rather than never.
        self._step = self._newest_step()
        self._lines = self._read("", ())
        self._by_name = list(self._lines)
        self._sorted.clear()
        self._people_of.clear()

    def _read(self, condition: str, values: Sequence[object]) -> dict[int, PersonLine]:
        """The lines of the people under a condition in name order, with the contract that matters today."""
        contracts = self._contracts(condition, values)
        teams = dict(self.store.con.execute("SELECT id, name FROM team").fetchall())
        people = self.store.con.execute(
            "SELECT p.id, p.number, p.first_name, p.last_name, p.name_prefix,"
            " p.archived, p.team_id, p.provider_link_id, p.sort_name, p.search_text"
            f" FROM person p WHERE p.employer_id = ? {condition} ORDER BY p.sort_name, p.id",
            (self.employer_id, *values),
        )
        none = (False, "", "", "")
        lines: dict[int, PersonLine] = {}
        for id_, number, first, last, prefix, archived, team_id, link_id, sort_name, text in people:
            ended, start, end, status = contracts.get(id_, none)
            lines[id_] = PersonLine(
                id_, number, full_name(first, last, prefix), teams.get(team_id, ""), status, start, end,
                bool(archived) or ended, team_id, link_id, sort_name, text,
            )  # fmt: skip
        return lines

    def _contracts(self, condition: str, values: Sequence[object]) -> dict[int, tuple[bool, str, str, str]]:
        """Of each person the contract that runs, else the nearest to come, else the last one; first whether
        it has ended."""
        today = self.today.isoformat()
        query = "SELECT c.person_id, c.start_date, coalesce(c.end_date, ''), c.worker_status FROM contract c"
        if condition:
            query += f" JOIN person p ON p.id = c.person_id WHERE p.employer_id = ? {condition}"
            values = (self.employer_id, *values)
        # For all people, contracts of other employers are read along: looking up whose each is costs more.
        found = self.store.con.execute(query, values)
        kept: dict[int, tuple[bool, str, str, str]] = {}
        for person_id, start, end, status in found:
            ended = bool(end) and end < today
            other = kept.get(person_id)
            if other is None or (ended < other[0]) or (ended == other[0] and (start > other[1]) == ended):
                # Of two that have not ended the earlier one runs or comes first; of two that have, the later.
                kept[person_id] = (ended, start, end, status)
        return kept

    def _order(self, sort: Sort, descending: bool) -> list[int]:
        if sort is Sort.NAME and not descending:
            return self._by_name
        order = self._sorted.get((sort, descending))
        if order is None:
            if sort is Sort.NAME:
                order = self._by_name[::-1]
            else:
                key = _key(self._lines, sort)
                known = sorted(filter(key, self._by_name), key=key, reverse=descending)
                # Who has no value for it comes last either way.
                order = known + [id_ for id_ in self._by_name if not key(id_)]
            self._sorted[sort, descending] = order
        return order

    def _vocabulary(self) -> dict[str, list[int]]:
        """Each word of names, numbers and teams, whole and in its parts, with the people that have it."""
        if not self._people_of:
            people_of: defaultdict[str, list[int]] = defaultdict(list)
            for line in self._lines.values():
                for word in _words(line):
                    people_of[word].append(line.id)
            self._people_of = dict(people_of)
        return self._people_of

    def _ranks(self, wanted: Iterable[str]) -> dict[int, int]:
        """The people that have all the words, and how well: 0 where all begin so, more where less fits."""
        total: dict[int, int] | None = None
        for text in wanted:
            ranks: dict[int, int] = {}
            for rank, words in enumerate(self._words_like(text)):
                for word in words:
                    for person_id in self._people_of[word]:
                        ranks.setdefault(person_id, rank)
            if total is None:
                total = ranks
            else:
                total = {id_: rank + ranks[id_] for id_, rank in total.items() if id_ in ranks}
        return total or {}

    def _words_like(self, text: str) -> Iterator[Sequence[str]]:
        """The words that begin with `text`, those that hold it, and those that are nearly it."""
        words = self._vocabulary()
        holding = [word for word in words if text in word]
        yield [word for word in holding if word.startswith(text)]
        yield holding
        yield _nearly(text, words)


def _key(lines: Mapping[int, PersonLine], sort: Sort) -> Callable[[int], str]:
    """What people are sorted by, empty where somebody has no such value."""
    if sort is Sort.NUMBER:
        # Numbers of figures by their value: 9 before 10.
        return lambda id_: lines[id_].number.zfill(15)
    if sort is Sort.TEAM:
        return lambda id_: _folded(lines[id_].team)
    if sort is Sort.STATUS:
        return lambda id_: lines[id_].status
    return (lambda id_: lines[id_].start) if sort is Sort.START else (lambda id_: lines[id_].end)


_folded = lru_cache(maxsize=4096)(fold)


def _words(line: PersonLine) -> set[str]:
    """The folded words by which a person is found; those with a hyphen or apostrophe also in their parts."""
    words = set(line.search_text.split())
    words.update(_folded(line.team).split())
    for word in [word for word in words if not word.isalnum()]:
        words.update(_parts(word))
    return words


@lru_cache(maxsize=1 << 14)
def _parts(word: str) -> Sequence[str]:
    return tuple(filter(None, _PARTS.split(word)))


def _nearly(text: str, words: Iterable[str]) -> list[str]:
    """The words whose beginning is `text` but for one slip, or two in a text of eight letters or more.

    A slip is a letter too many, too few, another one, or two that changed places. Numbers have no slips: a
    wrong figure is another person.
    """
    if len(text) < 4 or any(sign.isdecimal() for sign in text):
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = 2 if len(text) >= 8 else 1
    found: list[str] = []
    # Somebody still typing has only the beginning of the word, a letter shorter or longer with a slip.
    starts: dict[str, list[str]] = {}
    for word in words:
        if word[0] == text[0] or word[:1] == text[1:2] or word[1:2] == text[0]:
            for length in range(len(text) - 1, len(text) + 2):
                starts.setdefault(word[:length], []).append(word)
    near = process.extract(text, starts.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
    for start, _, _ in near:
        found += starts[start]
    return found


_INDEXES: WeakKeyDictionary[Store, dict[int, PeopleIndex]] = WeakKeyDictionary()


def people_list(
    store: Store,
    employer_id: int,
    text: str = "",
    *,
    out_of_service: bool = False,
    team_id: int | None = None,
    provider_link_id: int | None = None,
    sort: Sort = Sort.NAME,
    descending: bool = False,
) -> list[PersonLine]:
    """The people of an employer for the people screen; see `PeopleIndex.find`. Always what is stored now."""
    index = _index(store, employer_id)
    return index.find(
        text,
        out_of_service=out_of_service,
        team_id=team_id,
        provider_link_id=provider_link_id,
        sort=sort,
        descending=descending,
    )


def prepare_people_list(store: Store, employer_id: int) -> None:
    """Build what finding needs ahead of the first key: a screen calls this when its list is drawn."""
    _index(store, employer_id).prepare()


def _index(store: Store, employer_id: int) -> PeopleIndex:
    """The index of an employer, made once a day for each store, with all that is written by now."""
    of_store = _INDEXES.setdefault(store, {})
    index = of_store.get(employer_id)
    if index is None or index.today != clock.today():
        index = of_store[employer_id] = PeopleIndex(store, employer_id, clock.today())
    index.refresh()
    return index
