"""Two employers with the same people: one with a filled September, one empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hrtui.i18n import set_language
from hrtui.imports.run import import_file
from hrtui.store.employers import create_employer
from tests.imports.office import PEOPLE, SCHEDULES, Office, open_office

ENTRIES = """number;date;from;to;code;part;hours;status
1;;01/09/2026;04/09/2026;VAK;;;
1;07/09/2026;;;KV;;4;
1;07/09/2026;;;VAK;;;
1;07/09/2026;;;OVU;;1:15;
1;08/09/2026;;;ZGL;am;;
1;08/09/2026;;;VAK;pm;;pending
2;;14/09/2026;16/09/2026;ZGL;;;
3;10/09/2026;;;TW;;3,33;
"""


@dataclass
class Offices:
    """The filled employer and the empty one."""

    filled: Office
    empty: Office


@pytest.fixture
def offices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offices]:
    monkeypatch.setenv("HRTUI_TODAY", "2026-09-15")
    with open_office(tmp_path) as filled:
        filled.fill()
        assert filled.take("entries", ENTRIES).problems == ()
        yield Offices(filled, twin(filled))
    set_language("en")


def twin(office: Office) -> Office:
    """Another employer in the same store with the same schedules and people, without entries."""
    employer_id = create_employer(office.store, "Leeg NV", "BE", "nl", 2026)
    for kind, content in (("schedules", SCHEDULES), ("people", PEOPLE)):
        import_file(office.store, employer_id, kind, office.file(content))  # type: ignore[arg-type]
    return replace(office, employer_id=employer_id)
