"""The table `[documents]` of the configuration: where contents lie and how much of what is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy.engine import make_url

from hrtui.backend.config import Config, ConfigError, section
from hrtui.backend.documents.kinds import MAGIC, USUAL
from hrtui.backend.documents.objects import FolderObjects, Objects
from hrtui.i18n import t

CHUNK = 4 * 1024 * 1024
"""The most bytes that one request brings."""
_DEFAULTS: Mapping[str, Any] = {
    "url": "",
    "endpoint": "",
    "region": "",
    "key_file": "",
    "max_bytes": 50 * 1024 * 1024,
    "quota_bytes": 10 * 1024**3,
    "keep_hours": 7 * 24,
    "types": list(USUAL),
}


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """The most of one document and of all of an employer (bytes), and which media types are taken.

    Uploads that nobody went on with for `keep_hours` are thrown away.
    """

    max_bytes: int
    quota_bytes: int
    keep_hours: int
    types: frozenset[str]


def limits_of(config: Config) -> DocumentLimits:
    """The limits; raises ConfigError."""
    given = section(config, "documents", _DEFAULTS)
    unknown = sorted(set(given["types"]) - MAGIC.keys())
    if unknown:
        raise ConfigError(t("The backend cannot recognise files of type {type}.", type=unknown[0]))
    return DocumentLimits(
        given["max_bytes"], given["quota_bytes"], given["keep_hours"], frozenset(given["types"])
    )


def objects_of(config: Config) -> Objects:
    """The place for contents: a folder (`file:///path`, or a path) or a bucket (`s3://bucket/prefix`).

    Without `url` it is a folder beside the SQLite file, or beside the key of the accounts. With `key_file`
    (64 hexadecimal digits a line, readable by nobody else) contents are encrypted with its first line before
    they get there; all lines open. Raises ConfigError.
    """
    given = section(config, "documents", _DEFAULTS)
    url = given["url"] or str(_own_folder(config))
    place: Objects
    if url.startswith("s3://"):
        place = _bucket(url, given)
    else:
        path = unquote(urlsplit(url).path) if url.startswith("file://") else url
        place = FolderObjects(Path(path).expanduser())
    if not given["key_file"]:
        return place
    from hrtui.backend.documents.sealed import SealedObjects

    return SealedObjects(place, *_keys(Path(given["key_file"]).expanduser()))


def _own_folder(config: Config) -> Path:
    url = make_url(config.database)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).parent / "documents"
    beside = dict(config.extra.get("accounts", {})).get("key_file")
    if not isinstance(beside, str) or not beside:
        raise ConfigError(t("Say where documents lie, with url below [documents]."))
    return Path(beside).expanduser().parent / "documents"


def _bucket(url: str, given: Mapping[str, Any]) -> Objects:
    if find_spec("obstore") is None:
        raise ConfigError(t("Documents in a bucket need their library: install hrtui[s3]."))
    from obstore.exceptions import BaseError

    from hrtui.backend.documents.bucket import BucketObjects

    try:
        return BucketObjects(url, {name: given[name] for name in ("endpoint", "region") if given[name]})
    except (BaseError, ValueError) as problem:
        raise ConfigError(
            t("The place of the documents, {url}, cannot be used: write it as s3://bucket/folder.", url=url)
        ) from problem


def _keys(file: Path) -> list[bytes]:
    try:
        if file.stat().st_mode & 0o077:
            raise ConfigError(t("The key file {file} is readable by others: run chmod 600 on it.", file=file))
        keys = [bytes.fromhex(line) for line in file.read_text(encoding="ascii").split()]
    except (OSError, ValueError) as problem:
        raise ConfigError(t("The key file {file} cannot be read.", file=file)) from problem
    if not keys or any(len(key) != 32 for key in keys):
        raise ConfigError(
            t("The key file {file} must hold 64 hexadecimal digits: `openssl rand -hex 32`.", file=file)
        )
    return keys
