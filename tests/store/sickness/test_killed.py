"""The program killed in the middle of copying a file: nothing half is there, and the copy goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from hrtui.domain.sickness.reporting import Report
from hrtui.store.sickness.documents import Folder, add_document, content_of, documents
from hrtui.store.sickness.report import report_sick
from hrtui.store.sickness.vault import CHUNK, vault_of
from tests.store.sickness.conftest import TODAY, Ward

COPY = """
import os, signal, sys
from pathlib import Path
from hrtui.store.profile import Profile
from hrtui.store.sickness.desk import case_desk
from hrtui.store.sickness.documents import Folder, add_document
from hrtui.store.store import Store

folder, key, employer, case, file = sys.argv[1:]
store = Store.open(Profile("test", Path(folder)), bytes.fromhex(key), actor="Clerk One")

def die(done, size):
    if done >= size // 2:
        os.kill(os.getpid(), signal.SIGKILL)

add_document(case_desk(store, int(employer)), int(case), Folder.OTHER, Path(file), progress=die)
"""


def test_a_copy_that_was_killed_goes_on(dutch: Ward, tmp_path: Path) -> None:
    case_id = report_sick(dutch.desk, dutch.id, Report(TODAY)).case_id
    file = tmp_path / "report.pdf"
    content = b"%PDF-1.7\n" + os.urandom(4 * CHUNK)
    file.write_bytes(content)
    office = dutch.office
    arguments = [
        str(office.profile.folder),
        office.key.hex(),
        str(office.employer_id),
        str(case_id),
        str(file),
    ]
    done = subprocess.run([sys.executable, "-c", COPY, *arguments], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert documents(dutch.desk, case_id) == []
    told: list[int] = []
    document_id = add_document(
        dutch.desk, case_id, Folder.OTHER, file, progress=lambda done, size: told.append(done)
    )
    assert told[0] >= 3 * CHUNK
    assert content_of(dutch.desk, document_id) == content
    left = [path.name for path in vault_of(office.store).folder.rglob("*") if path.suffix == ".part"]
    assert left == []
