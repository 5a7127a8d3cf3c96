"""Giving changes to a device: whole commits after its cursor, only what its clerk's roles may see."""

from __future__ import annotations

import json
from typing import Any

from hrtui.backend.database import Connection
from hrtui.backend.sync.positions import Clock, chain_at, check_history, clock_of, diverged, refusal
from hrtui.backend.sync.push import receipts_of
from hrtui.backend.sync.scope import Scope, scope_of
from hrtui.domain.sync.wire import KnownAnswer, KnownRequest, Position, PullRequest


def pull(con: Connection, tenant_id: int, roles: frozenset[str], most: int, request: PullRequest) -> str:
    """The PullAnswer as JSON text; `con` must see one moment throughout.

    Raises ApiError 409 timeline_diverged, scope_changed; 410 cursor_expired.
    """
    now = clock_of(con, tenant_id)
    check_history(con, tenant_id, now, request["witness"])
    scope = scope_of(con, tenant_id, roles)
    if request["scope"] != scope.version:
        raise refusal(409, "scope_changed", now, scope=scope.version)
    cursor = request["cursor"]
    if cursor["rev"] < now.min_feed_rev:
        raise refusal(410, "cursor_expired", now)
    if chain_at(con, tenant_id, now, cursor["rev"]) != cursor["chain"]:
        raise diverged(now)
    commits = _commits(con, tenant_id, cursor["rev"], min(request["limit"], most))
    position: Position = {"rev": commits[-1][0], "chain": commits[-1][1]} if commits else cursor
    changes = _changes(con, tenant_id, scope, cursor["rev"], position["rev"]) if commits else {}
    parts = [_commit(row, changes.get(row[0], [])) for row in commits]
    return _answer(now, parts, position)


def known(con: Connection, tenant_id: int, most: int, request: KnownRequest) -> KnownAnswer:
    """Which mutations this history has, with their receipts. Raises ApiError 409 timeline_diverged."""
    now = clock_of(con, tenant_id)
    check_history(con, tenant_id, now, request["witness"])
    uids = list(dict.fromkeys(request["uids"]))[:most]
    found = receipts_of(con, tenant_id, uids)
    return {
        **now.head(),
        "known": [found[uid][1] for uid in uids if uid in found],
        "unknown": [uid for uid in uids if uid not in found],
    }


def _commits(con: Connection, tenant_id: int, after: int, limit: int) -> list[Any]:
    """The next commits with at most `limit` changes in all, but always the next one."""
    rows = con.all(
        "SELECT rev, chain, at, actor, device_id, uids, changes FROM commit_log"
        " WHERE tenant_id = ? AND rev > ? ORDER BY rev LIMIT ?",
        tenant_id, after, limit,
    )  # fmt: skip
    total, taken = 0, 0
    for row in rows:
        total += row[6]
        if taken and total > limit:
            break
        taken += 1
    return rows[:taken]


def _changes(con: Connection, tenant_id: int, scope: Scope, after: int, to: int) -> dict[int, list[str]]:
    """The visible changes of these commits as JSON text, by revision."""
    found: dict[int, list[str]] = {}
    plain: dict[str, bool] = {}
    for rev, entity, row_id, date, kind, units in con.all(
        "SELECT rev, entity, row_id, date, kind, units FROM change"
        " WHERE tenant_id = ? AND rev > ? AND rev <= ? ORDER BY rev, idx",
        tenant_id, after, to,
    ):  # fmt: skip
        if entity not in plain:
            plain[entity] = scope.shows_all(entity)
        text = units
        if not plain[entity]:
            shown = scope.visible(entity, json.loads(units))
            if shown is None:
                continue
            text = json.dumps(shown)
        where = f'"e":"{entity}","id":{row_id}' + (f',"d":"{date}"' if date else "")
        rest = '"k":"del"' if kind == "del" else f'"k":"set","units":{text}'
        found.setdefault(rev, []).append(f"{{{where},{rest}}}")
    return found


def _commit(row: Any, changes: list[str]) -> str:
    rev, chain, at, actor, device_id, uids, _ = row
    head = json.dumps({"rev": rev, "chain": chain, "at": at, "by": actor, "device_id": device_id})
    return f'{head[:-1]},"uids":{uids},"changes":[{",".join(changes)}]}}'


def _answer(now: Clock, commits: list[str], position: Position) -> str:
    rest = json.dumps({**now.head(), "next": position, "more": position["rev"] < now.rev})
    return f'{rest[:-1]},"commits":[{",".join(commits)}]}}'
