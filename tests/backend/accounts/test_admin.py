"""`hrtui admin`: employers with their starter rows, users, invitations, roles, and clear refusals."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrtui.backend.accounts.employers import tenants
from hrtui.cli.run import run
from hrtui.domain.sync.units import ENTITIES
from hrtui.sync.backend_errors import BackendError
from tests.backend.accounts.fixtures import backend
from tests.backend.accounts.phone import Moment, activated, refused
from tests.backend.accounts.service import EMPLOYER, PASSWORD, Service

__all__ = ["backend"]

Admin = Callable[..., tuple[int, str, str]]
BO = "name: bo.claes\nfull name: Bo Claes\nemail: bo@example.org\n"


@pytest.fixture
def admin(backend: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Admin:
    """Runs `hrtui admin …` on the backend's database; gives code, data and talk."""
    accounts = backend.config.extra["accounts"]
    lines = [f'database = "{backend.config.database}"', "[accounts]", 'url = "https://hr.example.org"']
    lines += [f'{name} = "{value}"' for name, value in accounts.items()]
    config = tmp_path / "backend.toml"
    config.write_text("\n".join(lines), encoding="utf-8")

    def call(*words: str, typed: str = "") -> tuple[int, str, str]:
        capsys.readouterr()
        before, sys.stdin = sys.stdin, io.StringIO(typed)
        try:
            code = run(["admin", *words, "--config", str(config), "--lang", "en"])
        finally:
            sys.stdin = before
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_an_employer_begins_with_leave_types_and_holidays(admin: Admin, backend: Service) -> None:
    code, out, err = admin("employers", "add", "--name", "Zuivel BV", "--country", "nl", "--json")
    assert (code, "“Zuivel BV” is there" in err) == (0, True)
    tenant_id = json.loads(out)["id"]
    assert [name for _, name in tenants(backend.accounts)] == [EMPLOYER, "Zuivel BV"]
    with backend.database.transaction(tenant_id, read_only=True) as con:
        rows = con.all("SELECT entity, units FROM row_state WHERE tenant_id = ?", tenant_id)
    kept: dict[str, list[dict[str, Any]]] = {}
    for entity, units in rows:
        kept.setdefault(entity, []).append(json.loads(units))
    assert {entity: len(found) for entity, found in kept.items()} == {
        "employer": 1,
        "holiday": len(kept["holiday"]),
        "leave_type": 26,
    }
    assert any(one["name_nl"] == "Koningsdag" for one in kept["holiday"])
    for entity, found in kept.items():
        assert set(found[0]) == set(ENTITIES[entity].units), entity
    assert admin("employers", "list")[1].count("\n") == 2
    assert admin("employers", "add", "--name", "zuivel bv", "--country", "NL")[0] == 1


def test_a_user_is_made_from_a_file_and_invited_in_their_language(admin: Admin, backend: Service) -> None:
    code, out, err = admin("users", "add", "--employer", "de korst", "--file", "-", typed=BO)
    assert (code, out) == (1, "")
    assert f"There is no employer “de korst” here; there is: “{EMPLOYER}”." in err
    words = ("users", "add", "--roles", "clerk,manager", "--language", "fr", "--file", "-")
    code, out, err = admin(*words, typed=BO)
    assert (code, out) == (0, "")
    assert "on its way by e-mail" in err
    assert backend.post.mails[-1]["to"] == "bo@example.org"
    assert "hrtui activate https://hr.example.org" in backend.post.body()
    with backend.api() as api:
        assert api.invitation(backend.post.token()).language == "fr"
    listed = json.loads(admin("users", "list", "--json")[1])
    assert [(one["name"], one["activated"], one["employers"][0]["roles"]) for one in listed] == [
        ("bo.claes", False, ["clerk", "manager"])
    ]
    with backend.database.transaction(backend.tenant_id, read_only=True) as con:
        members = con.all("SELECT units FROM row_state WHERE entity = 'member'")
    assert [json.loads(units) for (units,) in members] == [
        {"name": "Bo Claes", "roles": ["clerk", "manager"]}
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (BO.replace("bo.claes", "Bo Claes!"), "cannot be a user name"),
        (BO.replace("bo.claes", "b" * 33), "cannot be a user name"),
        (BO.replace("bo@example.org", "bo at example"), "is no e-mail address"),
        (BO + "roles: boss\n", "There is no role “boss”"),
        (BO + "language: de\n", "There is no language “de”"),
        ("name: bo.claes\nfull name: Bo\n", "“email” is missing"),
        ("bo.claes\n", "is not of the form"),
    ],
)
def test_what_is_wrong_with_a_user_is_told(admin: Admin, typed: str, sentence: str) -> None:
    code, out, err = admin("users", "add", "--file", "-", typed=typed)
    assert code in (1, 2)
    assert out == ""
    assert sentence in err
    assert json.loads(admin("users", "list", "--json")[1]) == []


def test_a_token_is_handed_over_by_hand_where_no_mail_goes_out(
    admin: Admin, backend: Service, tmp_path: Path
) -> None:
    config = tmp_path / "backend.toml"
    lines = [line for line in config.read_text().splitlines() if not line.startswith("mail")]
    config.write_text("\n".join(lines), encoding="utf-8")
    code, out, err = admin("users", "add", "--file", "-", "--json", typed=BO)
    assert code == 0
    assert "No mail server is set up" in err
    with backend.api() as api:
        assert api.invitation(json.loads(out)["token"]).name == "bo.claes"


def test_roles_switching_off_resetting_and_revoking(admin: Admin, backend: Service, moment: Moment) -> None:
    who = {"typed": "name: an.peeters"}
    with backend.api() as api:
        active = activated(backend, api, moment)
        assert admin("users", "roles", "--roles", "auditor", "--file", "-", **who)[0] == 0
        assert api.me(active.tokens.access).employers[0].roles == ("auditor",)
        assert admin("users", "roles", "--roles", "none", "--file", "-", **who)[0] == 0
        assert api.me(active.tokens.access).employers == ()
        assert admin("sessions", "revoke", "--file", "-", **who)[2] == "1 device was logged out.\n"
        with pytest.raises(BackendError):
            api.me(active.tokens.access)
        assert admin("users", "disable", "--file", "-", **who)[0] == 0
        assert refused(api.login, "an.peeters", PASSWORD) == "account_disabled"
        assert "switched off" in admin("users", "list")[1]
        assert admin("users", "enable", "--file", "-", **who)[0] == 0
        assert admin("invitations", "send", "--file", "-", **who)[2].startswith(
            "The user “an.peeters” is activated"
        )
        assert admin("users", "reset-factor", "--file", "-", **who)[0] == 0
        assert api.invitation(backend.post.token()).password_set
    assert admin("users", "disable", "--file", "-", typed="name: nobody")[2] == "There is no user “nobody”.\n"
