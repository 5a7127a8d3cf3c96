"""How long 1,000 pay components take to plan, type and save: python -m tests.bench.pay_bulk [PEOPLE]."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from hrtui.demo.build import build_demo
from hrtui.domain.identity.problem import Value
from hrtui.domain.month import Month
from hrtui.store.employers import employers
from hrtui.store.keys import create_file_key
from hrtui.store.pay_bulk import plan_batch, plan_bulk, save_bulk
from hrtui.store.pay_component_types import save_pay_type
from hrtui.store.people import person_ids
from hrtui.store.profile import find_profile
from hrtui.store.store import Store

BONUS: dict[str, Value] = {
    "code": "070", "name_nl": "Premie", "name_fr": "", "name_en": "", "group_name": "", "input": "total",
    "default_cents": None, "provider_link_id": None, "for_everyone": 1, "active": 1,
}  # fmt: skip
Result = TypeVar("Result")


def timed(name: str, work: Callable[[], Result]) -> Result:
    """Do `work`, and print its CPU and elapsed time."""
    cpu, began = time.process_time(), time.perf_counter()
    result = work()
    print(f"{name:<24} {time.process_time() - cpu:6.3f} s CPU {time.perf_counter() - began:6.3f} s")
    return result


def main(people: int) -> None:
    """Make a demo of so many people, and time a bulk of one component for all of them."""
    with tempfile.TemporaryDirectory(prefix="hrtui-bench-") as folder:
        profile = find_profile("bench", Path(folder))
        profile.prepare()
        store = Store.open(profile, create_file_key(profile), actor="bench")
        build_demo(store, people, date(2026, 9, 10))
        (employer,) = employers(store)
        month = Month(2026, 9)
        kind = save_pay_type(store, employer.id, BONUS)
        ids = person_ids(store, employer.id, month)
        plan = timed("plan", lambda: plan_bulk(store, employer.id, kind, month, ids))
        timed("same for everyone", lambda: plan.set_all("500"))
        batch = timed("save", lambda: save_bulk(store, employer.id, plan))
        assert batch is not None
        again = timed("open again", lambda: plan_batch(store, employer.id, batch))
        again.set_all("600")
        timed("save the adjustment", lambda: save_bulk(store, employer.id, again))
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
