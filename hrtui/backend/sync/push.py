"""Taking mutations from a device: in its own order, each once, all of a request in one commit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from hrtui.backend.database import Connection, Query, Row, marks
from hrtui.backend.errors import ApiError
from hrtui.backend.sync import erased
from hrtui.backend.sync.apply import apply_mutation, key_of
from hrtui.backend.sync.devices import NO_DEVICE, Device, device_in, device_query, keep_number
from hrtui.backend.sync.positions import check_history, refusal
from hrtui.backend.sync.scope import scope_in, scope_query
from hrtui.backend.sync.writing import Actor, Key, Writing
from hrtui.domain.sync.units import DAY, ENTITIES
from hrtui.domain.sync.wire import Mutation, Op, OpResult, PushAnswer, PushRequest, Receipt, Stop
from hrtui.failpoints import failpoint

_RECEIPT = "tenant_id:bigint uid:text sha256:text device_id:text mseq:bigint rev:bigint chain:text ops:text"
Known = dict[str, tuple[str, Receipt]]
"""Hash of the payload and receipt by uid."""


def push(
    con: Connection, tenant_id: int, actor: Actor, roles: frozenset[str], request: PushRequest
) -> PushAnswer:
    """Apply the mutations of a request that are new, answer for all of them in order.

    Raises ApiError 409 timeline_diverged, device_fork; 403 device_revoked.
    """
    writing, (found_device, found_receipts, found_scope) = Writing.begin_with(
        con,
        tenant_id,
        actor,
        _touched(request["mutations"]),
        [
            device_query(con, tenant_id, request["device_id"], lock=True),
            _receipt_query(tenant_id, [mutation["uid"] for mutation in request["mutations"]]),
            scope_query(tenant_id),
        ],
    )
    check_history(con, tenant_id, writing.clock, request["witness"])
    device, known, scope = device_in(found_device), _receipts(found_receipts), scope_in(found_scope, roles)
    _check_device(writing, device, actor, request["nonce"])
    last, stop, results, fresh = device.last_mseq, None, [], []
    for mutation in request["mutations"]:
        uid, number = mutation["uid"], mutation["mseq"]
        stop = _stop(mutation, known, last)
        if stop is not None:
            break
        if uid in known:
            last = number if number == last + 1 else last
            results.append(known[uid][1])
            continue
        ops = apply_mutation(writing, scope, mutation)
        writing.uids.append(uid)
        receipt: Receipt = {"uid": uid, "rev": 0, "chain": "", "ops": ops}
        known[uid] = (fingerprint(mutation), receipt)
        results.append(receipt)
        fresh.append((mutation, receipt))
        last = number
    with con.together():
        if fresh:
            _keep(writing, known, fresh)
        if last != device.last_mseq:
            keep_number(con, tenant_id, request["device_id"], last, writing.at)
    failpoint("server.applied")
    return {**writing.clock.head(), "last_mseq": last, "results": results, "stop": stop}


def fingerprint(mutation: Mutation) -> str:
    """SHA-256 of what a mutation does; its number is not part of it, as a renumbered one is the same."""
    return sha256(json.dumps([mutation["atom"], mutation["ops"]], sort_keys=True).encode()).hexdigest()


def receipts_of(con: Connection, tenant_id: int, uids: list[str]) -> Known:
    """The receipts of those mutations that the employer's history has."""
    found: Known = {}
    unique = sorted(set(uids))
    for start in range(0, len(unique), 200):
        sql, values = _receipt_query(tenant_id, unique[start : start + 200])
        found |= _receipts(con.all(sql, *values))
    return found


def _receipt_query(tenant_id: int, uids: list[str]) -> Query:
    columns = "uid, sha256, rev, chain, ops"
    sql = f"SELECT {columns} FROM receipt WHERE tenant_id = ? AND uid IN ({marks(len(uids))})"
    return sql, (tenant_id, *uids)


def _receipts(rows: Iterable[Row]) -> Known:
    return {
        uid: (sha, {"uid": uid, "rev": rev, "chain": chain, "ops": json.loads(ops)})
        for uid, sha, rev, chain, ops in rows
    }


def _check_device(writing: Writing, device: Device, actor: Actor, nonce: str) -> None:
    if device.revoked_at:
        raise ApiError(403, "device_revoked")
    if device is NO_DEVICE or device.user_id != actor.user_id or device.nonce != nonce:
        raise refusal(409, "device_fork", writing.clock)


def _stop(mutation: Mutation, known: Known, last: int) -> Stop | None:
    """Why a mutation cannot be taken next, None where it can."""
    if mutation["uid"] in known:
        # Of one about a person who was erased the hash is empty.
        same = known[mutation["uid"]][0] in ("", fingerprint(mutation))
        return None if same else "payload_mismatch"
    if mutation["mseq"] <= last:
        return "device_fork"
    return "mseq_gap" if mutation["mseq"] > last + 1 else None


def _touched(mutations: list[Mutation]) -> set[Key]:
    """The rows that these mutations are about, and those that they name."""
    keys: set[Key] = set()
    for mutation in mutations:
        for op in mutation["ops"]:
            entity = ENTITIES.get(op["e"])
            if entity is None:
                continue
            key = key_of(op)
            keys.add(key)
            if entity.name == DAY:
                keys |= {("person", op["id"], ""), ("month_lock", op["id"], key[2][:7]), *_leave_types(op)}
                continue
            for unit, change in op.get("units", {}).items():
                named, value = entity.references.get(unit), change["new"]
                if named is not None and type(value) is int and 0 < value < 2**63:
                    keys.add((named, value, ""))
    return keys


def _leave_types(op: Op) -> set[Key]:
    """The leave types on a day as it shall become; what is no day is left to the rules."""
    lines = [change["new"] for change in op.get("units", {}).values()]
    return {
        ("leave_type", line[0], "")
        for day in lines
        if isinstance(day, list)
        for line in day
        if isinstance(line, list) and line and type(line[0]) is int and 0 < line[0] < 2**63
    }


def _keep(writing: Writing, known: Known, fresh: list[tuple[Mutation, Receipt]]) -> None:
    """Commit, and keep receipts and parked operations of the new mutations."""
    position = writing.commit()
    con, tenant_id, actor = writing.con, writing.tenant_id, writing.actor
    for _, receipt in fresh:
        receipt["rev"], receipt["chain"] = position["rev"], position["chain"]
    con.insert(
        "receipt",
        _RECEIPT,
        [
            (
                tenant_id, mutation["uid"], known[mutation["uid"]][0], actor.device_id, mutation["mseq"],
                receipt["rev"], receipt["chain"], json.dumps(receipt["ops"]),
            )
            for mutation, receipt in fresh
        ],
    )  # fmt: skip
    con.many(
        "INSERT INTO parked (tenant_id, uid, idx, reason, op, label, user_id, actor, device_id, at, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')",
        [
            (
                tenant_id, mutation["uid"], idx, result["reason"],
                *erased.payload_of(writing, mutation["ops"][idx], _label(writing, mutation)),
                actor.user_id, actor.name, actor.device_id, writing.at,
            )
            for mutation, receipt in fresh
            for idx, result in _parked(receipt["ops"])
        ],
    )  # fmt: skip


def _parked(results: list[OpResult]) -> list[tuple[int, OpResult]]:
    return [(idx, result) for idx, result in enumerate(results) if result["outcome"] == "parked"]


def _label(writing: Writing, mutation: Mutation) -> str:
    """A label that both databases can hold and that names nobody who was erased."""
    if erased.is_part_erased(writing, mutation["ops"]):
        return ""
    return mutation["label"].replace("\0", "").encode(errors="replace").decode()
