"""Pictures of a terminal's cells, for programs that read them as a camera would."""

from __future__ import annotations

import struct
import subprocess
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

BLOCKS = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
"""Which half of a cell a sign fills, upper and lower."""

_NAMED = {"default": b"\x10", "black": b"\0", "white": b"\xff"}
"""What a dark terminal makes of the colours that have names."""


def half_block_picture(rows: Sequence[str], scale: int = 6) -> list[bytes]:
    """Grey values of lines of half blocks as a terminal draws them, black on white."""
    lines: list[bytes] = []
    for row in rows:
        for half in (0, 1):
            line = b"".join((b"\0" if BLOCKS[sign][half] else b"\xff") * scale for sign in row)
            lines += [line] * scale
    return lines


def cell_picture(cells: Sequence[Sequence[Any]], scale: int = 6) -> list[bytes]:
    """Grey values of a dark terminal's cells (`data`, `fg`, `bg`): blanks and half blocks."""
    lines: list[bytes] = []
    for row in cells:
        for half in (0, 1):
            line = b"".join(_half(cell, half) * scale for cell in row)
            lines += [line] * scale
    return lines


def _half(cell: Any, half: int) -> bytes:
    filled = BLOCKS.get(cell.data, (0, 0))[half]
    colour = cell.fg if filled else cell.bg
    if colour in _NAMED:
        return _NAMED[colour] if colour != "default" or not filled else b"\xd0"
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return bytes([(red + green + blue) // 3])


def write_png(lines: Sequence[bytes], file: Path) -> None:
    """Write grey values as a PNG (ISO/IEC 15948)."""
    header = struct.pack(">IIBBBBB", len(lines[0]), len(lines), 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + line for line in lines))
    parts = b"".join(
        _chunk(kind, data) for kind, data in ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    )
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + parts)


def read_code(file: Path) -> str:
    """What an independent reader (zbarimg) finds in the QR code of a picture."""
    words = ["zbarimg", "--quiet", "--raw", str(file)]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
