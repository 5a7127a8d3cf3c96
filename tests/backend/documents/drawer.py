"""An employer's documents at the real application, sent and read as clerks' programs do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from hrtui.backend.config import Config, ServerLimits
from hrtui.backend.database import Database
from hrtui.backend.documents.store import Documents
from tests.backend.prepared import create_app
from tests.backend.sync.office import Clerk, Office, office

KB = 1024
PDF = b"%PDF-1.7\n" + bytes(range(256)) * KB
"""A quarter of a megabyte."""


@dataclass
class Drawer:
    """The documents of the employer; `folder` holds them."""

    office: Office
    folder: Path

    @property
    def documents(self) -> Documents:
        """The store as the backend itself uses it."""
        documents: Documents = self.office.app.state.documents
        return documents

    def call(self, clerk: Clerk, method: str, path: str, **more: Any) -> httpx2.Response:
        """Call a route of documents."""
        return self.office.call(method, f"/v1/t/{clerk.tenant}/documents{path}", clerk.token, **more)

    def begin(self, clerk: Clerk, content: bytes, status: int = 200, **more: Any) -> dict[str, Any]:
        """Announce a content."""
        body = {
            "sha256": sha256_of(content), "size": len(content), "media_type": "application/pdf",
            "name": "a.pdf", "area": "", **more,
        }  # fmt: skip
        return self.answer(self.call(clerk, "POST", "", json=body), status)

    def append(
        self, clerk: Clerk, upload: str, offset: int, content: bytes, status: int = 200
    ) -> dict[str, Any]:
        """Send a chunk."""
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/octet-stream"}
        path = f"/uploads/{upload}"
        return self.answer(self.call(clerk, "PATCH", path, content=content, headers=headers), status)

    def complete(self, clerk: Clerk, upload: str, status: int = 200) -> dict[str, Any]:
        """Have a content checked."""
        return self.answer(self.call(clerk, "POST", f"/uploads/{upload}/complete"), status)

    def send(self, clerk: Clerk, content: bytes, chunk: int = 100 * KB, **more: Any) -> dict[str, Any]:
        """Send a whole content in chunks."""
        begun = self.begin(clerk, content, **more)
        for offset in range(begun["offset"], len(content), chunk):
            self.append(clerk, begun["id"], offset, content[offset : offset + chunk])
        return begun if begun["complete"] else self.complete(clerk, begun["id"])

    def read(self, clerk: Clerk, content: bytes, wanted: str = "") -> httpx2.Response:
        """Ask for a content, or a part of it."""
        headers = {"Range": wanted} if wanted else {}
        return self.call(clerk, "GET", f"/{sha256_of(content)}", headers=headers)

    def files(self) -> list[Path]:
        """All files of the store."""
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    @staticmethod
    def answer(response: httpx2.Response, status: int) -> dict[str, Any]:
        """The body of an answer, which must have this status."""
        assert response.status_code == status, response.text
        body: dict[str, Any] = response.json()
        return body


def sha256_of(content: bytes) -> str:
    """The name of a content."""
    return hashlib.sha256(content).hexdigest()


@contextmanager
def drawer(database: Database, database_url: str, folder: Path, **settings: Any) -> Iterator[Drawer]:
    """The application with documents in a folder; `settings` as in `[documents]`."""
    place = folder / "documents"
    small = {"url": str(place), "max_bytes": 600 * KB, "quota_bytes": 1000 * KB}
    with office(database, database_url, folder) as made:
        extra = {"accounts": {"key_file": str(folder / "accounts.key")}, "documents": {**small, **settings}}
        config = Config(database_url, limits=ServerLimits(poll_seconds=0.02), extra=extra)
        made.app = create_app(config, database)
        yield Drawer(made, place)
