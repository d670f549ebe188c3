"""Every text on a screen exists in all three languages, and the compiled catalogues are those of the source."""

import datetime
import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
import time_machine
import yaml
from babel.messages.mofile import read_mo, write_mo
from django.utils import formats, translation
from tools.texts import (
    LANGUAGES,
    PLAIN,
    SOURCE,
    Message,
    NotALiteral,
    messages,
    po_path,
    python_messages,
    read_catalogue,
    template_messages,
)

from madobe.directory.templatetags.places import moment

PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
MENDED_BY = "run `python tools/texts.py extract`, translate, then `python tools/texts.py compile`"


def strings(message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def lacking(wanted: dict[tuple[str, str], Message], path: Path) -> list[str]:
    """The texts shown on screens that a catalogue does not hold, or holds empty."""
    catalogue = read_catalogue(path) if path.exists() else None
    gaps = []
    for message in wanted.values():
        there = catalogue.get(message.text, message.context or None) if catalogue else None
        if there is None or not all(strings(there)) or there.fuzzy:
            gaps.append(message.text)
        elif message.plural and there.id != (message.text, message.plural):
            gaps.append(message.plural)
    return gaps


SHOWN = messages()
CATALOGUES = [(app, language) for app in SHOWN for language in LANGUAGES]


@pytest.mark.parametrize(("app", "language"), CATALOGUES)
def test_every_text_has_a_translation(app: str, language: str):
    wanted = {
        key: message
        for key, message in SHOWN[app].items()
        if not (language == PLAIN and message.is_for_staff)
    }
    assert lacking(wanted, po_path(app, language)) == [], MENDED_BY


def test_a_text_of_public_and_staff_pages_is_for_the_public():
    assert Message("a", files=["accounts/forms.py", "directory/apps.py"]).is_for_staff
    assert not Message("b", files=["directory/apps.py", "directory/choices.py"]).is_for_staff


def test_a_text_without_translation_would_be_seen(tmp_path: Path):
    wanted = {("", "まだない文"): Message("まだない文")}
    assert lacking(wanted, po_path("web", "en")) == ["まだない文"]
    assert lacking(wanted, tmp_path / "django.po") == ["まだない文"]


@pytest.mark.parametrize(("app", "language"), CATALOGUES)
def test_no_translation_is_kept_for_a_text_nobody_shows(app: str, language: str):
    kept = {
        (message.context or "", message.id if isinstance(message.id, str) else message.id[0])
        for message in read_catalogue(po_path(app, language))
        if message.id
    }
    assert kept - set(SHOWN[app]) == set(), MENDED_BY


def ambiguous(paths: Iterable[Path]) -> dict[tuple[str, str], set[tuple[str, ...]]]:
    """(context, text) -> its translations, where one language has several: Django would show one of them everywhere."""
    found: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for path in paths:
        for message in read_catalogue(path):
            if message.id and all(strings(message)):
                text = message.id if isinstance(message.id, str) else message.id[0]
                found.setdefault((message.context or "", text), set()).add(tuple(strings(message)))
    return {key: several for key, several in found.items() if len(several) > 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_one_translation_in_the_whole_product(language: str):
    assert ambiguous(po_path(app, language) for app in SHOWN) == {}, (
        "give the uses the same translation, or one of them a context that says which meaning it has"
    )


def test_a_text_translated_in_two_ways_would_be_seen(tmp_path: Path):
    def catalogue(name: str, text: str) -> Path:
        path = tmp_path / f"{name}.po"
        path.write_text(f'msgid ""\nmsgstr ""\n\n{text}\n', encoding="utf-8")
        return path

    page = catalogue("page", 'msgid "メモ"\nmsgstr "Memo"')
    note = catalogue("note", 'msgid "メモ"\nmsgstr "Note"')
    meant = catalogue("meant", 'msgctxt "kept beside a letter"\nmsgid "メモ"\nmsgstr "Note"')
    assert ambiguous([page, note]) == {("", "メモ"): {("Memo",), ("Note",)}}
    assert ambiguous([page, page, meant]) == {}


def disagreeing(path: Path) -> list[str]:
    """The texts whose translation names other placeholders than the text itself."""
    return [
        str(message.id)
        for message in read_catalogue(path)
        if message.id
        for source in [message.id if isinstance(message.id, str) else message.id[0]]
        for string in strings(message)
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(string))
    ]


@pytest.mark.parametrize(("app", "language"), CATALOGUES)
def test_placeholders_agree(app: str, language: str):
    assert disagreeing(po_path(app, language)) == []


def test_a_lost_placeholder_would_be_seen(tmp_path: Path):
    path = tmp_path / "django.po"
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "%(time)s まで"\nmsgstr "until then"\n')
    assert disagreeing(path) == ["%(time)s まで"]


def content(mo: BinaryIO) -> dict[tuple[object, str], list[str]]:
    return {(m.context, str(m.id)): strings(m) for m in read_mo(mo) if m.id}


@pytest.mark.parametrize(("app", "language"), CATALOGUES)
def test_the_compiled_catalogue_is_fresh(app: str, language: str):
    path = po_path(app, language)
    write_mo(fresh := BytesIO(), read_catalogue(path))
    fresh.seek(0)
    with path.with_suffix(".mo").open("rb") as compiled:
        assert content(compiled) == content(fresh), MENDED_BY


@pytest.mark.parametrize("app", list(SHOWN))
def test_english_is_english_but_for_examples_of_names(app: str):
    japanese = [
        string
        for message in read_catalogue(po_path(app, "en"))
        if message.id
        for string in strings(message)
        if KANA.search(string)
    ]
    assert japanese == []


def test_templates_are_read_with_plurals_contexts_and_placeholders():
    source = """{% translate "一つ" %}{% translate 'ふたつ' context 'c' as x %}{{ _("みっつ")|upper }}
    {% blocktranslate count n=n with a=b %}{{ a }}が{{ n }}つ{% plural %}{{ a }}が{{ n }}こ{% endblocktranslate %}
    {% comment %}{% endcomment %}100%{% blocktranslate trimmed %}
      百% まで
    {% endblocktranslate %}"""
    assert [(m.context, m.text, m.plural) for m in template_messages(source)] == [
        ("", "一つ", ""),
        ("c", "ふたつ", ""),
        ("", "みっつ", ""),
        ("", "%(a)sが%(n)sつ", "%(a)sが%(n)sこ"),
        ("", "百%% まで", ""),
    ]


def test_python_is_read_under_whatever_name_gettext_goes():
    source = (
        "from django.utils.translation import gettext as t, npgettext, pgettext_lazy as p\n"
        "t('一つ')\np('曜', '月')\nnpgettext('c', 'ひとり', 'ふたり', 2)\nprint('ほか')\n"
    )
    assert {(m.context, m.text, m.plural) for m in python_messages(source)} == {
        ("", "一つ", ""),
        ("曜", "月", ""),
        ("c", "ひとり", "ふたり"),
    }


def test_a_text_that_cannot_be_read_from_the_source_is_refused():
    with pytest.raises(NotALiteral):
        list(template_messages("{% translate title %}"))
    with pytest.raises(NotALiteral):
        list(python_messages("from django.utils.translation import gettext as _\n_(title)\n"))


def test_every_app_with_texts_has_all_catalogues():
    assert {
        path.relative_to(SOURCE).parts[0] for path in SOURCE.glob("*/locale/*/LC_MESSAGES/*.mo")
    } == {app for app, _ in CATALOGUES}


@pytest.mark.parametrize(
    ("language", "shown"),
    [("ja", "はじめのページへ"), ("ja-easy", "はじめの ページへ"), ("en", "To the first page")],
)
def test_the_language_of_the_display_is_spoken(language: str, shown: str):
    with translation.override(language):
        assert translation.gettext("はじめのページへ") == shown


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("ja", "2026年3月2日", "2026/03/02"),
        ("ja-easy", "2026年3月2日", "2026/03/02"),
        ("en", "2 March 2026", "2 Mar 2026"),
    ],
)
def test_a_date_reads_one_way_only(language: str, long: str, short: str):
    with translation.override(language):
        day = datetime.date(2026, 3, 2)
        assert formats.date_format(day, "DATE_FORMAT") == long
        assert formats.date_format(day, "SHORT_DATE_FORMAT") == short


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "11月24日（火）10:00"),
        ("ja-easy", "11月24日（火）10:00"),
        ("en", "Tue 24 November, 10:00"),
    ],
)
@time_machine.travel("2026-11-21T12:00:00+09:00", tick=False)
def test_a_coming_moment_is_said_in_the_language_of_the_page(language: str, said: str):
    with translation.override(language):
        at = datetime.datetime(2026, 11, 24, 1, 0, tzinfo=datetime.UTC)
        assert moment(at) == said


def test_every_row_of_a_table_speaks_all_three_languages():
    def silent(node: object) -> list[object]:
        here = [node] if isinstance(node, dict) and isinstance(node.get("ja"), str) else []
        children = (
            node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        )
        return [row for row in here if not (row.get("easy") and row.get("en"))] + [
            row for child in children for row in silent(child)
        ]

    assert silent({"text": {"ja": "窓", "en": "window"}})
    gaps = {
        path.name: found
        for path in SOURCE.rglob("tables/*.yaml")
        if (found := silent(yaml.safe_load(path.read_text(encoding="utf-8"))))
    }
    assert gaps == {}
