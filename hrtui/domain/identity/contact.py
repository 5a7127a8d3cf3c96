"""Where a person lives, is reached and is paid: postcode, country, phone, e-mail, IBAN and BIC."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from hrtui.domain.identity.problem import Fault, Given, Problem, Value, short
from hrtui.domain.identity.texts import clean, text_of

_IBAN = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]{8,30}", re.ASCII)
_BIC = re.compile(r"[A-Z0-9]{8}(?:[A-Z0-9]{3})?", re.ASCII)
_POSTCODE_BE = re.compile(r"(?:B-?)?([1-9]\d{3})", re.ASCII | re.IGNORECASE)
_POSTCODE = re.compile(r"[0-9A-Z][0-9A-Z -]{1,8}", re.ASCII | re.IGNORECASE)
_PHONE = re.compile(r"\+?[0-9 ()/.\-]+", re.ASCII)
_LANGUAGES = ("nl", "fr", "en", "de")

_CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW"
    " BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET"
    " FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL"
    " IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA"
    " MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ"
    " OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN"
    " SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG"
    " VI VN VU WF WS XK YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(_CODES.split())
"""ISO 3166-1 codes of two letters, and XK for Kosovo."""


def country(text: str, given: Given) -> Value | Problem:
    """A country as its code of two letters, typed as that or by its name in nl, fr, en or de."""
    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    if plain.isascii() and plain.upper() in COUNTRIES:
        return plain.upper()
    return _countries_by_name().get(_folded(plain)) or Problem(Fault.COUNTRY, short(plain))


@cache
def _countries_by_name() -> dict[str, str]:
    from babel import Locale

    return {
        _folded(name): code
        for language in _LANGUAGES
        for code, name in Locale(language).territories.items()
        if code in COUNTRIES
    }


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if sign.isalnum() and not unicodedata.combining(sign))


def postcode(text: str, given: Given) -> Value | Problem:
    """A postcode of the address's country: `1000` to `9999` in Belgium, `9999 AA` in the Netherlands."""
    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    if given.address_country == "BE":
        found = _POSTCODE_BE.fullmatch(plain)
        return found[1] if found else Problem(Fault.POSTCODE_BE, short(plain))
    if given.address_country == "NL":
        return _dutch_postcode(plain)
    return plain.upper() if _POSTCODE.fullmatch(plain) else Problem(Fault.POSTCODE, short(plain))


def _dutch_postcode(plain: str) -> Value | Problem:
    from stdnum.exceptions import ValidationError
    from stdnum.nl import postcode as rule

    try:
        return str(rule.validate(plain))
    except ValidationError:
        return Problem(Fault.POSTCODE_NL, short(plain))


def phone(text: str, given: Given) -> Value | Problem:
    """A phone number as E.164 (`+32471234567`); without + it is Belgian or Dutch, as the address says."""
    import phonenumbers

    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    # The library also reads letters and figures of other scripts; a clerk who typed those made a slip.
    if not _PHONE.fullmatch(plain):
        return Problem(Fault.PHONE, short(plain))
    region = given.address_country if given.address_country in {"BE", "NL"} else given.country
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return Problem(Fault.PHONE, short(plain))
    if not phonenumbers.is_valid_number(number):
        return Problem(Fault.PHONE, short(plain))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_text(number: str) -> str:
    """An E.164 number in groups: `+32 471 23 45 67`."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def email(text: str, given: Given) -> Value | Problem:
    """An e-mail address by its form, in Latin letters; nothing is asked of the network."""
    from email_validator import EmailNotValidError, validate_email

    plain = text_of(text, given, longest=254)
    if isinstance(plain, Problem):
        return plain
    try:
        found = validate_email(str(plain), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return Problem(Fault.EMAIL, short(str(plain)))
    return found.normalized


def iban(text: str, given: Given) -> Value | Problem:
    """An account number of ISO 13616 in capitals without spaces: the country's form and the rest by 97."""
    from stdnum import iban as rule
    from stdnum.exceptions import InvalidChecksum, ValidationError

    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    compact = re.sub(r"[ .\-]", "", plain).upper()
    if not (plain.isascii() and _IBAN.fullmatch(compact)):
        return Problem(Fault.IBAN_FORM)
    try:
        # Without the country's own list of banks: it ages, and a new bank must not be refused.
        number = str(rule.validate(compact, check_country=False))
    except InvalidChecksum:
        return Problem(Fault.IBAN_CHECK)
    except ValidationError:
        return Problem(Fault.IBAN_FORM)
    # 00, 01 and 99 leave the same rest as 97, 98 and 02 do, which are those that are given (ISO 13616).
    return number if 2 <= int(number[2:4]) <= 98 else Problem(Fault.IBAN_CHECK)


def iban_text(number: str) -> str:
    """An IBAN in groups of four."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def bic(text: str, given: Given) -> Value | Problem:
    """A bank's code of ISO 9362: 8 or 11 signs in capitals."""
    from stdnum import bic as rule
    from stdnum.exceptions import ValidationError

    plain = clean(text)
    if isinstance(plain, Problem):
        return plain
    compact = plain.replace(" ", "").upper()
    if not (plain.isascii() and _BIC.fullmatch(compact)):
        return Problem(Fault.BIC, short(plain))
    try:
        return str(rule.validate(compact))
    except ValidationError:
        return Problem(Fault.BIC, short(plain))
