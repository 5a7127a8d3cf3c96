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
    """Objects of `inner`, encrypted with the first of `keys` (32 bytes each); all of them open."""

    def __init__(self, inner: Objects, *keys: bytes) -> None:
        self._inner = inner
        self._keys = keys

    def put(self, key: str, content: Iterable[bytes]) -> None:
        """Encrypt and write."""
        self._inner.put(key, self._sealed(key, content))

    def has(self, key: str) -> bool:
        """Whether the object is there."""
        return self._inner.has(key)

    def read(self, key: str, start: int, end: int) -> bytes:
        """Decrypt the segments that hold these bytes; raises MissingObjectError for a changed one."""
        header = self._header(key)
        plain = self._plain(key, header, start, end)
        if plain is None and (now := self._header(key)) != header:
            # It was put anew between header and segments, as `reseal` does.
            plain = self._plain(key, now, start, end)
        if plain is None:
            raise MissingObjectError(key)
        return plain

    def remove(self, key: str) -> None:
        """Remove the object."""
        self._inner.remove(key)

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin so."""
        return self._inner.keys(prefix)

    def reseal(self, key: str) -> bool:
        """Encrypt an object anew that another key than the first opens; says whether it was such a one.

        It is whole under its name at every moment. Raises MissingObjectError where no key opens it.
        """
        header = self._header(key)
        number = next((place for place, one in enumerate(self._keys) if self._opens(key, one, header)), None)
        if number is None:
            raise MissingObjectError(key)
        if number:
            self.put(key, self._whole(key, self._cipher(self._keys[number], key, header)))
        return bool(number)

    def _header(self, key: str) -> bytes:
        header = self._inner.read(key, 0, _HEADER)
        if len(header) != _HEADER or not header.startswith(_MAGIC):
            raise MissingObjectError(key)
        return header

    def _plain(self, key: str, header: bytes, start: int, end: int) -> bytes | None:
        """The bytes by the key that opens their segments; None where none does."""
        for one in self._keys:
            cipher = self._cipher(one, key, header)
            parts: list[bytes] = []
            for number in range(start // SEGMENT, -(-end // SEGMENT)):
                found = self._segment(key, cipher, number)
                if found is None:
                    break
                parts.append(found[0])
            else:
                skipped = start // SEGMENT * SEGMENT
                return b"".join(parts)[start - skipped : end - skipped]
        return None

    def _opens(self, key: str, one: bytes, header: bytes) -> bool:
        return self._segment(key, self._cipher(one, key, header), 0) is not None

    def _whole(self, key: str, cipher: AESGCM) -> Iterator[bytes]:
        number, last = 0, False
        while not last:
            found = self._segment(key, cipher, number)
            if found is None or (number and not found[0]):
                raise MissingObjectError(key)
            part, last = found
            yield part
            number += 1

    def _sealed(self, key: str, content: Iterable[bytes]) -> Iterator[bytes]:
        salt = secrets.token_bytes(_SALT)
        header = _MAGIC + salt
        cipher = self._cipher(self._keys[0], key, header)
        yield header
        waiting = bytearray()
        number = 0
        for part in content:
            waiting += part
            while len(waiting) > SEGMENT:
                yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:SEGMENT]), key.encode())
                del waiting[:SEGMENT]
                number += 1
        yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), key.encode())

    def _segment(self, key: str, cipher: AESGCM, number: int) -> tuple[bytes, bool] | None:
        """A segment and whether it is the last, told by its mark; None where this cipher does not open it.

        Past the end it is empty, and the last.
        """
        place = _HEADER + number * (SEGMENT + _TAG)
        sealed = self._inner.read(key, place, place + SEGMENT + _TAG)
        if not sealed and number:
            return b"", True
        full = len(sealed) == SEGMENT + _TAG
        for last in (False, True) if full else (True,):
            try:
                return cipher.decrypt(_nonce(number, last=last), sealed, key.encode()), last
            except (InvalidTag, ValueError):
                continue
        return None

    def _cipher(self, one: bytes, key: str, header: bytes) -> AESGCM:
        return AESGCM(HKDF(SHA256(), 32, header[len(_MAGIC) :], key.encode()).derive(one))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
