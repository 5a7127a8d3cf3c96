"""Objects that are encrypted before they reach their place, with the key of a file.

Each object has a key of its own (HKDF-SHA-256 of the key file and a random salt). Segments are AES-256-GCM;
the nonce counts them and marks the last one, so that none can be left out, doubled or moved (the STREAM
construction: Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015). The object's name is authenticated with them:
contents of two employers cannot be exchanged.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hrtui.backend.documents.objects import MissingObjectError, Objects

SEGMENT = 1024 * 1024
_MAGIC = b"hrtui-sealed-1\n"
_SALT = 32
_HEADER = len(_MAGIC) + _SALT
_TAG = 16


class SealedObjects:
    """Objects of `inner`, encrypted with `key` (32 bytes)."""

    def __init__(self, inner: Objects, key: bytes) -> None:
        self._inner = inner
        self._key = key

    def put(self, key: str, content: Iterable[bytes]) -> None:
        """Encrypt and write."""
        self._inner.put(key, self._sealed(key, content))

    def has(self, key: str) -> bool:
        """Whether the object is there."""
        return self._inner.has(key)

    def read(self, key: str, start: int, end: int) -> bytes:
        """Decrypt the segments that hold these bytes; raises MissingObjectError for a changed one."""
        header = self._inner.read(key, 0, _HEADER)
        if len(header) != _HEADER or not header.startswith(_MAGIC):
            raise MissingObjectError(key)
        cipher = self._cipher(key, header[len(_MAGIC) :])
        parts = [self._segment(key, cipher, number) for number in range(start // SEGMENT, -(-end // SEGMENT))]
        plain = b"".join(parts)
        skipped = start // SEGMENT * SEGMENT
        return plain[start - skipped : end - skipped]

    def remove(self, key: str) -> None:
        """Remove the object."""
        self._inner.remove(key)

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin so."""
        return self._inner.keys(prefix)

    def _sealed(self, key: str, content: Iterable[bytes]) -> Iterator[bytes]:
        salt = secrets.token_bytes(_SALT)
        cipher = self._cipher(key, salt)
        yield _MAGIC + salt
        waiting = bytearray()
        number = 0
        for part in content:
            waiting += part
            while len(waiting) > SEGMENT:
                yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:SEGMENT]), key.encode())
                del waiting[:SEGMENT]
                number += 1
        yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), key.encode())

    def _segment(self, key: str, cipher: AESGCM, number: int) -> bytes:
        """One segment; the last one is told by its mark, nothing follows it."""
        place = _HEADER + number * (SEGMENT + _TAG)
        sealed = self._inner.read(key, place, place + SEGMENT + _TAG)
        if not sealed:
            return b""
        full = len(sealed) == SEGMENT + _TAG
        for last in (False, True) if full else (True,):
            try:
                return cipher.decrypt(_nonce(number, last=last), sealed, key.encode())
            except InvalidTag:
                continue
        raise MissingObjectError(key)

    def _cipher(self, key: str, salt: bytes) -> AESGCM:
        return AESGCM(HKDF(SHA256(), 32, salt, key.encode()).derive(self._key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
