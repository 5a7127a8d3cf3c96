"""The translator's tool: collects the texts of the source, brings the catalogues up to date, compiles them.

python -m tests.catalogues update     after texts changed; then translate what is empty in the .po files
python -m tests.catalogues compile    after translating
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parents[1] / "hrtui"
LOCALE = SOURCE / "locale"
LANGUAGES = ("nl", "fr")
"""Every interface language but English, whose texts are the msgids."""

HOW_TO_MEND = (
    "Run `python -m tests.catalogues update`, translate what is empty in the .po files below hrtui/locale, "
    "then run `python -m tests.catalogues compile`."
)
_TEXTS_OF_CALL = {"t": 1, "N_": 1, "tn": 2}
"""The functions of `hrtui.i18n` that take texts, and how many of their first arguments are one."""

# Dates and versions in the header would change with every run and clash with every merge.
_HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: hrtui\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


class Found(NamedTuple):
    """A text in the source: where it stands, and its one form or its singular and plural."""

    place: str
    forms: tuple[str, ...]


def found_texts(folder: Path = SOURCE) -> Iterator[Found]:
    """Every text of the source; raises ValueError for one that is put together from pieces.

    The syntax tree is read because Babel's own extraction misses calls inside other calls and f-strings.
    """
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or (count := _TEXTS_OF_CALL.get(_name(node.func))) is None:
                continue
            place = f"{file.relative_to(folder.parent)}:{node.lineno}"
            forms = tuple(text for argument in node.args[:count] for text in _literals(argument, place))
            if count == 2 and len(forms) != 2:
                raise ValueError(f"{place}: singular and plural have to be written out here")
            if any(forms):
                yield from [Found(place, forms)] if count == 2 else (Found(place, (one,)) for one in forms)


def _name(function: ast.expr) -> str:
    """The called function of `hrtui.i18n`, also where it is called through its module."""
    if isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "i18n":
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literals(argument: ast.expr, place: str) -> Iterator[str]:
    """The texts of an argument: both of `a if b else c`; none of a name, whose text is marked elsewhere."""
    if isinstance(argument, ast.JoinedStr | ast.BinOp):
        raise ValueError(f"{place}: a text put together from pieces cannot be translated")
    if isinstance(argument, ast.IfExp):
        yield from _literals(argument.body, place)
        yield from _literals(argument.orelse, place)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
        yield argument.value


def template() -> Catalog:
    """All texts of the source, untranslated."""
    texts = Catalog()
    for found in found_texts():
        texts.add(found.forms if len(found.forms) > 1 else found.forms[0])
    return texts


def po_file(language: str) -> Path:
    """The catalogue that translators edit."""
    return LOCALE / language / "LC_MESSAGES" / "hrtui.po"


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language, empty where there is none yet."""
    file = po_file(language)
    text = file.read_bytes() if file.exists() else b""
    catalogue = read_po(io.BytesIO(text), locale=language, charset="utf-8")
    catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    return catalogue


def write_catalogue(language: str, catalogue: Catalog) -> None:
    """Write the .po file: sorted by text, without places in the source, one line to a text."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    head = _HEADER.format(language=language, plural_forms=catalogue.plural_forms)
    po_file(language).parent.mkdir(parents=True, exist_ok=True)
    po_file(language).write_bytes(head.encode() + body.getvalue())


def update() -> None:
    """Bring the texts of both catalogues up to date: new ones come in empty, those no longer used go."""
    for language in LANGUAGES:
        catalogue = read_catalogue(language)
        catalogue.update(template(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        write_catalogue(language, catalogue)


def compile_catalogues() -> None:
    """Write the .mo files, which are what the program reads."""
    for language in LANGUAGES:
        with po_file(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read_catalogue(language))


if __name__ == "__main__":
    commands = {"update": update, "compile": compile_catalogues}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]]()
