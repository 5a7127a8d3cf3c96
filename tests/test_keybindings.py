"""The keys file: what it changes, everything it can have wrong, and that nothing else ever happens."""

from __future__ import annotations

import string
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hrtui import i18n, toml_lines
from hrtui.actions import ACTIONS, ENTRY_SCOPES, SCOPES
from hrtui.keybindings import (
    DEFAULTS,
    KeyProblems,
    bound_letters,
    check_file,
    key_table,
    key_table_markdown,
    load,
    user_file,
)

LETTERS = {"v": "Vacation", "z": "Illness"}
README = Path(__file__).parents[1] / "README.md"


def written(folder: Path, text: str) -> Path:
    """A keys file with this text."""
    file = folder / "keybindings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def complaints(folder: Path, text: str) -> list[tuple[int, str]]:
    """The problems of a keys file with this text, as line and sentence."""
    return [(problem.line, problem.text) for problem in check_file(written(folder, text), LETTERS)[0]]


def cautions(folder: Path, text: str) -> list[tuple[int, str]]:
    """The warnings of a keys file with this text, which has no problem."""
    problems, warnings = check_file(written(folder, text), LETTERS)
    assert problems == ()
    return [(warning.line, warning.text) for warning in warnings]


class TestDefaults:
    def test_have_no_problem_and_no_warning(self) -> None:
        assert check_file(DEFAULTS, LETTERS) == ((), ())

    @pytest.mark.parametrize("letter", string.ascii_lowercase)
    def test_leave_every_letter_to_the_leave_types(self, letter: str) -> None:
        keymap = load()
        assert {scope for scope in ENTRY_SCOPES if keymap.action(scope, letter)} == set()

    def test_are_what_clerks_learn(self) -> None:
        keymap = load()
        assert keymap.action("grid", "minus") == "entry.half"
        assert keymap.action("grid", "ctrl+z") == "edit.undo"
        assert keymap.action("grid", "f1") == "app.help"
        assert keymap.action("dialog", "y") == "dialog.yes"
        assert keymap.action("grid", "y") is None
        assert keymap.keys("entry.repeat") == ("full_stop", "comma", "f4")

    def test_a_missing_file_of_the_user_means_the_defaults(self, tmp_path: Path) -> None:
        assert load(tmp_path / "none.toml").keys("app.quit") == ("ctrl+q",)

    def test_the_user_s_file_lies_in_the_config_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("HRTUI_CONFIG_DIR", raising=False)
        monkeypatch.setenv("XDG_CONFIG_HOME", "/nowhere/config")
        assert user_file() == Path("/nowhere/config/hrtui/keybindings.toml")


class TestYes:
    @pytest.mark.parametrize(("language", "letter"), [("nl", "j"), ("fr", "o")])
    def test_is_said_with_the_letter_of_the_language_too(self, language: str, letter: str) -> None:
        i18n.set_language(language)
        keymap = load()
        assert keymap.action("dialog", letter) == keymap.action("dialog", "y") == "dialog.yes"
        assert keymap.yes_label() == f"{letter}/y"
        assert [key for key in string.ascii_lowercase if keymap.says_yes(key)] == sorted((letter, "y"))

    def test_a_letter_that_does_something_else_says_nothing(self) -> None:
        i18n.set_language("nl")
        keymap = load()
        assert not keymap.says_yes("j", {"j": "Holiday"})
        assert keymap.yes_label("j") == "y"
        assert bound_letters(keymap) == {"y"}

    @pytest.mark.parametrize(
        "text",
        ['[dialog]\ndialog.yes = ["f2"]\n', '[dialog]\ndialog.no = ["j"]\n', "[dialog]\ndialog.yes = []"],
    )
    def test_is_not_said_with_it_where_the_clerk_chose_otherwise(self, tmp_path: Path, text: str) -> None:
        i18n.set_language("nl")
        assert not load(written(tmp_path, text)).says_yes("j")


class TestMerging:
    def test_a_line_replaces_all_keys_of_its_action_and_no_other(self, tmp_path: Path) -> None:
        keymap = load(written(tmp_path, '[grid]\nentry.repeat = ["f4", "*"]\nselect.extend = ["f8"]\n'))
        assert keymap.keys("entry.repeat") == ("f4", "asterisk")
        assert keymap.action("grid", "asterisk") == "entry.repeat"
        assert keymap.action("grid", "full_stop") is None
        assert keymap.keys("entry.half") == ("minus",)

    def test_an_empty_list_switches_the_action_off(self, tmp_path: Path) -> None:
        keymap = load(written(tmp_path, "[grid]\nview.year = []\n"))
        assert keymap.keys("view.year") == ()
        assert keymap.action("grid", "ctrl+e") is None

    def test_a_key_that_one_action_gives_up_can_go_to_another(self, tmp_path: Path) -> None:
        keymap = load(written(tmp_path, '[grid]\nedit.copy = ["ctrl+k"]\nedit.redo = ["ctrl+y", "ctrl+c"]\n'))
        assert keymap.action("grid", "ctrl+c") == "edit.redo"

    @pytest.mark.parametrize(
        "text",
        [
            '[grid]\n"go.left" = ["f2", "left"]',
            '[grid.go]\nleft = ["f2", "left"]',
            '"grid".go."left" = ["f2", "left"]',
        ],
    )
    def test_ids_may_be_quoted_dotted_or_nested(self, tmp_path: Path, text: str) -> None:
        keymap = load(written(tmp_path, text + '\n[grid.entry]\nhours = ["="]\n'))
        assert keymap.action("grid", "f2") == "go.left"
        assert keymap.action("grid", "equals_sign") == "entry.hours"

    def test_files_of_windows_editors_are_read(self, tmp_path: Path) -> None:
        file = tmp_path / "keybindings.toml"
        file.write_bytes(b'\xef\xbb\xbf[grid]\r\nview.year = ["f2"]\r\nentry.hours = ["=",\r\n"esc"]\r\n')
        (problem,) = check_file(file)[0]
        assert (problem.line, problem.text) == (4, "There is no key named esc. Did you mean escape?")


class TestProblems:
    @pytest.mark.parametrize(
        ("text", "line", "message"),
        [
            ("[grid\n", 1, "This is not valid TOML: Expected ']' at the end of a table declaration"),
            ('[grid]\ngo.left = ["left"\n', 2, "This is not valid TOML"),
            ('[grid]\ngo.left = ["f2"]\ngo.left = ["f3"]', 3, "This is not valid TOML"),
            ("[grdi]\n", 1, "There is no [grdi]; there are [app], [grid]"),
            ("\n[grdi]\n", 2, "Did you mean [grid]?"),
            ('go.left = ["f2"]', 1, "There is no [go]"),
            ("\ngrid = 3", 2, "Write [grid] on a line of its own."),
            ("[[grid]]", 1, "Write [grid] on a line of its own."),
            ('[grid]\n\ngo.lefft = ["f2"]', 3, "no action go.lefft in [grid]. Did you mean go.left?"),
            ('[grid]\n"go.lefft" = ["f2"]', 2, "no action go.lefft in [grid]. Did you mean go.left?"),
            ('[year]\n# x\napp.quti = ["f2"]', 3, "no action app.quti in [year]. Did you mean app.quit?"),
            ('[grid]\nxyzzy = ["f2"]', 2, "There is no action xyzzy in [grid]."),
            ('[app]\ngo.left = ["left"]', 2, "go.left belongs under [grid]."),
            (
                '[grid]\ngo.left = ["left"]\n"go.left" = ["left"]',
                3,
                "go.left stands here for the second time.",
            ),
            ('[grid]\ngo.left = "left"', 2, 'Write the keys of go.left as a list: ["left"]'),
            ("[grid]\ngo.left = 3", 2, 'Write the keys of go.left as a list: ["f5"]'),
            ('[grid]\ngo.left = ["left", # a comment\n 3]', 3, 'A key is a name in quotes, such as "f5".'),
            ('[grid]\ngo.left = [\n["left"]]', 3, 'A key is a name in quotes, such as "f5".'),
            ('[app]\napp.back = ["esc"]', 2, "There is no key named esc. Did you mean escape?"),
            ('[grid]\ngo.left = [\n"left",\n"bogus+key"]', 4, "There is no key named bogus+key."),
            ('[grid]\ngo.left = [""]', 2, "There is no key named ''."),
            ('[grid]\ngo.left = ["\\u001b[2J"]', 2, "There is no key named '\\x1b[2J'."),
            ('[grid]\ngo.left = ["left", "left"]', 2, "left stands here twice."),
            (
                '[grid]\nview.year = ["f2"]',
                2,
                "f2 is the key of entry.hours; give that one another key as well.",
            ),
            (
                '[grid]\ngo.left = ["@"]\nview.year = ["@"]',
                3,
                "@ is the key of go.left too (line 2).",
            ),
            ('[app]\napp.help = ["f1", "ctrl+d"]', 2, "ctrl+d is the key of entry.fill_down; give that one"),
            ('[dialog]\ndialog.no = ["escape"]', 2, "escape is the key of app.back; give that one"),
            ('[grid]\n\ngo.left = ["v"]', 3, "v enters Vacation; give that leave type another letter first"),
            ('[app]\napp.quit = ["z"]', 2, "z enters Illness; give that leave type another letter first"),
            (
                '[calendar]\ncalendar.add = ["v"]',
                2,
                "v enters Vacation; give that leave type another letter first",
            ),
            ('[grid]\ngo.left = ["7"]', 2, "7 cannot be used: digits are the count of days"),
            (
                '[grid]\ngo.left = ["A"]',
                2,
                "A cannot be used: capitals can be the rest of a broken cursor key.",
            ),
            (
                '[dialog]\ndialog.yes = ["enter"]',
                2,
                "enter cannot say yes: it is easily held a moment too long.",
            ),
            ("[app]\napp.help = []", 2, "app.help must keep a key."),
            ("[app]\napp.quit = []", 2, "app.quit must keep a key."),
            ("[app]\n\napp.back = []", 3, "app.back must keep a key."),
            ('[grid]\ngo.left = ["ctrl+space"]', 2, "Most terminals send ctrl+space as ctrl+@; list both."),
        ],
    )
    def test_is_reported_with_its_line(self, tmp_path: Path, text: str, line: int, message: str) -> None:
        (problem,) = complaints(tmp_path, text)
        assert problem[0] == line
        assert message in problem[1]

    @pytest.mark.parametrize(
        ("key", "reason"),
        [
            ("ctrl+h", "the same as for Backspace"),
            ("ctrl+i", "the same as for Tab"),
            ("ctrl+m", "the same as for Enter"),
            ("ctrl+left_square_bracket", "the same as for Esc"),
            ("ctrl+j", "pasted lines"),
            ("[", "a slow line broke in two"),
            (";", "a slow line broke in two"),
            ("<", "a slow line broke in two"),
            ("~", "SSH keeps it for itself"),
            ("alt+a", "get lost"),
            ("alt+enter", "get lost"),
            ("ctrl+alt+x", "get lost"),
            ("super+a", "get lost"),
            ("f10", "menu"),
            ("f11", "full screen"),
            ("f12", "drop-down"),
            ("f13", "do not send it"),
            ("shift+f3", "do not send it"),
            ("ctrl+enter", "do not send it"),
            ("shift+enter", "do not send it"),
            ("ctrl+tab", "do not send it"),
            ("ctrl+5", "do not send it"),
            ("ctrl+shift+x", "the same as without Shift"),
            ("shift+insert", "terminals paste with it"),
        ],
    )
    @pytest.mark.parametrize("scope", ["app", "grid", "year", "list"])
    def test_a_key_that_cannot_work_is_refused_everywhere(
        self, tmp_path: Path, scope: str, key: str, reason: str
    ) -> None:
        action_id = next(action.id for action in ACTIONS.values() if action.scope == scope)
        ((line, text),) = complaints(tmp_path, f'[{scope}]\n{action_id} = [\n"f1",\n"{key}"]')[-1:]
        assert line == 4
        assert text.startswith(f"{key} cannot be used: ")
        assert reason in text

    @pytest.mark.parametrize(
        ("key", "meant"),
        [
            ("esc", "escape"),
            ("del", "delete"),
            ("PgUp", "pageup"),
            ("page_down", "pagedown"),
            ("Return", "enter"),
            ("Ctrl+Z", "ctrl+z"),
            ("control+z", "ctrl+z"),
            ("shift+ctrl+left", "ctrl+shift+left"),
            ("ctrl+pgup", "ctrl+pageup"),
            ("ctrl+_", "ctrl+underscore"),
            ("period", "full_stop"),
            ("questionmark", "question_mark"),
            ("backtab", "shift+tab"),
            ("escpae", "escape"),
        ],
    )
    def test_a_mistyped_key_is_met_with_the_right_name(self, tmp_path: Path, key: str, meant: str) -> None:
        ((_, text),) = complaints(tmp_path, f'[year]\nyear.open = ["{key}"]')
        assert text == f"There is no key named {key}. Did you mean {meant}?"

    def test_are_all_reported_together_in_line_order(self, tmp_path: Path) -> None:
        text = '[grid]\ngo.left = ["v", "esc"]\ngo.rigth = []\n[app]\napp.quit = []\n[colours]\n'
        with pytest.raises(KeyProblems) as caught:
            load(written(tmp_path, text), LETTERS)
        assert [problem.line for problem in caught.value.problems] == [2, 2, 3, 5, 6]
        assert str(caught.value).splitlines()[0].startswith(f"{tmp_path}/keybindings.toml:2: There is no key")

    def test_letters_and_digits_are_free_where_no_leave_is_entered(self, tmp_path: Path) -> None:
        assert complaints(tmp_path, '[year]\nyear.next = ["v", "V", "7"]') == []

    def test_a_file_that_is_not_there_is_a_problem_of_the_check(self, tmp_path: Path) -> None:
        (problem,) = check_file(tmp_path / "none.toml")[0]
        assert str(problem) == f"{tmp_path}/none.toml: The file cannot be read: No such file or directory"

    def test_a_file_that_is_no_file_is_not_taken_for_missing(self, tmp_path: Path) -> None:
        with pytest.raises(KeyProblems, match="cannot be read"):
            load(tmp_path)

    def test_a_file_that_is_not_utf_8_names_the_line(self, tmp_path: Path) -> None:
        file = tmp_path / "keybindings.toml"
        file.write_bytes(b'[grid]\n# caf\xe9\ngo.left = ["f2"]\n')
        (problem,) = check_file(file)[0]
        assert (problem.line, problem.text) == (2, "This is not UTF-8 text; save the file as UTF-8.")

    def test_inside_an_inline_table_names_the_line_of_that_table(self, tmp_path: Path) -> None:
        ((line, _),) = complaints(tmp_path, '# keys\ngrid = { go.left = ["esc"] }')
        assert line == 2


class TestWarnings:
    @pytest.mark.parametrize(
        ("keys", "reason"),
        [
            ('["shift+left"]', "PuTTY, screen and the Linux console lose the Shift"),
            ('["ctrl+up"]', "send the plain cursor key instead"),
            ('["ctrl+pageup"]', "change tabs with it"),
            ('["ctrl+@"]', "input methods"),
            ('["ctrl+b"]', "tmux waits"),
            ('["ctrl+s"]', "stop and start the line"),
            ('["]"]', "AltGr"),
            ('["^"]', "dead key"),
        ],
    )
    def test_an_action_with_a_fragile_key_only_is_named_with_the_reason(
        self, tmp_path: Path, keys: str, reason: str
    ) -> None:
        ((line, text),) = cautions(
            tmp_path,
            f"[calendar]\ncalendar.person_prev = []\n[year]\nyear.open =\\\n{keys}".replace("\\\n", " "),
        )
        assert line == 4
        assert text.startswith("year.open has no key that works everywhere; ")
        assert reason in text

    def test_a_second_key_that_works_everywhere_is_enough(self, tmp_path: Path) -> None:
        assert cautions(tmp_path, '[year]\nyear.open = ["ctrl+up", "f4"]') == []

    def test_the_selection_by_shift_and_cursor_keys_leans_on_its_other_way(self, tmp_path: Path) -> None:
        assert cautions(tmp_path, '[grid]\nselect.left = ["shift+left"]') == []
        lines = [line for line, _ in cautions(tmp_path, "[grid]\n\nselect.extend = []")]
        assert lines == [3, 3, 3, 3]

    def test_a_letter_that_a_leave_type_may_get_is_pointed_out(self, tmp_path: Path) -> None:
        ((line, text),) = cautions(tmp_path, '[grid]\ngo.left = ["left", "h"]')
        assert line == 2
        assert text == "h may become the letter of a leave type; another key stays free."

    def test_go_along_with_the_keys(self, tmp_path: Path) -> None:
        keymap = load(written(tmp_path, '[year]\nyear.open = ["ctrl+up"]'))
        assert len(keymap.warnings) == 1


SCRAPS = st.sampled_from(
    [
        *(
            "[grid]",
            "[app]",
            "[grid.go]",
            "[[grid]]",
            "grid",
            "go.left",
            '"go.left"',
            "app.quit",
            "entry.half",
        ),
        *(" = ", "[", "]", "{", "}", ",", "\n", "#", '"', '"""', "'", "'''", "\\", ".", "\r\n", "\x00", "\t"),
        *('"left"', '"esc"', '"v"', '"\\u0041"', "3", "1979-05-27", "true", "1.5", "é", "'f2'"),
    ]
)
VALUES = st.recursive(
    st.sampled_from(['"left"', '"f2"', '"esc"', '"v"', '"ctrl+h"', "3", "true", "1.5", "'f3'", '"""f4"""']),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: "[" + ",\n".join(items) + "]"),
    max_leaves=6,
)
LINES = st.one_of(
    st.sampled_from([f"[{scope}]" for scope in SCOPES]),
    st.tuples(st.sampled_from([*ACTIONS, "go.lft", '"go.left"', "x"]), VALUES).map(" = ".join),
)


class TestAnyText:
    @given(st.one_of(st.text(), st.lists(SCRAPS).map("".join), st.lists(LINES).map("\n".join)))
    @example("a" + ".a" * 2000 + " = 1")
    @example("[grid]\ngo.left = " + "[" * 2000)
    @example("[grid]\ngo.left = " + "9" * 2000)
    @example("[grid]\ngo.left = [1e999, nan, 2024-01-01T00:00:00Z]")
    def test_is_either_used_or_refused_with_its_lines(self, text: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "keybindings.toml"
            file.write_bytes(text.encode("utf-8", "surrogatepass"))
            problems, _ = check_file(file, LETTERS)
            if problems:
                assert all(0 < problem.line <= text.count("\n") + 1 for problem in problems)
                with pytest.raises(KeyProblems) as caught:
                    load(file, LETTERS)
                assert caught.value.problems == problems
                return
            keymap = load(file, LETTERS)
            for action in ACTIONS.values():
                for scope in SCOPES if action.scope == "app" else (action.scope,):
                    assert {keymap.action(scope, key) for key in keymap.keys(action.id)} <= {action.id}
            assert keymap.keys("app.quit")

    @given(st.binary())
    def test_bytes_that_are_no_text_are_refused(self, raw: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "keybindings.toml"
            file.write_bytes(raw)
            check_file(file)


def test_places_of_keys_and_items_are_found_through_every_way_to_write_them() -> None:
    text = "\n".join(
        [
            "# [grid]",
            'a = ["x", # ]',
            '  """y',
            'z""",',
            "  [1, 2], { b = 3 }",
            "]",
            "['t.u'.\"v\\u0077\"] # heading",
            "x.y = 'no [list]'",
            "z = [",
            "]",
        ]
    )
    places = toml_lines.places(text)
    assert {path: (place.line, place.items) for path, place in places.items()} == {
        ("a",): (2, (2, 3, 5, 5)),
        ("t.u",): (7, ()),
        ("t.u", "vw"): (7, ()),
        ("t.u", "vw", "x", "y"): (8, ()),
        ("t.u", "vw", "z"): (9, ()),
    }


class TestKeyTable:
    def test_has_every_action_with_the_keys_in_force(self, tmp_path: Path) -> None:
        rows = {row.action_id: row for row in key_table(load(written(tmp_path, "[grid]\nview.year = []")))}
        assert set(rows) == set(ACTIONS)
        assert rows["go.month_prev"].keys == ("F7", "(", "Ctrl+PgUp")
        assert rows["view.year"].keys == ()

    def test_of_the_readme_is_the_generated_one(self) -> None:
        text = README.read_text(encoding="utf-8")
        _, begin, rest = text.partition("<!-- keys:begin -->\n")
        table, end, _ = rest.partition("<!-- keys:end -->")
        assert begin
        assert end
        assert table == key_table_markdown(load()), "put key_table_markdown(load()) between the two marks"
