"""One-time codes: those of an authenticator app (RFC 6238), those of an SMS, and backup codes."""

from __future__ import annotations

import secrets
from datetime import datetime

STEP = 30
"""Seconds that a code of the app counts (RFC 6238, 5.2)."""
ISSUER = "HRTUI"
DIGITS = 6

BACKUP_CODES = 10
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without signs that look alike on paper: 0 and O, 1 and I and L, U and V."""
_PART = 5


def new_app_secret() -> str:
    """A secret for an authenticator app: 160 random bits (RFC 4226, 4) as 32 signs of base 32."""
    import pyotp

    return pyotp.random_base32(32)


def app_uri(secret: str, user_name: str) -> str:
    """The address that the QR code carries (Key URI format); the user name keeps it short enough to scan."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=user_name, issuer_name=ISSUER)


def app_step(secret: str, code: str, at: datetime, last: int) -> int | None:
    """The time step that a typed code belongs to, where it counts; else None.

    One step before and after the present one counts, too, as clocks differ; one at or before the `last` used
    step never does, so that nobody uses a code that was looked at (RFC 6238, 5.2).
    """
    import pyotp

    typed = digits_of(code)
    if len(typed) != DIGITS:
        return None
    now = int(at.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    matching = [
        step
        for step in (now - 1, now, now + 1)
        if secrets.compare_digest(totp.generate_otp(step), typed) and step > last
    ]
    return matching[0] if matching else None


def new_sms_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def digits_of(code: str) -> str:
    """A typed code without the spaces and hyphens that people put in; empty where other signs are in it."""
    plain = "".join(sign for sign in code if sign not in " -\u00a0\t")
    return plain if plain.isascii() and plain.isdecimal() else ""


def new_backup_codes() -> tuple[str, ...]:
    """Ten codes such as `03-K7XQM-4ZT9P`: a number that says which, and ten random signs (49 bits)."""
    return tuple(f"{number:02d}-{_random_part()}-{_random_part()}" for number in range(1, BACKUP_CODES + 1))


def read_backup_code(typed: str) -> tuple[int, str] | None:
    """Number and plain signs of a backup code, however it is typed; None where it cannot be one."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_ALIKE)
    number, rest = plain[:2].translate(_AS_DIGITS), plain[2:]
    if len(rest) != 2 * _PART or not (number.isascii() and number.isdecimal()):
        return None
    if any(sign not in _ALPHABET for sign in rest):
        return None
    return int(number), rest


_ALIKE = str.maketrans({"U": "V"})
_AS_DIGITS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def _random_part() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_PART))
