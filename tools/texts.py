"""Keep the catalogues of translations in step with the texts of templates and Python.

    python tools/texts.py extract    # new texts into every .po, with an empty translation; unused ones out
    python tools/texts.py missing    # what still has no translation, per language
    python tools/texts.py compile    # .po -> .mo, which is what the product reads

A text that only staff screens show (`STAFF`) has no entry in やさしい日本語.

Run by a maintainer; needs nothing but the test requirements. Japanese texts are the msgids, so there is
no catalogue for `ja`. Each app keeps its own: src/madobe/<app>/locale/<language>/LC_MESSAGES/django.po.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, TokenType
from django.utils.text import smart_split
from django.utils.translation import trim_whitespace

SOURCE = Path(__file__).resolve().parent.parent / "src" / "madobe"
# Folder of the catalogue (Django's to_locale) -> locale whose plural forms it follows.
LANGUAGES = {"en": "en", "ja_Easy": "ja"}

# Screens of the people who work here are in Japanese and English; やさしい日本語 is for those in distress.
PLAIN = "ja_Easy"
STAFF = (
    "accounts/", "audit/", "channels/counter/", "channels/email/channel.py", "channels/letter/", "channels/line/channel.py",
    "channels/phone/", "consult/actions/staff/", "consult/apps.py", "consult/actions/doors/incoming.py", "consult/forms/doors.py", "consult/forms/staff.py", "consult/staff_choices.py",
    "consult/templates/consult/staff/", "consult/views/staff/", "desks/apps.py", "desks/forms/", "desks/switches.py", "desks/templates/desks/staff/", "desks/templatetags/desks.py",
    "desks/views/", "directory/apps.py", "directory/views/staff/",
    "directory/templates/directory/staff/", "directory/templates/directory/vetting/",
    "directory/templatetags/keeping.py", "directory/templatetags/vetting.py",
    "directory/forms/areas.py", "directory/forms/fields.py", "directory/forms/parts.py", "directory/forms/service.py",
    "directory/forms/short.py", "directory/forms/when.py", "directory/forms/whom.py",
    "ui/staff.py", "ui/templates/ui/staff_base.html", "web/queries.py",
)  # fmt: skip

# Name in django.utils.translation -> which argument is context, text, plural.
CALLS = {
    name + lazy: places
    for name, places in {
        "gettext": (None, 0, None),
        "gettext_noop": (None, 0, None),
        "pgettext": (0, 1, None),
        "ngettext": (None, 0, 1),
        "npgettext": (0, 1, 2),
    }.items()
    for lazy in ("", "_lazy")
}
_LITERAL = re.compile(r"""_\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""")


class NotALiteral(ValueError):
    """A text to translate that cannot be read from the source, so no catalogue can hold it."""


@dataclass
class Message:
    """One text as gettext looks it up, and the files that show it."""

    text: str
    plural: str = ""
    context: str = ""
    files: list[str] = field(default_factory=list)

    @property
    def is_for_staff(self) -> bool:
        """Whether no page of the public shows it."""
        return all(name.startswith(STAFF) for name in self.files)

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


def _unquoted(literal: str) -> str:
    return str(ast.literal_eval(literal)).replace("%", "%%")


def template_messages(source: str) -> Iterator[Message]:
    """Every text of one template, in the order written. Raises NotALiteral for `{% translate variable %}`."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type in (TokenType.VAR, TokenType.BLOCK):
            for literal in _LITERAL.findall(token.contents):
                yield Message(_unquoted(literal))
        if token.token_type is not TokenType.BLOCK:
            continue
        bits = list(smart_split(token.contents))
        if bits[0] in ("translate", "trans"):
            if bits[1][0] not in "\"'":
                raise NotALiteral(token.contents)
            yield Message(_unquoted(bits[1].split("|")[0]), context=_context(bits))
        elif bits[0] in ("blocktranslate", "blocktrans"):
            parts = [""]
            for inner in tokens:
                if inner.token_type is TokenType.TEXT:
                    parts[-1] += inner.contents.replace("%", "%%")
                elif inner.token_type is TokenType.VAR:
                    parts[-1] += f"%({inner.contents})s"
                elif inner.contents.strip() == "plural":
                    parts.append("")
                elif inner.token_type is TokenType.BLOCK:
                    break
            if "trimmed" in bits:
                parts = [trim_whitespace(part) for part in parts]
            yield Message(parts[0], (parts + [""])[1], _context(bits))


def _context(bits: list[str]) -> str:
    return str(ast.literal_eval(bits[bits.index("context") + 1])) if "context" in bits[1:] else ""


def python_messages(source: str) -> Iterator[Message]:
    """Every text of one Python file given to gettext under whatever name. Raises NotALiteral."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: CALLS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in CALLS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            context, text, plural = (
                "" if place is None else _constant(node, place) for place in names[node.func.id]
            )
            if text is None and not context:
                raise NotALiteral(f"line {node.lineno}: {ast.unparse(node)}")
            # A text chosen at run time is fine in a context: its few texts stand as literals elsewhere.
            if text is not None:
                yield Message(text, plural or "", context or "")


def _constant(call: ast.Call, place: int) -> str | None:
    argument = call.args[place]
    literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    return argument.value if literal else None  # type: ignore[attr-defined,return-value]


def messages(source: Path = SOURCE) -> dict[str, dict[tuple[str, str], Message]]:
    """App -> (context, text) -> Message, over all templates and Python files below `source`."""
    found: dict[str, dict[tuple[str, str], Message]] = {}
    for path in sorted([*source.rglob("*.html"), *source.rglob("*.txt"), *source.rglob("*.py")]):
        read = python_messages if path.suffix == ".py" else template_messages
        name = path.relative_to(source)
        for message in read(path.read_text(encoding="utf-8")):
            kept = found.setdefault(name.parts[0], {}).setdefault(message.key, message)
            kept.plural = kept.plural or message.plural
            if str(name) not in kept.files:
                kept.files.append(str(name))
    return found


def po_path(app: str, language: str, source: Path = SOURCE) -> Path:
    return source / app / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def extract() -> None:
    for app, found in messages().items():
        for language, locale in LANGUAGES.items():
            path = po_path(app, language)
            old = read_catalogue(path) if path.exists() else None
            new = Catalog(
                locale=locale,
                project="Madobe",
                version="1",
                copyright_holder="the Madobe maintainers",
                msgid_bugs_address=" ",
                last_translator="the Madobe maintainers",
                language_team=" ",
                creation_date=old.creation_date if old is not None else datetime.now(UTC),
                revision_date=old.creation_date if old is not None else datetime.now(UTC),
                fuzzy=False,
                header_comment="# Texts of Madobe. The msgid is the Japanese text as written in the source.",
            )
            for message in found.values():
                if language == PLAIN and message.is_for_staff:
                    continue
                ids = (message.text, message.plural) if message.plural else message.text
                known = old.get(message.text, message.context or None) if old is not None else None
                same_shape = known is not None and isinstance(known.id, str) == isinstance(ids, str)
                new.add(
                    ids,
                    known.string if known is not None and same_shape else "",
                    context=message.context or None,
                    locations=[(name, 0) for name in message.files],
                )
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(file, new, width=0, include_lineno=False)
    compile_all()


def untranslated(path: Path) -> list[str]:
    """The texts of one .po that have no translation yet."""
    return [
        str(message.id)
        for message in read_catalogue(path)
        if message.id
        and not all(
            message.string if isinstance(message.string, tuple | list) else [message.string]
        )
    ]


def compile_all() -> None:
    for path in sorted(SOURCE.glob("*/locale/*/LC_MESSAGES/*.po")):
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read_catalogue(path))


def main(arguments: list[str]) -> int:
    if arguments == ["extract"]:
        extract()
    elif arguments == ["compile"]:
        compile_all()
    elif arguments != ["missing"]:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    missing = [
        f"{path.relative_to(SOURCE)}: {text}"
        for path in sorted(SOURCE.glob("*/locale/*/LC_MESSAGES/*.po"))
        for text in untranslated(path)
    ]
    print("\n".join(missing) or "Every text has its translations.")  # noqa: T201
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
