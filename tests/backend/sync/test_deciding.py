"""Who sees what is said by managers and administrators only, whatever else is open to everybody."""

from __future__ import annotations

import pytest

from tests.backend.sync.office import Office, op

ROLE, OTHER = 501, 502


@pytest.mark.parametrize("roles", ["clerk", "case_manager", "clerk case_manager"])
def test_a_clerk_says_nothing_of_who_sees_what(at_work: Office, roles: str) -> None:
    at_work.write({("employer_role", ROLE, ""): {"role": "manager", "areas": '["bank"]'}})
    clerk = at_work.clerk(roles)
    for tried in (
        op("employer_role", OTHER, "ins", role=(None, "clerk"), areas=(None, '["wages"]')),
        op("employer_role", ROLE, areas=('["bank"]', "[]")),
        op("employer_role", ROLE, "del", role=("manager", None), areas=('["bank"]', None)),
    ):
        assert clerk.push(tried)[0] == {"outcome": "parked", "reason": "role"}
    assert clerk.push(op("employer", 7, name=("Bakkerij De Korst", "De Korst")))[0]["outcome"] == "applied"


@pytest.mark.parametrize("roles", ["manager", "administrator"])
def test_a_manager_or_administrator_does(at_work: Office, roles: str) -> None:
    new = op("employer_role", OTHER, "ins", role=(None, "clerk"), areas=(None, '["wages"]'))
    assert at_work.clerk(roles).push(new)[0]["outcome"] == "applied"
