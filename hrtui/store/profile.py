"""Where a clerk's files lie: one private folder per profile."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from hrtui.i18n import t
from hrtui.store.errors import StoreError

NETWORK_FILE_SYSTEMS = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "fuse.glusterfs",
        "glusterfs", "lustre", "fuse.s3fs", "davfs",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """A named set of local files: the database, its key file and its settings."""

    name: str
    folder: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.folder / "hrtui.db"

    @property
    def key_file(self) -> Path:
        """How the database is unlocked."""
        return self.folder / "key.json"

    def exists(self) -> bool:
        """Whether this profile was made before."""
        return self.database.exists() and self.key_file.exists()

    def prepare(self) -> None:
        """Make the folder, readable by its owner only; raises StoreError when that is refused."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
        except OSError as problem:
            raise StoreError(
                t(
                    "The folder {folder} cannot be used ({reason}). Choose another with --data-dir.",
                    folder=self.folder,
                    reason=problem.strerror,
                )
            ) from problem


USUAL_PROFILE = "default"
"""The profile that is meant where none is named."""


def program_for(profile: str) -> str:
    """The program with its profile, to be named in a sentence: `hrtui`, or `hrtui --profile an`."""
    return "hrtui" if profile == USUAL_PROFILE else f"hrtui --profile {profile}"


def find_profile(name: str, data_dir: Path | None = None) -> Profile:
    """The profile of that name under `data_dir`, HRTUI_DATA_DIR or the user's data folder; makes nothing.

    Raises StoreError for a name that is no plain folder name.
    """
    if not name or not all(sign.isalnum() or sign in "-_." for sign in name) or name.startswith("."):
        raise StoreError(t("“{name}” cannot be a profile name: use letters, digits, - and _.", name=name))
    root = data_dir or (Path(os.environ["HRTUI_DATA_DIR"]) if os.environ.get("HRTUI_DATA_DIR") else None)
    if root is None:
        from platformdirs import user_data_path

        root = user_data_path("hrtui", appauthor=False)
    return Profile(name, root.expanduser().absolute() / name)


def network_file_system(path: Path) -> str:
    """The kind of network file system that `path` lies on, empty for a local one.

    SQLite's locks and shared memory are not reliable over a network.
    """
    try:
        lines = Path("/proc/self/mountinfo").read_text().splitlines()
    except OSError:
        return ""
    real = str(path.resolve())
    best, kind = "", ""
    for line in lines:
        left, _, right = line.partition(" - ")
        mount = left.split()[4].encode().decode("unicode_escape")
        inside = real == mount or real.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, right.split()[0]
    return kind if kind in NETWORK_FILE_SYSTEMS else ""
