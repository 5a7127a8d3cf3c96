"""The tables of documents: what is there for whom, and what is on its way."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from hrtui.backend.models import ServerTable

_EMPTY = {"server_default": text("''")}


class Document(ServerTable, table=True):
    """A content that readers of `area` ('': all clerks) may read; `name` is for showing only.

    The same content may be there for several areas, and lies in the store once. Moments are ISO text, UTC.
    """

    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    sha256: str = Field(primary_key=True)
    area: str = Field(primary_key=True)
    size: int = Field(sa_type=BigInteger)
    media_type: str
    name: str = Field(default="", sa_column_kwargs=_EMPTY)
    user_id: int = Field(sa_type=BigInteger)
    at: str


class DocumentUpload(ServerTable, table=True):
    """A content that is being sent: `received` bytes of `size` lie in `parts` (JSON `[[size, key], …]`)."""

    __tablename__ = "document_upload"
    __table_args__ = (Index("document_upload_once", "tenant_id", "user_id", "sha256", "area", unique=True),)
    tenant_id: int = Field(primary_key=True, sa_type=BigInteger)
    id: str = Field(primary_key=True)
    user_id: int = Field(sa_type=BigInteger)
    sha256: str
    area: str
    size: int = Field(sa_type=BigInteger)
    media_type: str
    name: str
    received: int = Field(sa_type=BigInteger)
    parts: str
    touched_at: int = Field(sa_type=BigInteger)
