"""The key of the local database: from the clerk's password, or kept in a file for the demo.

A new profile's key is derived from its password. Once the password was changed, the key stays as it is and
lies in the key file encrypted (AES-256-GCM) with a key that is derived from the new password.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from hrtui.i18n import t
from hrtui.store import database
from hrtui.store.errors import StoreError, WrongPassword
from hrtui.store.profile import Profile

KEY_BYTES = 32
# RFC 9106 section 4, second recommended option: 64 MiB, three passes.
_ARGON2 = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}

_ABOUT = b"hrtui profile key"
_DERIVED = ("salt", "time_cost", "memory_cost", "parallelism")
_NEEDED = {"password": _DERIVED, "wrapped": (*_DERIVED, "nonce", "box"), "file": ("key",)}
"""What a key file holds, by its kind."""


def create_password_key(profile: Profile, password: str) -> bytes:
    """Choose a salt, write the profile's key file and return the raw key of 32 bytes."""
    settings = {"kind": "password", "salt": secrets.token_hex(16), **_ARGON2}
    _write_private(profile.key_file, settings)
    return _derive(settings, password)


def create_file_key(profile: Profile) -> bytes:
    """Write a random key into the profile's key file (mode 0600) and return it."""
    key = secrets.token_bytes(KEY_BYTES)
    _write_private(profile.key_file, {"kind": "file", "key": key.hex()})
    return key


def change_password(profile: Profile, key: bytes, password: str) -> None:
    """Let the profile open with this password from now on; `key` is the raw key that opens it now.

    The database itself is not written again, so backups of before open with the password of then.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    settings = {"kind": "wrapped", "salt": secrets.token_hex(16), **_ARGON2}
    nonce = secrets.token_bytes(12)
    box = AESGCM(_derive(settings, password)).encrypt(nonce, key, _ABOUT)
    _write_private(profile.key_file, {**settings, "nonce": nonce.hex(), "box": box.hex()})


def needs_password(profile: Profile) -> bool:
    """Whether the profile opens with a password; raises StoreError when its key file cannot be read."""
    return _read(profile)["kind"] in ("password", "wrapped")


def read_key(profile: Profile, password: str | None = None) -> bytes:
    """The raw key, checked against the database.

    Raises WrongPassword when the password does not open it, StoreError when the key file is unusable.
    """
    settings = _read(profile)
    if settings["kind"] == "password":
        key = _derive(settings, password or "")
    elif settings["kind"] == "wrapped":
        key = _unwrapped(settings, password or "")
    else:
        key = bytes.fromhex(settings["key"])
    if profile.database.exists() and not database.opens(profile.database, key):
        if settings["kind"] == "password":
            raise WrongPassword(t("That password does not open this profile. Try again."))
        raise StoreError(
            t(
                "The key file {file} does not belong to this database. Restore both from one backup.",
                file=profile.key_file,
            )
        )
    return key


def _unwrapped(settings: dict[str, Any], password: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, box = bytes.fromhex(settings["nonce"]), bytes.fromhex(settings["box"])
    try:
        return AESGCM(_derive(settings, password)).decrypt(nonce, box, _ABOUT)
    except InvalidTag as problem:
        raise WrongPassword(t("That password does not open this profile. Try again.")) from problem


def _derive(settings: dict[str, Any], password: str) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        password.encode(),
        bytes.fromhex(settings["salt"]),
        time_cost=settings["time_cost"],
        memory_cost=settings["memory_cost"],
        parallelism=settings["parallelism"],
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _read(profile: Profile) -> dict[str, Any]:
    try:
        settings: dict[str, Any] = json.loads(profile.key_file.read_text())
        needed = _NEEDED[settings["kind"]]
        if all(name in settings for name in needed):
            return settings
    except PermissionError as problem:
        raise StoreError(
            t("{file} cannot be used: {reason}.", file=profile.key_file, reason=problem.strerror)
        ) from problem
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise StoreError(
        t(
            "The key file {file} is missing or damaged. Restore the profile from a backup.",
            file=profile.key_file,
        )
    )


def _write_private(path: Path, settings: dict[str, Any]) -> None:
    """Write whole or not at all: a new file of mode 0600, put in place by rename."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(settings, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
