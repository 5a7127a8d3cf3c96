"""Encrypting the few secrets that the backend must read again: AES-256-GCM with the key of a file."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES = 32
_NONCE_BYTES = 12


class VaultError(Exception):
    """The key file is not usable, or does not fit what is stored; the text says which file."""


class Vault:
    """The key of this backend; of several in the file (one a line, in hex) the first writes, all read."""

    def __init__(self, keys: list[bytes]) -> None:
        self._keys = {_key_id(key): key for key in keys}
        self._first = _key_id(keys[0])

    @classmethod
    def open(cls, file: Path) -> Vault:
        """Read the key file; one that is absent is made, mode 0600. Raises VaultError."""
        try:
            if not file.exists():
                _make(file)
            if file.stat().st_mode & 0o077:
                raise VaultError(f"the key file {file} is readable by others: chmod 600 {file}")
            keys = [bytes.fromhex(line) for line in file.read_text(encoding="ascii").split()]
        except (OSError, ValueError) as problem:
            raise VaultError(f"the key file {file} cannot be read") from problem
        if not keys or any(len(key) != _KEY_BYTES for key in keys):
            raise VaultError(f"the key file {file} holds no key of {_KEY_BYTES} bytes in hex")
        return cls(keys)

    def seal(self, text: str, about: str) -> str:
        """The encrypted text; `about` (whose, and what) must be the same to open it."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        box = AESGCM(self._keys[self._first]).encrypt(nonce, text.encode(), about.encode())
        return f"{self._first}:{base64.b64encode(nonce + box).decode()}"

    def unseal(self, sealed: str, about: str) -> str:
        """The text; '' for ''. Raises VaultError where the key file is another one."""
        if not sealed:
            return ""
        key_id, _, body = sealed.partition(":")
        if key_id not in self._keys:
            raise VaultError("the key file is not the one that the secrets were stored with")
        raw = base64.b64decode(body)
        nonce, box = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
        try:
            return AESGCM(self._keys[key_id]).decrypt(nonce, box, about.encode()).decode()
        except InvalidTag as problem:
            raise VaultError("a stored secret was changed, or moved to another account") from problem

    def digest(self, text: str) -> str:
        """A keyed hash (HMAC-SHA256) for codes that are too short to be hashed without a key."""
        return hmac.new(self._keys[self._first], text.encode(), hashlib.sha256).hexdigest()

    def stamp(self, token: str) -> str:
        """The token with a mark of this backend, by which one that was made up is told without a look-up."""
        return f"{token}.{_mark(self._keys[self._first], token)}"

    def device_mark(self, name: str) -> str:
        """A mark for a device on which the user of that name logged in (OWASP: device cookies)."""
        nonce = secrets.token_hex(_NONCE_BYTES)
        return f"{nonce}.{_mark(self._keys[self._first], _device(name, nonce))}"

    def device_of(self, mark: str, name: str) -> str:
        """What tells the device of a mark from others; '' where it is no mark of ours for the name."""
        nonce, _, given = mark.partition(".")
        wanted = [_mark(key, _device(name, nonce)).encode() for key in self._keys.values()]
        found = any(hmac.compare_digest(one, given.encode(errors="replace")) for one in wanted)
        return nonce if found else ""

    def is_stamped(self, token: str) -> bool:
        """Whether this backend made the token, be it long ago."""
        plain, _, mark = token.partition(".")
        given = mark.encode()
        return any(hmac.compare_digest(_mark(key, plain).encode(), given) for key in self._keys.values())


def _device(name: str, nonce: str) -> str:
    # The sign in front is in no token, so that neither mark is of use as the other.
    return f"\0device {name}\0{nonce}"


def _mark(key: bytes, token: str) -> str:
    return hmac.new(key, b"token " + token.encode(errors="replace"), hashlib.sha256).hexdigest()[:32]


def _key_id(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:8]


def _make(file: Path) -> None:
    """A fresh key; of two workers that start together, the one that comes second takes the first one's."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(secrets.token_hex(_KEY_BYTES) + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
