"""`hrtui backup` and `hrtui restore`: a profile as one file, still encrypted, and back again."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import replace as changed
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from hrtui.cli.errors import CommandError
from hrtui.cli.folders import draft_of, refuse_open
from hrtui.cli.options import Choices
from hrtui.cli.session import clerk, existing_profile, say, unlock, warn_of_network
from hrtui.i18n import t, tn

if TYPE_CHECKING:
    from hrtui.store.profile import Profile


_FILES = "files"
_IN_VAULT = re.compile(rf"{_FILES}/[0-9a-f]{{2}}/[0-9a-f]{{64}}")
"""The encrypted files of cases, by where they lie in the profile's folder (`hrtui.store.sickness.vault`)."""


def make_backup(choices: Choices, file: Path) -> int:
    """Write the profile's database, key file and files of cases to `file` (mode 0600).

    Raises CommandError or StoreError.
    """
    from hrtui.store.keys import needs_password

    file = file.expanduser().absolute()
    if file.exists():
        raise CommandError(t("{file} exists already; choose another name.", file=file))
    profile = existing_profile(choices)
    key = unlock(choices, profile)
    with tempfile.TemporaryDirectory(dir=profile.folder, prefix=".backup-") as folder:
        copy = Path(folder) / profile.database.name
        _copy_database(profile, key, copy)
        try:
            _pack(file, profile, copy)
        except OSError as problem:
            raise CommandError(
                t("{file} cannot be written: {reason}.", file=file, reason=problem.strerror)
            ) from problem
    say(t("The profile “{name}” is in {file}.", name=profile.name, file=file))
    if not needs_password(profile):
        say(t("This backup carries its own key: whoever has the file can read it."))
    return 0


def restore_backup(choices: Choices, file: Path, *, replace: bool) -> int:
    """Make the profile from a backup that opens and is whole; a profile that is there gets another name.

    Changes nothing when it raises CommandError or StoreError.
    """
    from hrtui.store.profile import find_profile

    profile = find_profile(choices.profile_name, choices.data_dir)
    there = profile.folder.exists() and any(profile.folder.iterdir())
    if there and not replace:
        raise CommandError(
            t("The profile “{name}” exists already; --replace sets it aside.", name=profile.name)
        )
    refuse_open(profile)
    with draft_of(profile) as draft:
        _unpack(file.expanduser(), draft)
        key = unlock(choices, draft)
        _check(draft, key)
        if there:
            aside = _free(profile.folder.with_name(f"{profile.name}.replaced-{datetime.now():%Y%m%d-%H%M%S}"))
            profile.folder.rename(aside)
            say(t("The former files are in {folder}.", folder=aside))
            _tell_unsent(changed(profile, name=aside.name, folder=aside), key)
    warn_of_network(profile)
    say(t("The profile “{name}” is back in {folder}.", name=profile.name, folder=profile.folder))
    return 0


def _free(folder: Path) -> Path:
    """This name, or one with a number where two restores came in one second."""
    names = (folder.with_name(f"{folder.name}-{number}") for number in count(2))
    return next(name for name in chain((folder,), names) if not name.exists())


def _tell_unsent(former: Profile, key: bytes) -> None:
    """Say how many steps only the former files hold; with another key than the backup's nobody can look."""
    from hrtui.store.errors import StoreError
    from hrtui.store.store import Store
    from hrtui.sync import outbox, state

    with suppress(StoreError, OSError):
        store = Store.open(former, key, actor=clerk())
        try:
            unsent = sum(outbox.waiting(store.con, employer) for employer in state.connected(store))
        finally:
            store.close()
        if unsent:
            say(
                tn(
                    "{n} step in them was not sent to the backend: `{command}` sends it.",
                    "{n} steps in them were not sent to the backend: `{command}` sends them.",
                    unsent,
                    command=f"hrtui --profile {former.name} sync",
                )
            )


def _copy_database(profile: Profile, key: bytes, copy: Path) -> None:
    """A consistent copy, with the same key, while other terminals may write."""
    from hrtui.store import database
    from hrtui.store.store import Store

    store = Store.open(profile, key, actor=clerk())
    target = database.connect(copy, key)
    try:
        store.con.backup(target)
    finally:
        target.close()
        store.close()


def _pack(file: Path, profile: Profile, database: Path) -> None:
    draft = file.with_name(file.name + ".part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            # Stored: encrypted pages do not get smaller.
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
                for part in (database, profile.key_file):
                    archive.write(part, part.name)
                # After the database: a file that is added meanwhile is too many rather than too few.
                for part in sorted((profile.folder / _FILES).glob("??/*")):
                    if _IN_VAULT.fullmatch(name := part.relative_to(profile.folder).as_posix()):
                        archive.write(part, name)
            raw.flush()
            os.fsync(raw.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _unpack(file: Path, draft: Profile) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            for part in (draft.database, draft.key_file):
                part.write_bytes(archive.read(part.name))
            for name in filter(_IN_VAULT.fullmatch, archive.namelist()):
                place = draft.folder / name
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with archive.open(name) as content, place.open("xb") as kept:
                    shutil.copyfileobj(content, kept)
    except (OSError, KeyError, zipfile.BadZipFile) as problem:
        raise CommandError(t("{file} is no backup of hrtui, or is damaged.", file=file)) from problem


def _check(draft: Profile, key: bytes) -> None:
    """Open the restored files, which also brings older tables up to date, and read every page once."""
    from hrtui.cli.doctor import damage
    from hrtui.store.store import Store

    store = Store.open(draft, key, actor=clerk())
    try:
        if damage(store):
            raise CommandError(t("The database in the backup is damaged; nothing was restored."))
    finally:
        store.close()
