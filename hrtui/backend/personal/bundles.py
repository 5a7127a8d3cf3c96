"""What was sent of others together with an erased person: kept in a content that does not hold the person.

A bundle has a snapshot of each person and the files that went. Files have a line for each person in a
provider's own form, and cannot be changed without becoming something that was never sent: they go. Snapshots
stay, each with the SHA-256 that the transmission names, so that they can still be shown to be what was sent.
"""

from __future__ import annotations

import json
from typing import Any

from hrtui.backend.documents.objects import MissingObjectError
from hrtui.backend.documents.store import Documents, describe
from hrtui.backend.personal.erasure import Subject, sent_about


def without(documents: Documents, subject: Subject) -> dict[str, str]:
    """Write the bundles of the person's transmissions anew without the person; by SHA-256, the new one's.

    Bundles of nobody else, and those that the store lacks, are left out. Outside a transaction. Raises
    OSError.
    """
    with documents.database.transaction(subject.tenant_id, read_only=True) as con:
        named = {str(units.get("bundle", "")) for units in sent_about(con, subject).values()} - {""}
        known = {sha256: describe(con, subject.tenant_id, sha256) for sha256 in sorted(named)}
    rewritten: dict[str, str] = {}
    for sha256, described in known.items():
        content = _content(documents, subject, sha256) if described else None
        if content is None:
            continue
        for one in described:
            rewritten[sha256] = documents.put_bytes(
                subject.tenant_id, content, one.area, media_type=one.media_type, name=one.name
            )
    return rewritten


def _content(documents: Documents, subject: Subject, sha256: str) -> bytes | None:
    """The bundle with the others only, None where there are none or it is no bundle."""
    try:
        bundle: dict[str, Any] = json.loads(documents.read(subject.tenant_id, sha256))
        people = {id_: one for id_, one in bundle["people"].items() if id_ != str(subject.row_id)}
    except (MissingObjectError, ValueError, LookupError, TypeError, AttributeError):
        return None
    if not people:
        return None
    return json.dumps({**bundle, "people": people, "files": []}, sort_keys=True).encode()
