"""One open local database of one clerk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from hrtui.i18n import t
from hrtui.store import database, migrations
from hrtui.store.errors import StoreError
from hrtui.store.profile import Profile
from hrtui.store.remembered import value_of


class Store:
    """The connection that a terminal reads and writes with.

    `own_steps` are the ids of the steps that were made through this connection. `bound_letters` do something
    else in the month by the clerk's keys: no leave type may get one back by undo. `logs_in_with` is the
    command or key that logs in at the backend, for sentences that name it.
    """

    def __init__(self, con: database.Connection, actor: str) -> None:
        self.con = con
        self._actor = actor
        self._name = ""
        self._version = self._data_version()
        self._backend = False
        self.own_steps: set[int] = set()
        self.bound_letters: frozenset[str] = frozenset()
        self.logs_in_with = "`hrtui login`"

    @classmethod
    def open(cls, profile: Profile, key: bytes, *, actor: str) -> Store:
        """Open the profile's database and bring its tables up to date; raises StoreError."""
        profile.prepare()
        con = database.connect(profile.database, key)
        migrations.upgrade(con)
        return cls(con, actor)

    def close(self) -> None:
        """Close the connection; the last one of all terminals folds the log into the database file."""
        self.con.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and alone among the terminals on this file from the first line on.

        Raises StoreError when the file cannot be written: another program holds it, or the disk is full.
        """
        try:
            self.con.execute("BEGIN IMMEDIATE")
            yield
            self.con.execute("COMMIT")
        except BaseException as problem:
            if self.con.in_transaction:
                self.con.execute("ROLLBACK")
            if isinstance(problem, dbapi2.OperationalError):
                raise StoreError(
                    t("Nothing was saved: the database cannot be written now ({reason}).", reason=problem)
                ) from problem
            raise

    def changed_elsewhere(self) -> bool:
        """Whether another terminal (or the sync engine) committed since this was last asked."""
        version = self._data_version()
        changed = version != self._version
        self._version = version
        return changed

    @property
    def folder(self) -> Path:
        """The folder that the database is in."""
        file = self.con.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0]
        return Path(file).parent

    def backend(self, employer_id: int | None = None) -> bool:
        """Whether this profile is connected to a backend, so that edits wait to be sent.

        With an employer: whether that one is at the backend. Employers of before stay on this computer only;
        until the backend has said which ones it has, all count.
        """
        # Asked anew until there is one: another terminal may connect the profile meanwhile.
        if not self._backend:
            self._backend = bool(value_of(self.con, "backend"))
        if not self._backend or employer_id is None:
            return self._backend
        known = "SELECT count(*), max(employer_id = ?) FROM sync_state"
        there, this = self.con.execute(known, (employer_id,)).fetchone()
        return bool(this) if there else True

    @property
    def actor(self) -> str:
        """The clerk's name in the history: that of their account, else the one the store was opened with."""
        # Asked anew until there is one: the engine learns it when the profile is connected.
        if not self._name:
            self._name = value_of(self.con, "backend_name") or ""
        return self._name or self._actor

    def _data_version(self) -> int:
        return int(self.con.execute("PRAGMA data_version").fetchone()[0])
