"""Dividing whole numbers where the law and the clerk round."""

from __future__ import annotations


def rounded(number: int, by: int) -> int:
    """`number` / `by` (above 0) to the nearest whole one, halves away from 0, so that signs mirror."""
    size = (2 * abs(number) + by) // (2 * by)
    return -size if number < 0 else size
