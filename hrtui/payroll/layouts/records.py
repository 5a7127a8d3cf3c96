"""The rows of a file: which there are, their values, and what a correction makes of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hrtui.domain.leave_type import Category
from hrtui.domain.snapshot import Kind, Line, Snapshot, SnapshotDay
from hrtui.payroll.layouts.sources import SOURCES, Amount, Item, Value
from hrtui.payroll.layouts.spells import code_of, spell_days
from hrtui.payroll.layouts.types import FileLayout, Header, Layout

NEW, CHANGED, REMOVED, SAME = "new", "changed", "removed", "same"
AMOUNTS = ("time", "amount", "difference", "previous")
DESCRIPTIONS = frozenset(
    {"employer", "provider", "created", "transmission", "wage_payment_date", "meal_voucher_date", "name",
     "first_name", "last_name", "name_prefix", "national_number", "type_name", "category", "dmfa_code",
     "component_name", "group"}
)  # fmt: skip
"""Values that say more about a row but do not make it another one."""

Reader = Callable[[Item], Value]
Key = tuple[Value, ...]
"""The date of a row and its telling values."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: whom it is about (None: nobody), its values in the order of the fields, and its amount."""

    snapshot: Snapshot | None
    values: tuple[Value, ...]
    amount: Value = None


@dataclass(frozen=True)
class Group:
    """The people whose rows go into the same files, and what was sent of them before."""

    header: Header
    snapshots: Sequence[Snapshot]
    previous: Mapping[int, Snapshot]


@dataclass(slots=True)
class _Sum:
    """What comes together in one row: what it is made of, and minutes and hundredths (or cents and 0)."""

    item: Item
    first: int = 0
    second: int = 0


def written_lines(file: FileLayout, snapshot: Snapshot) -> Iterator[tuple[SnapshotDay, Line]]:
    """The lines of a snapshot that a file of entries has."""
    for day, line in snapshot.lines():
        if line.kind.category.value in file.categories:
            yield day, line


def rows_of(layout: Layout, file: FileLayout, group: Group) -> Iterator[Row]:
    """The rows of `file`, person by person in the order given, by date within a person."""
    found: Iterable[Row]
    if file.rows in ("messages", "people"):
        readers = [reader or _nothing for reader in _readers(file)]
        items = _messages(group) if file.rows == "messages" else _people(group)
        found = (Row(item.snapshot, tuple(read(item) for read in readers)) for item in items)
    else:
        found = _summed_rows(layout, file, group)
    numbered = [index for index, field in enumerate(file.fields) if field.value == "row"]
    for number, row in enumerate(found, start=1):
        yield _numbered(row, numbered, number) if numbered else row


def totals_of(snapshot: Snapshot) -> dict[str, Amount]:
    """Scheduled, worked, absent and overtime of a person's month."""
    by_name: dict[str, list[Line]] = {"scheduled": [], "worked": [], "absent": [], "overtime": []}
    names = {Category.WORKED: "worked", Category.ABSENCE: "absent", Category.OVERTIME: "overtime"}
    for _, line in snapshot.lines():
        by_name[names[line.kind.category]].append(line)
        if line.inside:
            by_name["scheduled"].append(line)
    return {
        name: Amount(sum(line.minutes for line in lines), sum(line.hundredths for line in lines))
        for name, lines in by_name.items()
    }


def _readers(file: FileLayout) -> list[Reader | None]:
    """What reads each field's value; None for a fixed text and for what only the sums know."""
    sources = SOURCES[file.rows]
    return [sources[field.value].read if field.value else None for field in file.fields]


def _telling(file: FileLayout) -> list[Reader]:
    """What reads the values that make a row another one."""
    return [
        reader
        for field, reader in zip(file.fields, _readers(file), strict=True)
        if reader and field.value not in DESCRIPTIONS
    ]


def _nothing(item: Item) -> Value:
    return None


def _numbered(row: Row, places: Sequence[int], number: int) -> Row:
    values = list(row.values)
    for place in places:
        values[place] = number
    return replace(row, values=tuple(values))


def _messages(group: Group) -> Iterator[Item]:
    for body in group.header.messages:
        yield Item(group.header, message=body)
    for snapshot in group.snapshots:
        for message in snapshot.messages:
            yield Item(group.header, snapshot, message=message.body)


def _people(group: Group) -> Iterator[Item]:
    """A row per contract that runs in the month; the totals of the whole month stand on the first."""
    for snapshot in group.snapshots:
        totals: dict[str, Amount] | None = totals_of(snapshot)
        for contract in snapshot.contracts or (None,):
            yield Item(group.header, snapshot, contract=contract, totals=totals)
            totals = None


def _summed_rows(layout: Layout, file: FileLayout, group: Group) -> Iterator[Row]:
    """Entries or pay components: what agrees in all telling values is one row with the sum."""
    readers, telling = _readers(file), _telling(file)
    main = next((field.value for field in file.fields if field.value in AMOUNTS), "")
    for snapshot in group.snapshots:
        old = group.previous.get(snapshot.person.id)
        now = _sums(layout, file, group.header, snapshot, telling)
        was = _sums(layout, file, group.header, old, telling) if old else {}
        delta = old is not None and layout.corrections == "delta"
        gone = was if delta else _emptied(file, snapshot, old, now, was)
        gone = {key: one for key, one in gone.items() if key in now or not _stays(file, one)}
        for key in sorted({**now, **gone}, key=_date_in) if gone else now:
            new, before = now.get(key), was.get(key)
            mark = _mark(new, before)
            if delta and mark == SAME:
                continue
            given = {"line_kind": mark, **_amounts(new, before, of_time=file.rows == "entries")}
            item = (new or was[key]).item
            values = tuple(
                given[field.value] if field.value in given else reader(item) if reader else None
                for field, reader in zip(file.fields, readers, strict=True)
            )
            yield Row(snapshot, values, given.get(main))


def _emptied(
    file: FileLayout,
    snapshot: Snapshot,
    old: Snapshot | None,
    now: Mapping[Key, _Sum],
    was: Mapping[Key, _Sum],
) -> dict[Key, _Sum]:
    """What a whole month that is written again takes back: days with nothing left, and another number's.

    A day that has lines is replaced by them; one without would stand as it was sent. A line that this layout
    could not have written cannot be taken back.
    """
    if old is None or _sent_to(old) != _sent_to(snapshot):
        return {}
    renumbered = _number(old) != _number(snapshot)
    days = {key[0] for key in now}
    coded = file.rows == "entries" and any(one.value == "code" and one.required for one in file.fields)
    return {
        key: one
        for key, one in was.items()
        if key not in now and (renumbered or key[0] not in days) and (one.item.code or not coded)
    }


def _stays(file: FileLayout, one: _Sum) -> bool:
    """Whether a line cannot be taken back: no time means illness under its code, and nothing else tells."""
    return one.item.code in file.zero_codes and not any(field.value == "line_kind" for field in file.fields)


@dataclass(frozen=True, slots=True)
class Staying:
    """A day that was sent under a code which the files cannot take back."""

    person_id: int
    date: date
    kind: Kind


def staying(layout: Layout, group: Group) -> Iterator[Staying]:
    """What of the months sent before would stand at the provider, though it is no longer so: somebody must
    tell it. By person, in the order of the days.
    """
    for file in layout.files:
        if not file.zero_codes or file.rows != "entries":
            continue
        telling = _telling(file)
        for snapshot in group.snapshots:
            old = group.previous.get(snapshot.person.id)
            if old is None:
                continue
            now = _sums(layout, file, group.header, snapshot, telling)
            was = _sums(layout, file, group.header, old, telling)
            gone = was if layout.corrections == "delta" else _emptied(file, snapshot, old, now, was)
            for key, one in sorted(gone.items(), key=lambda pair: _date_in(pair[0])):
                if key not in now and _stays(file, one) and one.item.date and one.item.kind:
                    yield Staying(snapshot.person.id, one.item.date, one.item.kind)


def _sent_to(snapshot: Snapshot) -> tuple[str, str]:
    return snapshot.person.provider, snapshot.person.client_number


def _number(snapshot: Snapshot) -> str:
    return snapshot.person.provider_number or snapshot.person.number


def _sums(
    layout: Layout, file: FileLayout, header: Header, snapshot: Snapshot, telling: Sequence[Reader]
) -> dict[Key, _Sum]:
    """The sums of a person's month by their telling values."""
    found: dict[Key, _Sum] = {}
    parts = (
        _entries(layout, file, header, snapshot)
        if file.rows == "entries"
        else _components(layout, header, snapshot)
    )
    for item, first, second in parts:
        key = (item.date, *(read(item) for read in telling))
        one = found.get(key)
        if one is None:
            found[key] = _Sum(item, first, second)
        else:
            one.first += first
            one.second += second
    return found


def _entries(
    layout: Layout, file: FileLayout, header: Header, snapshot: Snapshot
) -> Iterator[tuple[Item, int, int]]:
    by_month = header.month.first if file.per == "month" else None
    zero = spell_days(layout, file, snapshot) if file.zero_codes and not by_month else {}
    codes = {kind: code_of(layout, snapshot, kind) for kind in snapshot.kinds()}
    empty = deque((day, kind) for day in sorted(zero) for kind in zero[day])

    def until(end: date) -> Iterator[tuple[Item, int, int]]:
        while empty and empty[0][0] < end:
            day, kind = empty.popleft()
            code = codes.get(kind) or code_of(layout, snapshot, kind)
            yield Item(header, snapshot, day, kind, code), 0, 0

    for day, line in written_lines(file, snapshot):
        yield from until(day.date)
        item = Item(header, snapshot, by_month or day.date, line.kind, codes[line.kind])
        yield item, line.minutes, line.hundredths
    yield from until(date.max)


def _components(layout: Layout, header: Header, snapshot: Snapshot) -> Iterator[tuple[Item, int, int]]:
    for one in snapshot.components:
        if not layout.provider or one.provider in ("", layout.provider):
            yield Item(header, snapshot, header.month.first, component=one), one.cents, 0


def _date_in(key: Key) -> date:
    """The order of a correction's rows: by date, and on the same day what is there before what went."""
    return key[0] if isinstance(key[0], date) else date.min


def _mark(new: _Sum | None, old: _Sum | None) -> str:
    if new is None or old is None:
        return REMOVED if new is None else NEW
    return SAME if (new.first, new.second) == (old.first, old.second) else CHANGED


def _amounts(new: _Sum | None, old: _Sum | None, *, of_time: bool) -> dict[str, Value]:
    """The amounts of a row by the names of their fields; what is not there is nothing."""
    now = (new.first, new.second) if new else (0, 0)
    was = (old.first, old.second) if old else (0, 0)
    change = (now[0] - was[0], now[1] - was[1])
    if of_time:
        return {"time": Amount(*now), "previous": Amount(*was), "difference": Amount(*change)}
    return {"amount": now[0], "previous": was[0], "difference": change[0]}
