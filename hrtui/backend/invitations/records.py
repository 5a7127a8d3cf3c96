"""The rows of invitations: made, found by their token, answered once, and gone when nobody needs them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from hrtui.backend.accounts.hashing import new_token, token_hash
from hrtui.backend.accounts.vault import Vault
from hrtui.backend.database import Connection, Row
from hrtui.domain.identity.problem import Value

LASTS = 14 * 24 * 3600
"""Seconds that a link works."""
KEPT = 60 * 24 * 3600
"""Seconds after its end at which an invitation goes, answered or not: its clerk did not come for it."""
_COLUMNS = "id, user_id, language, country, asked, sent_at, expires_at, answered_at, answer"


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation; `answer` is encrypted, '' until there is one."""

    tenant_id: int
    id: int
    user_id: int
    language: str
    country: str
    asked: tuple[str, ...]
    sent_at: int
    expires_at: int
    answered_at: int
    answer: str

    def state(self, now: int) -> str:
        """`answered`, `expired` or `open`."""
        if self.answered_at:
            return "answered"
        return "expired" if self.expires_at <= now else "open"


def token_for(tenant_id: int) -> str:
    """A token that says whose table it is to be looked for in, as rows are hidden until that is known."""
    return f"{tenant_id:x}.{new_token()}"


def tenant_of(token: str) -> int:
    """The employer that a token names, 0 where it names none."""
    number, dot, _ = token.partition(".")
    try:
        found = int(number, 16) if dot and number.isascii() and number.isalnum() else 0
    except ValueError:
        return 0
    return found if 0 < found < 2**63 else 0


def keep(con: Connection, invited: Invited, token: str) -> None:
    """Keep a new invitation, in the place of an older one for the same form."""
    con.execute("DELETE FROM person_invitation WHERE tenant_id = ? AND id = ?", invited.tenant_id, invited.id)
    con.execute(
        "INSERT INTO person_invitation (tenant_id, id, user_id, token_hash, language, country, asked,"
        " sent_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        invited.tenant_id, invited.id, invited.user_id, token_hash(token), invited.language,
        invited.country, json.dumps(invited.asked), invited.sent_at, invited.expires_at,
    )  # fmt: skip


def by_token(con: Connection, tenant_id: int, token: str) -> Invited | None:
    """The invitation whose link has this token."""
    return _one(con, tenant_id, "token_hash = ?", token_hash(token))


def by_id(con: Connection, tenant_id: int, invitation_id: int) -> Invited | None:
    """The invitation of a form."""
    return _one(con, tenant_id, "id = ?", invitation_id)


def of_user(con: Connection, tenant_id: int, user_id: int) -> list[Invited]:
    """Those that a clerk sent."""
    found = con.all(
        f"SELECT {_COLUMNS} FROM person_invitation WHERE tenant_id = ? AND user_id = ? ORDER BY id",
        tenant_id,
        user_id,
    )
    return [_read(tenant_id, row) for row in found]


def put_answer(
    con: Connection, vault: Vault, invited: Invited, values: Mapping[str, Value], now: int
) -> bool:
    """Keep the answer; says whether it is the first one, as only that counts."""
    sealed = vault.seal(json.dumps(dict(values)), _about(invited))
    done = con.execute(
        "UPDATE person_invitation SET answer = ?, answered_at = ?"
        " WHERE tenant_id = ? AND id = ? AND answered_at = 0 AND expires_at > ?",
        sealed, now, invited.tenant_id, invited.id, now,
    )  # fmt: skip
    return done == 1


def answer_of(vault: Vault, invited: Invited) -> dict[str, Value]:
    """What the employee answered; raises VaultError where the key is another one."""
    found = json.loads(vault.unseal(invited.answer, _about(invited)) or "{}")
    return dict(found)


def drop(con: Connection, tenant_id: int, user_id: int, invitation_id: int) -> bool:
    """End a clerk's invitation with its answer; says whether there was one."""
    return bool(
        con.execute(
            "DELETE FROM person_invitation WHERE tenant_id = ? AND user_id = ? AND id = ?",
            tenant_id,
            user_id,
            invitation_id,
        )
    )


def clear_old(con: Connection, tenant_id: int, now: int) -> None:
    """Drop what nobody came for."""
    con.execute("DELETE FROM person_invitation WHERE tenant_id = ? AND expires_at < ?", tenant_id, now - KEPT)


def _one(con: Connection, tenant_id: int, where: str, value: object) -> Invited | None:
    row = con.one(
        f"SELECT {_COLUMNS} FROM person_invitation WHERE tenant_id = ? AND {where}", tenant_id, value
    )
    return _read(tenant_id, row) if row else None


def _read(tenant_id: int, row: Row) -> Invited:
    id_, user_id, language, country, asked, sent_at, expires_at, answered_at, answer = row
    names = tuple(json.loads(asked))
    return Invited(
        tenant_id, id_, user_id, language, country, names, sent_at, expires_at, answered_at, answer
    )


def _about(invited: Invited) -> str:
    return f"person_invitation:{invited.tenant_id}:{invited.id}"
