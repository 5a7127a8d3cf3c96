"""A snapshot is kept and read back unchanged, and its hash is that of its content and nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given

from hrtui.domain.snapshot import Snapshot, SnapshotError, canonical, from_json, sha256
from tests.domain.snapshot.months import snapshots
from tests.payroll.june import whole


@given(snapshots(valid=False))
def test_it_is_read_back_as_it_was(made: Snapshot) -> None:
    content = canonical(made)
    assert from_json(content) == from_json(content.decode()) == made
    assert canonical(from_json(content)) == content


def test_the_hash_is_one_that_anybody_can_recompute() -> None:
    content = canonical(whole())
    again = json.dumps(json.loads(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert again.encode() == content
    assert sha256(whole()) == hashlib.sha256(content).hexdigest()


def test_the_form_stays_as_it_is_for_what_was_sent_before() -> None:
    first = replace(whole(), rules=1, before=None, after=None)
    assert sha256(first) == "cbbdad89d8ae52a4e753ac805193215ca390ec15a949d7108870b39edb2139f0"
    assert from_json(canonical(first)) == first
    assert sha256(whole()) == "7f583547f191cb090a724ea64e83ed47b833c3986006122ff57a2fe9d7bd86fb"


def test_another_minute_gives_another_hash() -> None:
    made = whole()
    day = made.days[0]
    other = replace(made, days=(replace(day, lines=(replace(day.lines[0], minutes=455),)), *made.days[1:]))
    assert sha256(other) != sha256(made)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"null", b'"text"', b"\xff", canonical(whole())[:-1], b'{"rules":"1"}']
)
def test_what_is_no_snapshot_is_refused_without_telling_what_it_holds(content: bytes) -> None:
    with pytest.raises(SnapshotError) as refused:
        from_json(content)
    assert "Testman" not in str(refused.value)


def test_a_snapshot_by_newer_rules_is_refused() -> None:
    content = canonical(replace(whole(), rules=99))
    with pytest.raises(SnapshotError, match="rules 99"):
        from_json(content)
