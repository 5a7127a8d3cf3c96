"""The Dutch and French catalogues: complete, right in form, and the ones that the program reads."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from rich.cells import cell_len

from hrtui.actions import ACTIONS
from hrtui.i18n import hours, language, month_names, set_language, t, tn, weekday_names
from tests.catalogues import HOW_TO_MEND, LANGUAGES, found_texts, po_file, read_catalogue, template

LONGEST_LABEL = 30
"""Columns that the palette gives to the name of an action."""


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    before = language()
    yield
    set_language(before)


def texts(catalogue: Catalog) -> dict[tuple[str, ...], Message]:
    """The messages by their msgids, without the header."""
    return {forms(message.id): message for message in catalogue if message.id}


def forms(text: object) -> tuple[str, ...]:
    return (
        (text,) if isinstance(text, str) else tuple(map(str, text)) if isinstance(text, tuple | list) else ()
    )


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_of_the_source_is_translated_and_no_other(code: str) -> None:
    wanted, there = texts(template()), read_catalogue(code)
    translated = {ids for ids, message in texts(there).items() if all(forms(message.string))}
    assert wanted.keys() - translated == set(), HOW_TO_MEND
    assert texts(there).keys() - wanted.keys() == set(), HOW_TO_MEND
    assert not there.obsolete, HOW_TO_MEND
    assert [ids for ids, message in texts(there).items() if message.fuzzy] == [], HOW_TO_MEND


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_translation_has_the_places_of_its_text(code: str) -> None:
    for ids, message in texts(read_catalogue(code)).items():
        for translation in filter(None, forms(message.string)):
            assert placeholders(translation) == placeholders(ids[0]) | placeholders(ids[-1]), ids


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_count_has_a_singular_and_a_plural(code: str) -> None:
    plurals = [message for ids, message in texts(read_catalogue(code)).items() if len(ids) > 1]
    assert plurals
    assert all(len(forms(message.string)) == 2 for message in plurals), HOW_TO_MEND


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_translations(code: str) -> None:
    with po_file(code).with_suffix(".mo").open("rb") as file:
        compiled = texts(read_mo(file))
    written = texts(read_catalogue(code))
    wanted = {ids: forms(message.string) for ids, message in written.items() if all(forms(message.string))}
    # Babel compiles a plural that is not translated yet as itself.
    found = {ids: forms(message.string) for ids, message in compiled.items() if ids in wanted}
    assert found == wanted, HOW_TO_MEND
    assert compiled.keys() - written.keys() == set(), HOW_TO_MEND


@pytest.mark.parametrize("code", ["en", *LANGUAGES])
def test_the_palette_shows_the_name_of_every_action_in_full(code: str) -> None:
    set_language(code)
    too_long = [t(action.label) for action in ACTIONS.values() if cell_len(t(action.label)) > LONGEST_LABEL]
    assert too_long == []


def test_the_first_letters_of_the_weekdays_and_the_months_are_those_of_the_language() -> None:
    set_language("nl")
    assert "".join(name[0] for name in weekday_names()) == "mdwdvzz"
    assert (month_names()[2], month_names(short=True)[2]) == ("maart", "mrt")
    set_language("fr")
    assert "".join(name[0] for name in weekday_names()) == "lmmjvsd"
    assert (month_names()[7], month_names(short=True)[7]) == ("août", "août")
    assert len(set(month_names(short=True))) == 12


def test_nothing_is_one_in_french_and_many_in_dutch() -> None:
    set_language("fr")
    assert [tn("{n} day", "{n} days", n) for n in (0, 1, 2)] == ["0 jour", "1 jour", "2 jours"]
    set_language("nl")
    assert [tn("{n} day", "{n} days", n) for n in (0, 1, 2)] == ["0 dagen", "1 dag", "2 dagen"]


def test_english_is_what_the_source_says() -> None:
    set_language("nl")
    set_language("en")
    assert t("{hours} worked", hours=hours(456)) == "7:36 worked"
    assert tn("{n} day", "{n} days", 1) == "1 day"


def test_texts_are_found_inside_other_texts_and_calls(tmp_path: Path) -> None:
    source = tmp_path / "hrtui"
    source.mkdir()
    (source / "one.py").write_text(
        """
t("outer {x}", x=t("inner"))
f" {t('in an f-string')} {i18n.tn('one {n}', 'many {n}', 2)}"
t("yes" if x else "no")
t(variable)
print("not a text")
"""
    )
    assert {found.forms for found in found_texts(source)} == {
        ("outer {x}",), ("inner",), ("in an f-string",), ("one {n}", "many {n}"), ("yes",), ("no",),
    }  # fmt: skip


@pytest.mark.parametrize("call", ['t(f"{n} days")', 't("a " + b)', 'tn(one, "many", n)'])
def test_a_text_in_pieces_is_refused(tmp_path: Path, call: str) -> None:
    (tmp_path / "one.py").write_text(call)
    with pytest.raises(ValueError, match=r"one\.py:1: "):
        list(found_texts(tmp_path))


@pytest.mark.parametrize("code", LANGUAGES)
def test_other_tools_can_read_the_catalogue(code: str) -> None:
    head = po_file(code).read_text(encoding="utf-8").split("\n\n")[0]
    assert f"Language: {code}" in head
    assert "nplurals=2" in head
    with po_file(code).with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("holiday") != "holiday"
