"""What the snapshots and files of 1,000 people cost: python -m tests.bench.month_files [PEOPLE]."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from hrtui.demo.build import build_demo
from hrtui.domain.month import Month
from hrtui.domain.snapshot import Snapshot, canonical, differences, from_json
from hrtui.payroll.layouts import Header, Layout, layout_files, load_layout, render
from hrtui.payroll.month_snapshot import snapshots
from hrtui.store.employers import employers
from hrtui.store.keys import create_file_key
from hrtui.store.people import person_ids
from hrtui.store.profile import find_profile
from hrtui.store.store import Store

MONTH = Month(2026, 9)
Result = TypeVar("Result")


def timed(name: str, work: Callable[[], Result]) -> Result:
    """Do `work`, and print its CPU time."""
    began = time.process_time()
    result = work()
    print(f"{name:<28} {time.process_time() - began:6.3f} s CPU")
    return result


def for_layout(layout: Layout, made: dict[int, Snapshot]) -> tuple[Layout, list[Snapshot]]:
    """The layout with codes for all types, and the people as those of its provider."""
    kinds = {kind.key: kind for one in made.values() for kind in one.kinds()}
    codes = {key: f"{number:04d}" for number, key in enumerate(sorted(kinds), 1)}
    people = [
        replace(one, person=replace(one.person, provider=layout.provider, client_number="1111111"))
        for one in made.values()
    ]
    return replace(layout, codes=codes), people


def main(people: int) -> None:
    """Make a demo of so many people, and time its September in every layout."""
    with tempfile.TemporaryDirectory(prefix="hrtui-bench-") as folder:
        profile = find_profile("bench", Path(folder))
        profile.prepare()
        store = Store.open(profile, create_file_key(profile), actor="bench")
        build_demo(store, people, date(2026, 9, 30))
        (employer,) = employers(store)
        ids = person_ids(store, employer.id, MONTH)
        # The first run also loads the modules.
        snapshots(store, employer.id, MONTH, ids[:10])
        made = timed(f"snapshots of {len(ids)}", lambda: snapshots(store, employer.id, MONTH, ids))
        store.close()
    kept = timed("canonical form", lambda: [canonical(one) for one in made.values()])
    again = timed("read back", lambda: [from_json(one) for one in kept])
    timed("compare", lambda: [differences(old, made[old.person.id]) for old in again])
    header = Header(employer.name, MONTH, datetime(2026, 10, 1, tzinfo=UTC))
    for name in layout_files():
        layout, everybody = for_layout(load_layout(name), made)
        timed(name, lambda layout=layout, all_=everybody: render(layout, all_, header))  # type: ignore[misc]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
