"""The bootstrap of a device: visible rows in pages of different moments, which the feed from `r0` mends."""

from __future__ import annotations

import base64
import json
from typing import Any

from hrtui.backend.database import Connection, marks
from hrtui.backend.errors import ApiError
from hrtui.backend.sync.audit import Deed
from hrtui.backend.sync.positions import check_history, clock_of, refusal
from hrtui.backend.sync.scope import Scope, scope_of
from hrtui.backend.sync.writing import Actor, Writing
from hrtui.domain.sync.units import DAY, ENTITIES, SERVER_ENTITIES, WHOLE_ROW
from hrtui.domain.sync.values import is_text
from hrtui.domain.sync.wire import SnapshotAnswer, SnapshotPage, SnapshotRequest

_ALL = sorted([*ENTITIES, *SERVER_ENTITIES])
_AT_ONCE = 200
_EMPTY_DAY = '{"entries":[]}'


def start(
    con: Connection, tenant_id: int, actor: Actor, roles: frozenset[str], request: SnapshotRequest
) -> SnapshotAnswer:
    """Where the feed goes on after the pages, and the token of the first one; it is kept in the audit trail.

    Raises ApiError 409 timeline_diverged where a witness is given that this history does not have.
    """
    writing = Writing.begin(con, tenant_id, actor)
    now = writing.clock
    if request["witness"] is not None:
        check_history(con, tenant_id, now, request["witness"])
    scope = scope_of(con, tenant_id, roles)
    wanted = [name for name in _ALL if name in request.get("entities", _ALL)]
    visible = [name for name in wanted if scope.sees(name, WHOLE_ROW)]
    row = con.one(
        "SELECT count(*) FROM row_state WHERE tenant_id = ? AND deleted = 0"
        f" AND entity IN ({marks(len(visible) + 1)})",
        tenant_id, "", *visible,
    )  # fmt: skip
    writing.deeds.append(Deed("", "snapshot", "", tenant_id))
    writing.record()
    token = _token({"after": ["", 0, ""], "entities": visible, "scope": scope.version})
    return {
        **now.head(),
        "r0": now.position,
        "scope": scope.version,
        "hidden": sorted(scope.hidden),
        "page_token": token,
        "rows": int(row[0]) if row else 0,
    }


def page(con: Connection, tenant_id: int, roles: frozenset[str], most: int, token: str) -> SnapshotPage:
    """The rows after the place that the token names.

    Raises ApiError 400 for a token that is none, 409 scope_changed where the roles changed meanwhile.
    """
    wanted = _read(token)
    now = clock_of(con, tenant_id)
    scope = scope_of(con, tenant_id, roles)
    if wanted["scope"] != scope.version:
        raise refusal(409, "scope_changed", now, scope=scope.version)
    entities = [name for name in wanted["entities"] if scope.sees(name, WHOLE_ROW)]
    rows = con.all(
        "SELECT entity, row_id, date, units, rev FROM row_state WHERE tenant_id = ?"
        " AND (entity, row_id, date) > (?, ?, ?) AND deleted = 0 AND units <> ?"
        f" AND entity IN ({marks(len(entities) + 1)}) ORDER BY entity, row_id, date LIMIT ?",
        tenant_id, *wanted["after"], _EMPTY_DAY, "", *entities, most,
    )  # fmt: skip
    revs = sorted({row[4] for row in rows if row[0] == DAY})
    last = list(rows[-1][:3]) if len(rows) == most else None
    return {
        **now.head(),
        "rows": [one for row in rows if (one := _shown(scope, row)) is not None],
        "authors": _authors(con, tenant_id, revs),
        "next_token": None if last is None else _token({**wanted, "after": last}),
    }


def _authors(con: Connection, tenant_id: int, revs: list[int]) -> dict[str, tuple[str, str]]:
    """Who made these commits, and when."""
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(revs), _AT_ONCE):
        some = revs[start : start + _AT_ONCE]
        padded = [*some, *some[-1:] * (_AT_ONCE - len(some))]
        for rev, actor, at in con.all(
            f"SELECT rev, actor, at FROM commit_log WHERE tenant_id = ? AND rev IN ({marks(_AT_ONCE)})",
            tenant_id, *padded,
        ):  # fmt: skip
            found[str(rev)] = (actor, at)
    return found


def _shown(scope: Scope, row: Any) -> tuple[str, int, str, dict[str, Any], int] | None:
    entity, row_id, date, text, rev = row
    units = scope.visible(entity, json.loads(text))
    return None if units is None else (entity, row_id, date, units, rev)


def _token(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content, separators=(",", ":")).encode()).decode()


def _read(token: str) -> dict[str, Any]:
    """What a token says; it is no secret, as every page asks again what its reader may see."""
    try:
        content = json.loads(base64.urlsafe_b64decode(token.encode()))
        entity, row_id, date = content["after"]
        shaped = isinstance(entity, str) and type(row_id) is int and isinstance(date, str)
        known = set(content["entities"]) <= set(_ALL) and isinstance(content["scope"], str)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ApiError(400, "bad_request") from None
    if not (shaped and known and -1 < row_id < 2**63 and is_text(entity) and is_text(date)):
        raise ApiError(400, "bad_request")
    return {"after": [entity, row_id, date], "entities": content["entities"], "scope": content["scope"]}
