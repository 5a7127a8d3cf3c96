"""Which passwords an account may have, and how strong one is.

OWASP ASVS 5.0, 6.2: a least length and no rules of composition, at least 64 signs allowed, no common
password and none of the words of the context (employer, user, product). The strength is that of zxcvbn
(Wheeler, USENIX Security 2016), 0 to 4, of which at least 3 is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from hrtui.domain.accounts.common_words import COMMON_WORDS

SHORTEST = 12
LONGEST_BYTES = 256
STRONG_ENOUGH = 3
_SCORED = 72
"""zxcvbn refuses longer texts; what follows can only make a password stronger."""
_LEAST_WORD = 3
_LEAST_LEFT = 8
"""How many signs must be left of a password without the words of its context."""


class Weakness(Enum):
    """Why a password will not do."""

    SHORT = "short"
    LONG = "long"
    CONTEXT = "context"
    """Hardly more than the employer, the user, a month, a town or such a word, with figures and signs."""
    GUESSABLE = "guessable"


@dataclass(frozen=True, slots=True)
class Strength:
    """What was found about a password: `score` is 0 to 4, `weakness` None where it may be used."""

    score: int
    weakness: Weakness | None


def strength(password: str, own_words: Sequence[str] = ()) -> Strength:
    """Judge a password; `own_words` are the names of employers and user, their e-mail address and such."""
    from zxcvbn import zxcvbn

    if not password:
        return Strength(0, Weakness.SHORT)
    words = words_of(own_words)
    scored = zxcvbn(password[:_SCORED], user_inputs=sorted(words | COMMON_WORDS))
    score = int(scored["score"])
    if len(password) < SHORTEST:
        return Strength(min(score, STRONG_ENOUGH - 1), Weakness.SHORT)
    if len(password.encode()) > LONGEST_BYTES:
        return Strength(score, Weakness.LONG)
    if _little_but(password, words | COMMON_WORDS):
        return Strength(min(score, 1), Weakness.CONTEXT)
    return Strength(score, None if score >= STRONG_ENOUGH else Weakness.GUESSABLE)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of names and addresses that count: lower case, without accents, of three signs or more."""
    found: set[str] = set()
    for text in texts:
        plain = _plain(text)
        parts = re.split(r"[^a-z0-9]+", plain)
        found.update(part for part in parts if len(part) >= _LEAST_WORD)
        if len(joined := "".join(parts)) >= _LEAST_WORD:
            found.add(joined)
    return frozenset(found)


def _little_but(password: str, words: frozenset[str]) -> bool:
    """Whether hardly anything is left of the letters once the words are taken out, however they are spelt."""
    plain = _plain(password).translate(_SPELT_WITH)
    left = plain
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word.translate(_SPELT_WITH), "")
    letters = re.sub(r"[^a-z]", "", left)
    return left != plain and len(letters) < _LEAST_LEFT and len(letters) < len(re.sub(r"[^a-z]", "", plain))


_SPELT_WITH = str.maketrans(
    {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"}
)
"""Figures and signs that stand for letters."""


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
