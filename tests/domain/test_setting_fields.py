"""Fields of employers, providers and pay components: the worst input is refused or harmless."""

from __future__ import annotations

from datetime import date

import pytest

from hrtui.domain.employer_fields import EMPLOYER_FIELDS, PROVIDER_FIELDS
from hrtui.domain.identity.problem import Fault, Given, Problem
from hrtui.domain.pay_fields import PAY_TYPE_FIELDS, code_of, default_of
from hrtui.domain.providers import PROVIDERS, client_number, provider_code
from hrtui.domain.record_field import Field
from hrtui.record_wording import problem_text

GIVEN = Given(date(2026, 9, 14))
WORST = (
    *("x" * 500, "\x1b[2J", "\x00", "\u202eabc", "\u200b", "💥", "名前", "שלום", "0000", "2126-01-01"),
    *("=1+1", "-5", "١٢", "9" * 40, "'; DROP TABLE person; --"),
)


@pytest.mark.parametrize(
    "field", [*EMPLOYER_FIELDS, *PROVIDER_FIELDS, *PAY_TYPE_FIELDS], ids=lambda f: f.name
)
@pytest.mark.parametrize("text", WORST)
def test_the_worst_input_is_refused_with_a_sentence_or_harmless(field: Field, text: str) -> None:
    found = field.check(text, GIVEN)
    if isinstance(found, Problem):
        sentence = problem_text(found, field)
        assert sentence.isprintable()
        assert len(sentence) < 200
    else:
        assert str(found).isprintable()
        assert field.check(field.text(found), GIVEN) == found


def test_codes_and_numbers_of_providers() -> None:
    assert provider_code("0138", "acerta") == "0138"
    assert provider_code("50", "acerta") == "0050"
    assert provider_code("50", "partena") == "50"
    assert provider_code("01380", "acerta") == Problem(Fault.TOO_LONG, limit=4)
    acerta = Given(GIVEN.today, record={"provider": "acerta"})
    assert client_number("9999999", acerta) == "9999999"
    assert isinstance(client_number("123", acerta), Problem)
    assert client_number("1AB1234", Given(GIVEN.today, record={"provider": "sdworx"})) == "1AB1234"
    assert {"securex", "acerta", "partena", "csv"} <= PROVIDERS.keys()


def test_a_pay_code_is_kept_with_its_zeros() -> None:
    assert code_of(" 070 ", GIVEN) == "070"
    assert isinstance(code_of("07 0", GIVEN), Problem)
    assert default_of("1.250,50", GIVEN) == 125050
    assert default_of("-5", GIVEN) == Problem(Fault.TOO_SMALL, limit=0)
