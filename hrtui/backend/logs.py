"""Structured logs: one JSON object per line with the request's id and employer, never a value or a name."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

log: Any = structlog.get_logger("hrtui")


def set_up(level: str) -> None:
    """Write logs of `level` (debug, info, warning, error) and above to stderr."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        level=logging.WARNING, format='{"level": "warning", "logger": "%(name)s"}', force=True
    )


def failure(problem: BaseException) -> dict[str, str]:
    """What may be said of an exception: its kind, the database's code, and where it arose.

    Its text may hold what a clerk typed.
    """
    where = problem.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where is not None else ""
    return {
        "error": type(problem).__name__,
        "sqlstate": str(getattr(problem, "sqlstate", "") or ""),
        "at": place,
    }
