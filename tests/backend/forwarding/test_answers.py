"""Files with answers of providers: what cannot be read is told by its line, whatever it holds."""

from __future__ import annotations

import pytest

from hrtui.backend.forwarding.answers import AnswerError, read_answers


@pytest.mark.parametrize("number", ["", "x", "-1", "0", "9" * 19, "9" * 5000])
def test_a_number_that_is_no_transmission_is_told(number: str) -> None:
    content = f"transmission;person;status;reason\n{number};;accepted;\n"
    with pytest.raises(AnswerError, match="Line 1: there is no id of a transmission"):
        read_answers("answers.csv", content.encode())
