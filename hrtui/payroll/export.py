"""Exporting a month in one of the layouts, or a list that goes with it, to a file or as bytes."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from hrtui.domain.month import Month
from hrtui.i18n import t
from hrtui.payroll.lists import Listing, ListKind, read_list
from hrtui.payroll.month_data import MonthData
from hrtui.store.errors import StoreError
from hrtui.store.store import Store

if TYPE_CHECKING:
    from hrtui.payroll.layouts import File

Layout = Literal["csv", "xlsx", "pdf"]
LAYOUTS: tuple[Layout, ...] = ("csv", "xlsx", "pdf")
LIST_LAYOUTS: tuple[Layout, ...] = ("csv", "xlsx")


def export_month(
    store: Store, employer_id: int, month: Month, layout: Layout, out: Path | None
) -> Path | bytes:
    """The month of all people in `layout`: written to `out`, or returned as bytes where `out` is None.

    A name without an ending (`.csv`) is a folder, made where it is not there; the file in it is named after
    the employer and the month. The file is only for its owner (mode 0600), there whole or not at all, and
    takes the place of an earlier one. Raises StoreError where it cannot be written.
    """
    data = MonthData.read(store, employer_id, month)
    return put(_content(data, layout), out, f"{plain_name(data.employer, str(month))}.{layout}")


def export_list(
    store: Store, employer_id: int, kind: ListKind, month: Month, layout: Layout, out: Path | None
) -> Path | bytes:
    """A list of the month in `layout` (one of LIST_LAYOUTS); where it goes, see `export_month`."""
    listing = read_list(store, employer_id, kind, month)
    name = f"{plain_name(listing.employer, f'{kind}-{month}')}.{layout}"
    return put(_list_content(listing, layout), out, name)


def write_files(folder: Path, files: Sequence[File]) -> list[Path]:
    """Write the files of a layout and SHA256SUMS to a folder, made where it is not there; returns the paths.

    Each is only for its owner, and takes the place of an earlier one. Raises StoreError.
    """
    from hrtui.payroll.layouts import sha256sums

    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in (*files, sha256sums(files)):
            write_private(folder / file.name, file.content)
            written.append(folder / file.name)
    except OSError as error:
        place = error.filename or folder
        raise StoreError(
            t("{file} cannot be written: {reason}.", file=place, reason=error.strerror)
        ) from None
    return written


def plain_name(employer: str, what: str) -> str:
    """The name of a file without its ending, `demo-nv-2026-09`: the employer in plain letters, what it is."""
    plain = unicodedata.normalize("NFKD", employer.lower()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join([*words, what])


def put(content: bytes, out: Path | None, name: str) -> Path | bytes:
    """Write `content` to the file or folder `out`, there called `name`; give it back for None."""
    if out is None:
        return content
    in_folder = out.is_dir() or not out.suffix
    path = out / name if in_folder else out
    try:
        if in_folder:
            out.mkdir(exist_ok=True)
        write_private(path, content)
    except OSError as error:
        raise StoreError(t("{file} cannot be written: {reason}.", file=path, reason=error.strerror)) from None
    return path


def _content(data: MonthData, layout: Layout) -> bytes:
    if layout == "csv":
        from hrtui.payroll.csv_layout import month_csv

        return month_csv(data)
    if layout == "xlsx":
        from hrtui.payroll.xlsx_layout import xlsx_bytes

        return xlsx_bytes(data)
    from hrtui.payroll.pdf_layout import pdf_bytes

    return pdf_bytes(data)


def _list_content(listing: Listing, layout: Layout) -> bytes:
    if layout == "csv":
        from hrtui.payroll.lists import list_csv

        return list_csv(listing)
    from hrtui.payroll.xlsx_layout import list_xlsx

    return list_xlsx(listing)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, there whole or not at all; raises OSError."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".hrtui-", delete=False) as draft:
        try:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
