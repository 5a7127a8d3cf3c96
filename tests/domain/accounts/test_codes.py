"""One-time codes: the vectors of RFC 6238, an independent program, each once and one step off at most."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hrtui.domain.accounts import codes
from hrtui.domain.accounts.qr import MOST_BYTES, half_blocks
from tests.pictures import half_block_picture, read_code, write_png

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""`12345678901234567890` in base 32 (RFC 6238, appendix B)."""


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (2000000000, "279037")],
)
def test_the_vectors_of_the_standard(seconds: int, code: str) -> None:
    assert codes.app_step(SECRET, code, at(seconds), 0) == seconds // 30
    assert codes.app_step(SECRET, f" {code[:3]} {code[3:]}", at(seconds), 0) == seconds // 30


def test_codes_of_oathtool_count_one_step_off_and_never_twice() -> None:
    secret = codes.new_app_secret()
    now = 1_790_000_010
    words = ["oathtool", "--totp", "-b", "--now", f"{at(now):%Y-%m-%d %H:%M:%S} UTC", secret]
    code = subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()
    step = now // 30
    assert [codes.app_step(secret, code, at(now + off), 0) for off in (-60, -30, 0, 30, 60)] == [
        None,
        step,
        step,
        step,
        None,
    ]
    assert codes.app_step(secret, code, at(now), step) is None
    assert codes.app_step(secret, code, at(now), step - 1) == step


@pytest.mark.parametrize("typed", ["", "28708", "2870822", "28708²", "abcdef", "２８７０８２"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert codes.app_step(SECRET, typed, at(59), 0) is None


def test_backup_codes_are_read_however_they_are_typed() -> None:
    fresh = codes.new_backup_codes()
    read = [codes.read_backup_code(one) for one in fresh]
    assert [one[0] for one in read if one] == list(range(1, 11))
    assert len({one[3:] for one in fresh}) == 10
    assert codes.read_backup_code("o3 k7xqm 4zt9p") == codes.read_backup_code("03-K7XQM-4ZT9P")
    for wrong in ("", "03-K7XQM", "K7XQM-4ZT9P", "03-K7XQM-4ZT9P-1", "03-K7XQ!-4ZT9P"):
        assert codes.read_backup_code(wrong) is None


@pytest.mark.parametrize("name", ["an", "a" * 32])
def test_the_code_of_any_user_name_fits_a_screen_and_is_read_back(tmp_path: Path, name: str) -> None:
    uri = codes.app_uri(SECRET, name)
    rows = half_blocks(uri)
    assert len(uri) <= MOST_BYTES
    assert len(rows) <= 21
    assert {len(row) for row in rows} in ({37}, {41})
    write_png(half_block_picture(rows), tmp_path / "code.png")
    assert read_code(tmp_path / "code.png") == uri


def test_a_text_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        half_blocks("x" * (MOST_BYTES + 1))
