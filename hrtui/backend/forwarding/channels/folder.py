"""Delivering into a folder of the backend's machine, such as one that a provider's own program watches."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hrtui.backend.forwarding.channels.port import MOST_BYTES, DeliveryError, Setup, is_answer
from hrtui.backend.forwarding.package import Package
from hrtui.failpoints import failpoint
from hrtui.i18n import t


class FolderChannel:
    """A folder `path` for what goes, and perhaps a folder `returns` for answers."""

    def __init__(self, setup: Setup) -> None:
        self._path = Path(setup["path"])
        self._returns = Path(setup["returns"]) if setup["returns"] else None

    def send(self, package: Package) -> str:
        """Write a new folder beside its place, then give it its name: it is there whole or not at all."""
        place = self._path / package.name
        if place.is_dir():
            return str(place)
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            for left in self._path.glob(f"{package.draft}-*") if package.tries > 1 else ():
                shutil.rmtree(left, ignore_errors=True)
            draft = Path(tempfile.mkdtemp(prefix=f"{package.draft}-", dir=self._path))
            try:
                for name, content in package.files:
                    with (draft / name).open("wb") as file:
                        file.write(content)
                        file.flush()
                        os.fsync(file.fileno())
                draft.chmod(0o750)
                failpoint("deliver.uploaded")
                draft.rename(place)
            except OSError:
                shutil.rmtree(draft, ignore_errors=True)
                if not place.is_dir():
                    raise
            self._flush()
        except OSError as problem:
            raise _failure(self._path, problem) from problem
        failpoint("deliver.renamed")
        return str(place)

    def test(self) -> str:
        """See whether the folder can be written."""
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".hrtui-", dir=self._path):
                pass
            if self._returns:
                list(self._returns.iterdir())
        except OSError as problem:
            raise _failure(self._path, problem) from problem
        return t("{file} can be written.", file=self._path)

    def answers(self) -> Iterator[tuple[str, bytes]]:
        """The files in the return folder."""
        if self._returns is None:
            return
        try:
            for path in sorted(self._returns.iterdir()):
                if is_answer(path.name) and path.is_file() and path.stat().st_size <= MOST_BYTES:
                    yield path.name, path.read_bytes()
        except OSError as problem:
            raise _failure(self._returns, problem) from problem

    def _flush(self) -> None:
        handle = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _failure(path: Path, problem: OSError) -> DeliveryError:
    return DeliveryError(t("{file} cannot be used: {reason}.", file=path, reason=problem.strerror))
