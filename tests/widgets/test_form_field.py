"""What is typed into the fields of a form."""

from __future__ import annotations

import pytest

from hrtui.i18n import set_language
from hrtui.widgets.form import found_choices
from hrtui.widgets.form_field import yes_no_field


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_y_and_n_answer_a_field_in_every_language_as_they_answer_questions(language: str) -> None:
    set_language(language)
    try:
        field = yes_no_field("half", "Half day")
        assert field.choices is not None
        choices = field.choices()
        assert [found_choices(sign, choices)[0].value for sign in ("y", "n")] == [1, 0]
    finally:
        set_language("en")
