"""Each common job takes as few keys as it says, does what it says, and stands so in the table."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.pty.desk import Desk, export, presses
from tests.pty.jobs import BEGIN, END, JOBS, MORE, TABLE, Job, table

pytestmark = pytest.mark.pty

EVERY = [pytest.param(job, id=job.name) for job in (*JOBS, *MORE)]


@pytest.mark.parametrize("job", EVERY)
def test_a_job_takes_its_keys_and_does_what_it_says(
    job: Job, demo_home: Path, office_made: Path, tmp_path: Path
):
    source, day = (demo_home, "2026-09-15") if job.people == 60 else (office_made, "2026-05-12")
    home = Path(shutil.copytree(source, tmp_path / "home"))
    with Desk(home, day=day) as desk:
        for keys, says in job.before:
            desk.do(keys, says)
        before = [len(export(home, what, month)) for what, month, _ in job.adds]
        desk.presses = 0
        for keys, says in job.thoughts:
            desk.do(keys, says)
        assert desk.presses == job.keys
        desk.leave()
    after = [len(export(home, what, month)) for what, month, _ in job.adds]
    assert [new - old for new, old in zip(after, before, strict=True)] == [n for _, _, n in job.adds]


@pytest.mark.parametrize("job", EVERY)
def test_a_job_is_no_slower_than_expected(job: Job):
    assert sum(presses(keys) for keys, _ in job.thoughts) == job.keys
    if job.projected and job.projected_seconds:
        # One, two and three keys say no more than how much and what: nothing can be left out of them.
        assert job.keys < job.projected[0] or job.projected[0] <= 3
        assert job.seconds <= job.projected_seconds


def test_the_table_is_in_step_with_the_jobs():
    page = TABLE.read_text(encoding="utf-8")
    above, _, rest = page.partition(BEGIN)
    _, _, below = rest.partition(END)
    wanted = f"{above}{BEGIN}{table()}{END}{below}"
    if os.environ.get("HRTUI_REWRITE_GOLDEN"):
        TABLE.write_text(wanted, encoding="utf-8")
    assert len(JOBS) == 10
    assert page == wanted
