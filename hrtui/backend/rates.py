"""How often somebody may ask: turns of a key that come back by themselves; each worker counts alone."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from ipaddress import ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send

from hrtui.backend.errors import problem

BURST = 20
"""Seconds' worth of turns that a key may use at once after a rest."""
_MOST = 10_000
_OPEN = ("/health",)
OURS = "hrtui.ours"
"""The key of a request's scope that says whether it has a token that this backend made."""
_NETWORK = 64
"""Bits of an IPv6 address that a provider gives a customer; the rest the customer may choose."""


def counted(address: str) -> str:
    """What stands for an address where tries are counted: of IPv6 the network of its customer (RFC 6177)."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((int(found), _NETWORK), strict=False))


class Turns:
    """Turns of many keys, each gets `per_second`; safe to use from several threads."""

    def __init__(self, per_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_second
        self._now = now
        self._full_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def take(self, key: str) -> int:
        """Use a turn and return 0, or the seconds after which there is one again."""
        with self._lock:
            now = self._now()
            if len(self._full_at) > _MOST:
                self._full_at = {one: full for one, full in self._full_at.items() if full > now}
            full_at = max(self._full_at.get(key, now), now) + 1 / self._rate
            if full_at > now + BURST:
                return math.ceil(full_at - now - BURST)
            self._full_at[key] = full_at
            return 0


class Strangers:
    """Refuses an address that asks too often without a token of ours; log-ins are counted by the accounts.

    Nobody is refused who has a token that the backend made (`ours` tells that without a look-up): clerks of
    one address must not keep each other from their work, nor may somebody there who makes tokens up.
    """

    def __init__(self, app: ASGIApp, per_second: float, ours: Callable[[str], bool]) -> None:
        self.app = app
        self.turns = Turns(per_second)
        self.ours = ours

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and scope["path"] not in _OPEN:
            given = [value for name, value in scope["headers"] if name == b"authorization"]
            known = len(given) == 1 and self.ours(given[0].decode("latin-1").rpartition(" ")[2])
            scope[OURS] = known
            wait = 0 if known else self.turns.take(counted(str((scope.get("client") or ("",))[0])))
            if wait:
                await problem(429, "rate_limited", retry_after=wait)(scope, receive, send)
                return
        await self.app(scope, receive, send)
