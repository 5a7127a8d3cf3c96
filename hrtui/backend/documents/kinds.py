"""Which kinds of content are taken: what is declared must be on the list and must be what the bytes are."""

from __future__ import annotations

from collections.abc import Callable

OCTETS = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_ZIP = b"PK\x03\x04"
_TEXT_SIGNS = frozenset((9, 10, 12, 13))

MAGIC: dict[str, bytes] = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    f"{_OFFICE}wordprocessingml.document": _ZIP,
    f"{_OFFICE}spreadsheetml.sheet": _ZIP,
    f"{_OPEN}text": _ZIP,
    f"{_OPEN}spreadsheet": _ZIP,
    "application/zip": _ZIP,
    "text/plain": b"",
    "text/csv": b"",
    "application/xml": b"",
}
"""How each known media type begins; the ones without a beginning are text."""

USUAL = tuple(name for name in MAGIC if name != "application/zip")
"""What is taken unless the configuration says otherwise."""


def checker(media_type: str) -> Callable[[int, bytes], bool]:
    """Tells of each part of a content (its offset, its bytes) whether it fits the type.

    The first part must hold the beginning whole. Contents are never unpacked here, so that none can burst.
    """
    begins = MAGIC[media_type]

    def fits(offset: int, part: bytes) -> bool:
        if begins:
            return offset > 0 or part.startswith(begins)
        return all(byte >= 32 or byte in _TEXT_SIGNS for byte in part)

    return fits
