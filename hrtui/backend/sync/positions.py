"""Where an employer's history stands, and whether a device has seen the same history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hrtui import clock
from hrtui.backend.database import Connection, Query, Row
from hrtui.backend.errors import ApiError
from hrtui.domain.sync.chain import GENESIS
from hrtui.domain.sync.wire import Head, Position

_COLUMNS = "rev, chain, epoch, min_feed_rev, durable_rev, durable_chain, audit_n, audit_hash"


@dataclass(slots=True)
class Clock:
    """The row `tenant_clock` of an employer."""

    rev: int
    chain: str
    epoch: str
    min_feed_rev: int
    durable_rev: int
    durable_chain: str
    audit_n: int
    audit_hash: str

    @property
    def position(self) -> Position:
        """The newest commit."""
        return {"rev": self.rev, "chain": self.chain}

    def head(self) -> Head:
        """The fields that every answer has."""
        return {
            "head": self.position,
            "epoch": self.epoch,
            "durable": {"rev": self.durable_rev, "chain": self.durable_chain},
            "time": moment(),
        }


def moment() -> str:
    """Now, in UTC, as the tables and answers hold it."""
    return moment_text(clock.now())


def moment_text(at: datetime) -> str:
    """A moment in UTC as the tables and answers hold it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def made(text: str, arrived: str) -> str:
    """When a clerk made an edit, as told by the clerk's clock but never after it `arrived`; as `moment`."""
    try:
        when = datetime.fromisoformat(text)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return arrived
    return min(arrived, moment_text(when).rjust(len(arrived), "0"))


def clock_of(con: Connection, tenant_id: int, *, lock: bool = False) -> Clock:
    """The employer's clock, kept from all others until the end of the transaction where `lock` is set.

    The lock is a statement of its own, so that whatever is read after it is as the others left it. Raises
    ApiError 404 for an employer that was never made.
    """
    sql, values = clock_query(con, tenant_id, lock=lock)
    return clock_in(con.all(sql, *values))


def clock_query(con: Connection, tenant_id: int, *, lock: bool) -> Query:
    """The query for an employer's clock; `clock_in` reads what it finds."""
    locking = " FOR NO KEY UPDATE" if lock and con.postgres else ""
    return f"SELECT {_COLUMNS} FROM tenant_clock WHERE tenant_id = ?{locking}", (tenant_id,)


def clock_in(rows: Sequence[Row]) -> Clock:
    """The clock of `clock_query`; raises ApiError 404 where there is none."""
    if not rows:
        raise ApiError(404, "not_found")
    return Clock(*rows[0])


def check_history(con: Connection, tenant_id: int, now: Clock, seen: Position) -> None:
    """Raise ApiError 409 timeline_diverged unless `seen` is a position of this very history."""
    if chain_at(con, tenant_id, now, seen["rev"]) != seen["chain"]:
        raise diverged(now)


def chain_at(con: Connection, tenant_id: int, now: Clock, rev: int) -> str | None:
    """The chain of a commit, None where the history does not reach that far."""
    if rev == now.rev:
        return now.chain
    if rev == 0:
        return GENESIS
    if rev > now.rev:
        return None
    row = con.one("SELECT chain FROM commit_log WHERE tenant_id = ? AND rev = ?", tenant_id, rev)
    return str(row[0]) if row else None


def diverged(now: Clock) -> ApiError:
    """The refusal of a device that has seen another history: this server was restored from a backup."""
    return refusal(409, "timeline_diverged", now)


def refusal(status: int, code: str, now: Clock, **more: Any) -> ApiError:
    """A refusal that carries the head, as every answer of status 409 does."""
    return ApiError(status, code, extra={**now.head(), **more})
