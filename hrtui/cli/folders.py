"""Making a profile's folder: whole or not at all, and never under an open program."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hrtui.cli.errors import CommandError
from hrtui.i18n import t
from hrtui.store.profile import Profile

# SQLite's shared lock (os.h: SHARED_FIRST, SHARED_SIZE): every open connection of a WAL database holds one.
_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510


@contextmanager
def draft_of(profile: Profile) -> Iterator[Profile]:
    """A profile in a folder beside the real one, which becomes the real one when all goes well.

    The real folder must be absent or empty by then. Raises CommandError when the disk refuses.
    """
    root = profile.folder.parent
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root, prefix=".new-") as folder:
            draft = Profile(profile.name, Path(folder) / profile.name)
            draft.prepare()
            yield draft
            draft.folder.replace(profile.folder)
    except OSError as problem:
        raise CommandError(
            t(
                "The profile cannot be written to {folder}: {reason}.",
                folder=profile.folder,
                reason=problem.strerror,
            )
        ) from problem


def refuse_open(profile: Profile) -> None:
    """Raise CommandError when another process has the profile's database open."""
    if not profile.database.exists():
        return
    with profile.database.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError as problem:
            raise CommandError(
                t("The profile “{name}” is open in another terminal; close it first.", name=profile.name)
            ) from problem
