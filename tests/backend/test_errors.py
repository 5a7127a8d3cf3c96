"""Every refusal of the service says in its own words what it is about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import hrtui.backend
from hrtui.backend.errors import problem

_RAISED = re.compile(r'(?:ApiError|refusal|problem)\(\s*\d{3},\s*"(\w+)"|Refused\("(\w+)"')
CODES = sorted(
    {
        first or second
        for file in Path(hrtui.backend.__file__).parent.rglob("*.py")
        for first, second in _RAISED.findall(file.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize("code", CODES)
def test_a_refusal_is_not_told_as_one_that_is_not_understood(code: str) -> None:
    told, unknown = bytes(problem(409, code).body), bytes(problem(409, "no_such_code").body)
    assert told.partition(b'"message"')[2] != unknown.partition(b'"message"')[2] or code == "bad_request"
