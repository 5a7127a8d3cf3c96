"""What gives way where the backend's rows and unsent edits cannot stand side by side in one database.

Two clerks gave the same number to two new people, or one deleted a leave type that another has just entered:
the backend will refuse one of them. Until it says so the row with the unsent edit shows what is confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from hrtui.domain.sync.units import DAY, ENTITIES
from hrtui.i18n import t
from hrtui.store.errors import StoreError
from hrtui.store.moments import moment
from hrtui.store.store import Store
from hrtui.sync.oplog import pending
from hrtui.sync.rows import RowKey

if TYPE_CHECKING:
    from hrtui.sync.merge import Author, Merge

_ROUNDS = 50


class Inconsistent(Exception):  # noqa: N818  (reads as what was found)
    """The confirmed rows themselves do not fit together here: they have to be read anew."""


@contextmanager
def merging(store: Store, employer_id: int, *, logged: bool = True) -> Iterator[Merge]:
    """One transaction of news; what refers to what is looked at when all of it is written.

    Raises Inconsistent where that does not fit, StoreError where the file cannot be written.
    """
    from hrtui.sync.merge import Merge

    con = store.con
    try:
        con.execute("BEGIN IMMEDIATE")
        con.execute("PRAGMA defer_foreign_keys=ON")
        merge = Merge(store, employer_id, logged=logged)
        yield merge
        _put_displaced(merge)
        _commit(merge)
    except BaseException as problem:
        if con.in_transaction:
            con.execute("ROLLBACK")
        if isinstance(problem, dbapi2.OperationalError):
            reason = t("Nothing was saved: the database cannot be written now ({reason}).", reason=problem)
            raise StoreError(reason) from problem
        if isinstance(problem, dbapi2.IntegrityError):
            raise Inconsistent(str(problem)) from problem
        raise


def give_way(merge: Merge, key: RowKey, wanted: dict[str, Any], message: str, *, dirty: bool) -> bool:
    """Make room for a row that cannot be written as another has its unique columns.

    Returns whether the row itself gave way and is written already. Raises Inconsistent.
    """
    _, unique, names = message.partition("UNIQUE constraint failed: ")
    if not unique:
        raise Inconsistent(message)
    if dirty and not merge.yields(key):
        _yield(merge, key)
        return True
    columns = [name.rpartition(".")[2] for name in names.split(", ")]
    values = merge.rows.completed(key.entity, wanted)
    other = _holder(merge, key, {name: values[name] for name in columns})
    if pending(merge.rows, other) and not merge.yields(other):
        _yield(merge, other)
    elif other in merge.displaced:
        raise Inconsistent(message)
    else:
        _displace(merge, other, columns[-1])
    return False


def _holder(merge: Merge, key: RowKey, values: dict[str, Any]) -> RowKey:
    places = " AND ".join(f"{name} = ?" for name in values)
    row = merge.con.execute(
        f"SELECT id FROM {key.entity} WHERE {places} AND id <> ?", (*values.values(), key.id)
    ).fetchone()
    if row is None:
        raise Inconsistent(f"{key.entity}: nobody has these unique columns")
    return RowKey(key.entity, row[0])


def _yield(merge: Merge, key: RowKey) -> None:
    merge.con.execute("INSERT OR IGNORE INTO sync_yield VALUES (?, ?, ?, ?)", (*key, merge.employer_id))
    merge.shown_as(key, _ended(merge))


def _displace(merge: Merge, key: RowKey, column: str) -> None:
    """Give a confirmed row another value in a unique column for a moment: two rows exchange theirs."""
    columns = merge.rows.columns(key)
    assert columns is not None
    merge.displaced[key] = columns, _ended(merge)
    apart = f"~{key.id}" if isinstance(columns[column], str) else -key.id
    merge.con.execute(f"UPDATE {key.entity} SET {column} = ? WHERE id = ?", (apart, key.id))


def _put_displaced(merge: Merge) -> None:
    for _ in range(_ROUNDS):
        if not merge.displaced:
            return
        key, (columns, author) = next(iter(merge.displaced.items()))
        merge.put(key, ENTITIES[key.entity].to_units(columns), author)
        merge.displaced.pop(key, None)
    raise Inconsistent("rows with the same unique columns")


def _commit(merge: Merge) -> None:
    for _ in range(_ROUNDS):
        try:
            merge.con.execute("COMMIT")
            return
        except dbapi2.IntegrityError:
            _mend_references(merge)
    raise Inconsistent("references")


def _mend_references(merge: Merge) -> None:
    """Let unsent edits give way that refer to rows which are gone, or deleted what is referred to."""
    mended = False
    for child, column, parent in list(_broken(merge)):
        if child.entity not in ENTITIES:
            # What the backend holds about a row shows that it will refuse to delete it.
            if pending(merge.rows, parent) and not merge.yields(parent):
                _yield(merge, parent)
            else:
                merge.con.execute(f"DELETE FROM {child.entity} WHERE {column} = ?", (parent.id,))
            mended = True
            continue
        for key in (child, parent):
            if pending(merge.rows, key) and not merge.yields(key):
                _yield(merge, key)
                mended = True
                break
    if not mended:
        raise Inconsistent("a row refers to one that is not there")


def _broken(merge: Merge) -> Iterator[tuple[RowKey, str, RowKey]]:
    """Each row that refers to one that is not there, the column, and the row that is missing."""
    found = merge.con.execute("PRAGMA foreign_key_check").fetchall()
    for table, row_id, parent, number in found:
        keys = merge.con.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        column = next(row[3] for row in keys if row[0] == number)
        if row_id is not None:
            value = merge.con.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row_id,)).fetchone()
            yield RowKey(table, row_id), column, RowKey(parent, value[0])
    for table, parent in sorted({(row[0], row[2]) for row in found if row[1] is None}):
        yield from _broken_days(merge, table, parent)


def _broken_days(merge: Merge, table: str, parent: str) -> Iterator[tuple[RowKey, str, RowKey]]:
    """The same for tables without row ids, which the check cannot name rows of."""
    keys = merge.con.execute(f"PRAGMA foreign_key_list({table})").fetchall()
    column = next(row[3] for row in keys if row[2] == parent)
    days = table == "calendar_entry"
    which = "person_id, date" if days else f"{column}, ''"
    rows = merge.con.execute(
        f"SELECT DISTINCT {which}, {column} FROM {table} WHERE {column} NOT IN (SELECT id FROM {parent})"
    ).fetchall()
    for id_, date, value in rows:
        yield RowKey(DAY if days else table, id_, date), column, RowKey(parent, value)


def _ended(merge: Merge) -> Author:
    from hrtui.sync.merge import REFUSED, Author

    return Author(merge.store.actor, moment(), REFUSED, t("Waits for the answer of the backend"))
