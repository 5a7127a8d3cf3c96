"""How months are written for payroll providers: layouts are TOML files, and a new provider needs no code."""

from __future__ import annotations

from hrtui.payroll.layouts.loading import (
    LayoutError,
    UnknownLayoutError,
    check_layout,
    layout_files,
    load_layout,
    read_layout,
)
from hrtui.payroll.layouts.rendering import MissingCode, missing_codes, missing_text, render, sha256sums
from hrtui.payroll.layouts.types import File, Header, Layout, LayoutProblem, RenderError, RenderProblem

__all__ = [
    "File",
    "Header",
    "Layout",
    "LayoutError",
    "LayoutProblem",
    "MissingCode",
    "RenderError",
    "RenderProblem",
    "UnknownLayoutError",
    "check_layout",
    "layout_files",
    "load_layout",
    "missing_codes",
    "missing_text",
    "read_layout",
    "render",
    "sha256sums",
]
