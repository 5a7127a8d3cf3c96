"""Counters for Prometheus, added up over all workers where PROMETHEUS_MULTIPROC_DIR is set."""

from __future__ import annotations

import os

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.exposition import CONTENT_TYPE_LATEST as CONTENT_TYPE

REQUESTS = Counter("hrtui_requests_total", "Requests by route and status.", ["method", "route", "status"])
SECONDS = Histogram(
    "hrtui_request_seconds",
    "Seconds until the answer began, by route.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)

__all__ = ["CONTENT_TYPE", "REQUESTS", "SECONDS", "exposition"]


def exposition() -> bytes:
    """The counters in Prometheus' text form."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
