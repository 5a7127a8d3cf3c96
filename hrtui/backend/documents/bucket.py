"""Objects in an S3-compatible bucket, through obstore (extra `s3`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from hrtui.backend.documents.objects import MissingObjectError

PART = 8 * 1024 * 1024
"""Bytes of a part of a large object: S3 takes parts from 5 MiB on, 10,000 at most."""
IN_MEMORY = 64 * 1024 * 1024
"""Bytes up to which an object waits in memory; a larger one in a temporary file without a name."""


class BucketObjects:
    """Objects below `prefix` of the bucket in a URL `s3://bucket/prefix`.

    The store's settings (`endpoint`, `region`, …) come over those of the AWS_* environment variables and of
    the machine's role, which name the credentials.
    """

    def __init__(self, url: str, settings: Mapping[str, Any]) -> None:
        from obstore.store import S3Store

        plain = str(settings.get("endpoint", "")).startswith("http://")
        self._store = S3Store.from_url(url, client_options={"allow_http": plain}, **settings)

    def put(self, key: str, content: Iterable[bytes]) -> None:
        """Write an object, in parts where it is large; an interrupted one never appears."""
        import obstore

        # All of it first: where the content comes from this bucket too, obstore cannot read while it writes.
        with SpooledTemporaryFile(IN_MEMORY) as spool:
            for part in content:
                spool.write(part)
            spool.seek(0)
            with _failures(key):
                obstore.put(self._store, key, cast("IO[bytes]", spool), chunk_size=PART)

    def has(self, key: str) -> bool:
        """Whether the object is there."""
        import obstore

        try:
            with _failures(key):
                obstore.head(self._store, key)
        except MissingObjectError:
            return False
        return True

    def read(self, key: str, start: int, end: int) -> bytes:
        """A part of the object."""
        import obstore

        if end <= start:
            return b""
        with _failures(key):
            return bytes(obstore.get_range(self._store, key, start=start, end=end))

    def remove(self, key: str) -> None:
        """Remove the object."""
        import obstore

        try:
            with _failures(key):
                obstore.delete(self._store, key)
        except MissingObjectError:
            return

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin so."""
        import obstore

        with _failures(prefix):
            return sorted(one["path"] for page in obstore.list(self._store, prefix) for one in page)


@contextmanager
def _failures(key: str) -> Iterator[None]:
    """What the store says of a failure may hold addresses and keys: only its kind is told on."""
    from obstore.exceptions import BaseError, NotFoundError

    try:
        yield
    except (NotFoundError, FileNotFoundError):
        raise MissingObjectError(key) from None
    except BaseError as problem:
        raise OSError(f"the bucket refuses: {type(problem).__name__}") from None
