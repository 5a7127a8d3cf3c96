"""The pages of an invitation as HTML: readable by every browser and screen reader, with nothing to run."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Mapping
from functools import cache
from hashlib import sha256
from html import escape

from hrtui.domain.identity import contact
from hrtui.domain.identity.problem import Problem
from hrtui.domain.invitation import REQUIRED, SECTIONS, field_of
from hrtui.domain.record_field import Kind
from hrtui.i18n import LANGUAGES, N_, text_in
from hrtui.record_wording import problem_text_in

_STYLE = (
    "body{font:1.1rem/1.5 sans-serif;max-width:38rem;margin:0 auto;padding:1rem;color:#111;background:#fff}"
    "fieldset{border:1px solid #767676;margin:1.5rem 0;padding:0 1rem 1rem}legend{font-weight:bold}"
    "label{display:block;margin-top:1rem}.hint{color:#444;font-size:.95rem}"
    "input,select{font:inherit;width:100%;box-sizing:border-box;padding:.4rem;border:1px solid #595959}"
    ".error{color:#a40000;font-weight:bold}[aria-invalid]{border:3px solid #a40000}"
    "button{font:inherit;padding:.6rem 1.2rem}:focus{outline:3px solid #0b57d0;outline-offset:2px}"
)
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}
"""Nothing is loaded or run, and neither the address of the page nor the page is kept or passed on."""
_NAMES = {"nl": "Nederlands", "fr": "Français", "en": "English"}
_LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}
_HINTS = {
    "birth_date": N_("Day, month and year, as in 31/12/1990"),
    "national_number": N_("11 figures, on the back of your identity card"),
    "iban": N_("On your bank card; it begins with two letters, as BE"),
    "phone": N_("From abroad with + and the country"),
}
_FILLED_BY = {
    "birth_date": "bday", "country": "country", "postcode": "postal-code", "city": "address-level2",
    "phone": "tel", "street": "address-line1",
}  # fmt: skip
"""What browsers call the field, so that they can fill it in (HTML, autofill)."""


def form(
    language: str,
    employer: str,
    country: str,
    names: Collection[str],
    typed: Mapping[str, str],
    problems: Mapping[str, Problem],
) -> str:
    """The form with what was typed so far, and what is wrong with it."""
    title = text_in(language, N_("Your details for {employer}"), employer=employer)
    intro = text_in(
        language,
        N_("Only {employer} gets what you fill in here. Fields with * are needed."),
        employer=employer,
    )
    parts = [_languages(language), f"<h1>{escape(title)}</h1>", f"<p>{escape(intro)}</p>"]
    parts.append(_summary(language, names, problems))
    parts.append('<form method="post" accept-charset="utf-8">')
    for heading, members in SECTIONS:
        rows = [
            _field(language, country, name, typed.get(name, ""), problems.get(name))
            for name in members
            if name in names
        ]
        if rows:
            legend = escape(text_in(language, heading))
            parts.append(f"<fieldset><legend>{legend}</legend>{''.join(rows)}</fieldset>")
    send = escape(text_in(language, N_("Send")))
    parts.append(f'<p><button type="submit">{send}</button></p></form>')
    if problems:
        title = text_in(
            language, "{name}: {problem}", name=text_in(language, N_("Not sent yet")), problem=title
        )
    return _document(language, title, "".join(parts))


def thanks(language: str, employer: str) -> str:
    """What is shown once the answer is there."""
    title = text_in(language, N_("Thank you"))
    text = text_in(
        language, N_("{employer} has received your details. You can close this page."), employer=employer
    )
    return _document(language, title, f"<h1>{escape(title)}</h1><p>{escape(text)}</p>")


def gone(language: str) -> str:
    """What is shown for a link that is used, too old or none of ours."""
    title = text_in(language, N_("This link does not work (any more)"))
    text = text_in(
        language,
        N_("It was used already, is too old, or was copied in part. Ask your employer for a new one."),
    )
    return _document(language, title, f"<h1>{escape(title)}</h1><p>{escape(text)}</p>")


def _document(language: str, title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def _languages(language: str) -> str:
    links = " · ".join(
        f'<a href="?lang={one}" lang="{one}" hreflang="{one}">{_NAMES[one]}</a>'
        for one in LANGUAGES
        if one != language
    )
    return f"<nav>{links}</nav>"


def _summary(language: str, names: Collection[str], problems: Mapping[str, Problem]) -> str:
    """The problems on top, each a link to its field."""
    if not problems:
        return ""
    lines = "".join(
        f'<li><a href="#{name}">{escape(text_in(language, field_of(name).label))}</a>:'
        f" {escape(problem_text_in(language, problems[name]))}</li>"
        for name in names
        if name in problems
    )
    heading = escape(text_in(language, N_("This was not sent yet: correct what is below.")))
    return f'<div role="alert" class="error"><p>{heading}</p><ul>{lines}</ul></div>'


def _field(language: str, country: str, name: str, typed: str, problem: Problem | None) -> str:
    field = field_of(name)
    star = " *" if name in REQUIRED else ""
    told, described = "", []
    if name in _HINTS:
        described.append(f"{name}-hint")
        told += f'<div class="hint" id="{name}-hint">{escape(text_in(language, _HINTS[name]))}</div>'
    if problem is not None:
        described.append(f"{name}-error")
        text = escape(problem_text_in(language, problem))
        told += f'<div class="error" id="{name}-error">{text}</div>'
    words = f'id="{name}" name="{name}"'
    words += ' aria-required="true"' if star else ""
    words += ' aria-invalid="true"' if problem else ""
    words += f' aria-describedby="{" ".join(described)}"' if described else ""
    words += f' autocomplete="{_FILLED_BY.get(name, "off")}"'
    choices = _choices(language, country, name)
    if choices:
        options = "".join(
            f'<option value="{value}"{" selected" if value == typed else ""}>{escape(label)}</option>'
            for value, label in choices
        )
        control = f"<select {words}>{options}</select>"
    else:
        longest = max(field.longest, 40)
        control = f'<input type="text" {words} maxlength="{longest}" value="{escape(typed)}">'
    label = escape(text_in(language, field.label)) + star
    return f'<label for="{name}">{label}</label>{told}{control}'


def _choices(language: str, country: str, name: str) -> list[tuple[str, str]]:
    """The values and labels of a field that is chosen from a list, the empty one first."""
    field = field_of(name)
    if field.kind is Kind.COUNTRY:
        return [("", ""), *_countries(language)]
    if field.kind is Kind.CHOICE:
        found = field.choices_in(country)
        return [("", ""), *((one.value, text_in(language, one.label)) for one in found)]
    return []


@cache
def _countries(language: str) -> list[tuple[str, str]]:
    from babel import Locale

    names = Locale.parse(_LOCALES[language]).territories
    return sorted(
        ((code, names[code]) for code in contact.COUNTRIES if code in names), key=lambda one: one[1]
    )
