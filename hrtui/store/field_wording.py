"""Sentences about what was typed into a record: amounts, and the fields of leave types."""

from __future__ import annotations

from hrtui.domain.money import MoneyProblem, decimal_sign
from hrtui.domain.type_fields import TypeFault, TypeProblem
from hrtui.i18n import N_, language, t

_MONEY = {
    MoneyProblem.EMPTY: N_("Type an amount."),
    MoneyProblem.NOT_A_NUMBER: N_("“{text}” is not an amount: write it like {example}."),
    MoneyProblem.TOO_MANY_DECIMALS: N_("“{text}” has more than {places} decimals: write it like {example}."),
    MoneyProblem.TOO_LARGE: N_("This amount is too large: at most 9 999 999 is taken."),
}
_TYPE = {
    TypeProblem.KEY_FORM: N_("The key is 1 to 4 letters and figures, a letter first."),
    TypeProblem.KEY_TAKEN: N_("The key {key} is that of “{other}” already: choose another."),
    TypeProblem.KEY_IS_A_LETTER: N_("“{other}” is entered with that letter: choose another key."),
    TypeProblem.LETTER_FORM: N_("The letter is one of a to z."),
    TypeProblem.LETTER_TAKEN: N_("The letter {letter} is that of “{other}” already: choose another."),
    TypeProblem.LETTER_IS_A_KEY: N_("{letter} is the key of “{other}”: choose another letter."),
    TypeProblem.LETTER_BOUND: N_("The letter {letter} does something else in the month: choose another."),
    TypeProblem.NAME_MISSING: N_("Type a name in at least one language."),
    TypeProblem.NAME_TAKEN: N_("{key} has this name already in this language: choose another."),
    TypeProblem.OVERTIME_IN_DAYS: N_("Overtime is entered in hours."),
    TypeProblem.HOLIDAY_NOT_WORKED: N_("Only worked time can be entered on holidays."),
    TypeProblem.LIMIT_OF_OVERTIME: N_("Overtime has no yearly limit."),
    TypeProblem.LIMIT_AMOUNT: N_("The limit is 0 to 366 days; without a limit it stays empty."),
    TypeProblem.CARRY_OVER: N_("The rest can be taken 0 to 60 months after the year."),
    TypeProblem.PROVIDER_CODE: N_("“{text}” cannot be a code of that provider."),
}


def money_sentence(problem: MoneyProblem, text: str, places: int = 2) -> str:
    """What is wrong with a typed amount that may have `places` decimals."""
    example = f"1234{decimal_sign(language())}50"
    return t(_MONEY[problem], text=printable(text), places=places, example=example)


def type_sentence(fault: TypeFault, key: str, letter: str) -> str:
    """What is wrong with a leave type that has this key and letter."""
    other = fault.other.name(language()) if fault.other else ""
    if fault.other and fault.problem is TypeProblem.NAME_TAKEN:
        key = fault.other.key
    return t(_TYPE[fault.problem], other=other, key=key, letter=letter, text=printable(fault.text))


def printable(text: str, longest: int = 24) -> str:
    """A typed text as a message may repeat it: short, and without what cannot be shown."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in text.strip())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"
