"""The options of every command, and the short way to the month against the full parser."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrtui.cli import commands, demo, options
from hrtui.cli.errors import CommandError
from hrtui.cli.options import Choices, Demo

CHOICES = {
    "--profile": ("north", Choices(profile="north")),
    "--data-dir": ("/tmp/x", Choices(data_dir=Path("/tmp/x"))),
    "--lang": ("nl", Choices(language="nl")),
}


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("joined", [True, False])
def test_an_option_counts_before_and_after_the_command(name: str, joined: bool) -> None:
    value, choices = CHOICES[name]
    words = [f"{name}={value}"] if joined else [name, value]
    assert options.split([*words, "keys", "--json"]) == (choices, ["keys", "--json"])
    assert options.split(["keys", *words, "--json"]) == (choices, ["keys", "--json"])


def test_words_after_two_dashes_are_no_options() -> None:
    assert options.split(["import", "--", "--lang"]) == (Choices(), ["import", "--", "--lang"])


@pytest.mark.parametrize("words", [["--lang"], ["keys", "--profile"], ["--data-dir="]])
def test_an_option_without_its_value_is_wrong_usage(words: list[str]) -> None:
    with pytest.raises(CommandError) as refused:
        options.split(words)
    assert refused.value.code == 2
    assert refused.value.text.endswith("needs a value.")


PEOPLE = st.sampled_from(["1", "40", "0", "-3", "x", "", "1.5", "100000"])
DEMO_WORDS = st.lists(
    st.one_of(
        st.sampled_from([["--fresh"], ["--no-ui"], ["--fresh=1"], ["extra"], ["--people"], ["--help"]]),
        PEOPLE.map(lambda number: ["--people", number]),
        PEOPLE.map(lambda number: [f"--people={number}"]),
    ),
    max_size=4,
).map(lambda parts: [word for part in parts for word in part])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(words=DEMO_WORDS)
def test_the_short_way_understands_a_demo_as_the_full_parser_does(
    monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    asked: list[Demo] = []

    def note(choices: Choices, wanted: Demo) -> int:
        asked.append(wanted)
        return 0

    monkeypatch.setattr(demo, "open_demo", note)
    short = options.read_demo(words)
    try:
        commands.run_command(Choices(), ["demo", *words])
    except CommandError:
        assert asked == []
        assert short is None
    else:
        assert short is None or asked == [short]
