"""How long a month of 1,000 people takes to check and forward: python -m tests.bench.forwarding [PEOPLE]."""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from hrtui.demo.build import build_demo
from hrtui.domain.month import Month
from hrtui.forwarding.check import check
from hrtui.forwarding.layouts import GENERIC, layouts_of
from hrtui.forwarding.local import LocalForward
from hrtui.forwarding.plan import open_corrections
from hrtui.forwarding.prepare import Wanted, prepare
from hrtui.forwarding.state import month_state
from hrtui.store.employers import employers
from hrtui.store.keys import create_file_key
from hrtui.store.people import person_ids
from hrtui.store.profile import find_profile
from hrtui.store.store import Store
from tests.bench.pay_bulk import timed


def main(people: int) -> None:
    """Make a demo of so many people, and time the check, the preview and the sending of its month."""
    with tempfile.TemporaryDirectory(prefix="hrtui-bench-") as folder:
        profile = find_profile("bench", Path(folder))
        profile.prepare()
        store = Store.open(profile, create_file_key(profile), actor="bench")
        build_demo(store, people, date(2026, 9, 28))
        (employer,) = employers(store)
        month, layouts = Month(2026, 9), layouts_of(None)
        ids = person_ids(store, employer.id, month)
        timed("check", lambda: check(store, employer.id, month, ids, layouts(GENERIC)))
        wanted = Wanted(month, GENERIC, ids, datetime(2026, 9, 28, tzinfo=UTC))
        prepared = timed("snapshots and files", lambda: prepare(store, employer.id, wanted, layouts))
        port = LocalForward(store, layouts, Path(folder))
        timed("send", lambda: port.forward(prepared.order))
        timed("who changed since", lambda: open_corrections(store, employer.id, month))
        timed("state below the grid", lambda: month_state(store, employer.id, month))
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
