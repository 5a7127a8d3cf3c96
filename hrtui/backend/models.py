"""The base of the backend's tables, apart from the client's: both have rows of the same names."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

METADATA = MetaData()
_REGISTRY = registry(metadata=METADATA)


class ServerTable(SQLModel, registry=_REGISTRY):
    """What every table of the backend derives from; `METADATA` then holds it for the migrations."""

    metadata = METADATA
