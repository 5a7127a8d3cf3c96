"""Starting in a real terminal: the demo at once, a profile of one's own behind its password."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import PASSWORD
from tests.pty.harness import Program

pytestmark = pytest.mark.pty
HRTUI = [sys.executable, "-m", "hrtui"]


def test_the_first_demo_is_made_and_opened_and_ends_fine(tmp_path: Path) -> None:
    with Program([*HRTUI, "demo", "--people", "8"], home=tmp_path) as program:
        program.wait_for("September 2026")
        program.keys("<C-q>")
        assert program.exit_code() == 0
        assert "Making a sample employer with 8 people" in bytes(program.output).decode()
    with Program([*HRTUI, "demo"], home=tmp_path) as program:
        program.wait_for("September 2026")


def test_init_asks_for_everything_and_hides_the_password(tmp_path: Path) -> None:
    with Program([*HRTUI, "init"], home=tmp_path) as program:
        program.wait_for("Name of the employer:")
        program.keys("<enter>Proef NV<enter>")
        program.wait_for("(BE or NL):")
        program.keys("Mars<enter>nl<enter>")
        program.wait_for("Choose a password")
        program.keys(PASSWORD + "<enter>")
        program.wait_for("The same password again:")
        program.keys(PASSWORD + "<enter>")
        assert program.exit_code() == 0
        assert PASSWORD.encode() not in program.output
    with Program(HRTUI, home=tmp_path) as program:
        program.wait_for("Password of the profile “default”:")
        program.keys("verkeerd<enter>")
        program.wait_for("That password does not open this profile. Try again.")
        program.keys(PASSWORD + "<enter>")
        program.wait_for("Proef NV")
        assert PASSWORD.encode() not in program.output
        program.keys("<C-q>")
        assert program.exit_code() == 0


def test_a_short_or_mistyped_password_is_asked_again_rather_than_left_to_the_shell(tmp_path: Path) -> None:
    with Program([*HRTUI, "init", "--employer", "Proef NV", "--country", "BE"], home=tmp_path) as program:
        program.wait_for("Choose a password")
        program.keys("kort<enter>")
        program.wait_for("The password is too short: it needs at least 8 characters.")
        program.keys(PASSWORD + "<enter>")
        program.wait_for("again:")
        program.keys("iets anders<enter>")
        program.wait_for("The two passwords differ. Type it again.")
        assert not (tmp_path / "data" / "default").exists()
        program.keys(PASSWORD + "<enter>")
        program.until(lambda: program.text.count("again:") == 2)
        program.keys(PASSWORD + "<enter>")
        assert program.exit_code() == 0


@pytest.mark.parametrize("key", ["<C-c>", "<C-d>"])
def test_leaving_a_question_is_no_traceback(tmp_path: Path, key: str) -> None:
    with Program([*HRTUI, "init"], home=tmp_path) as program:
        program.wait_for("Name of the employer:")
        program.keys(key)
        assert program.exit_code() == 130
        assert "Stopped." in program.text
        assert "Traceback" not in program.text
    assert not (tmp_path / "data").exists()


def test_a_wrong_keys_file_is_told_before_the_month_opens(tmp_path: Path) -> None:
    folder = tmp_path / ".config" / "hrtui"
    folder.mkdir(parents=True)
    # `z` is the letter of illness in the demo.
    (folder / "keybindings.toml").write_text('[grid]\nedit.undo = ["z"]\nedit.rdeo = ["f3"]\n')
    with Program([*HRTUI, "demo", "--people", "3"], home=tmp_path) as program:
        assert program.exit_code() == 2
        told = bytes(program.output).decode()
        assert "keybindings.toml:2:" in told
        assert "keybindings.toml:3:" in told
        assert "Traceback" not in told
