"""What is delivered of a transmission: its files, a manifest that names it, and their SHA-256 sums."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hrtui.domain.sync.transmission import TransmissionUnits

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"


class DamagedError(Exception):
    """The bundle does not hold the files that the clerk forwarded."""


@dataclass(frozen=True, slots=True)
class Package:
    """The files of a transmission under the name of the folder that they go to.

    The name holds the transmission's id: a repetition has the same name and the same content. `tries` is more
    than 1 where it may be one.
    """

    transmission_id: int
    name: str
    subject: str
    files: Sequence[tuple[str, bytes]]
    tries: int = 1

    @property
    def draft(self) -> str:
        """How the folder's name begins until everything is in it; what a dead worker left is found by it."""
        return f".hrtui-{self.transmission_id}"


def package_of(
    employer: str, transmission_id: int, units: TransmissionUnits, bundle: bytes, tries: int
) -> Package:
    """The package of a transmission; raises DamagedError where a file is not what was forwarded."""
    try:
        content: dict[str, Any] = json.loads(bundle)
        files = [(name, base64.b64decode(text, validate=True)) for name, text in content["files"]]
        whose = content["transmission"]
    except (ValueError, KeyError, TypeError) as problem:
        raise DamagedError from problem
    found = [[name, hashlib.sha256(data).hexdigest(), len(data)] for name, data in files]
    if found != [[*one] for one in units["files"]] or whose != str(transmission_id):
        raise DamagedError
    manifest = {
        "transmission": str(transmission_id),
        "employer": employer,
        "month": units["month"],
        "number": units["number"],
        "kind": units["kind"],
        "layout": units["layout"],
        "people": len(units["people"]),
        "wage_payment_date": units["wage_payment_date"],
        "meal_voucher_date": units["meal_voucher_date"],
        "files": [{"name": name, "sha256": digest, "bytes": size} for name, digest, size in found],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    files.append((MANIFEST, text.encode()))
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files)
    files.append((SUMS, sums.encode()))
    subject = f"{employer} {units['month']} ({units['number']}) {transmission_id}"
    name = f"{_plain(employer)}-{units['month']}-{units['number']}-{transmission_id}"
    return Package(transmission_id, name, subject, files, tries)


def _plain(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.casefold()).strip("-") or "employer"
