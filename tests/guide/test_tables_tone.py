"""Every sentence of the tables is gentle, and its plain version plain (docs/words.md)."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from madobe.guide.rules.tables import TABLES
from madobe.guide.rules.texts import Text

AVOIDED = ["社会復帰", "自立させる", "脱ひきこもり", "脱出", "克服", "問題", "症例", "対象者", "対象外", "エラー", "失敗", "無効", "甘え", "怠け", "ニート", "無職", "がんばりましょう", "早く", "今すぐ", "手遅れ", "欠席", "未達成", "治る", "必ず", "成功率", "なさい", "ひきこもりの人"]  # fmt: skip
AVOIDED_ENGLISH = ("lazy", "failure", "must ", "error", "invalid", "cure", "normal life", "problem")
KANJI = re.compile(r"[\u4e00-\u9fff々]")
DOUBLE_NEGATIVE = re.compile(r"ないことは|なくは(ない|ありません)|ないわけでは|なければなりません")


def texts(value: Any, path: str = "") -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts(inner, f"{path}/{key}")
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from texts(inner, f"{path}/{getattr(inner, 'id', place)}")


TEXTS = list(texts(TABLES))


def hard_words(text: Text) -> list[str]:
    found = [word for word in AVOIDED if word in text.ja or word in text.easy]
    return found + [word for word in AVOIDED_ENGLISH if word in text.en.lower()]


def hard_sentences(easy: str) -> list[str]:
    sentences = [s for s in re.split(r"[。！？]", easy) if s]
    return [
        s
        for s in sentences
        if len(s) > 45 or len(KANJI.findall(s)) > 13 or DOUBLE_NEGATIVE.search(s)
    ]


def test_no_word_blames_or_hurries() -> None:
    assert {path: words for path, text in TEXTS if (words := hard_words(text))} == {}


def test_the_plain_version_is_plain() -> None:
    assert {path: hard for path, text in TEXTS if (hard := hard_sentences(text.easy))} == {}


def test_no_row_gives_more_than_one_order() -> None:
    assert [path for path, text in TEXTS if text.ja.count("てください") > 1] == []


def test_a_blaming_sentence_and_a_hard_one_are_noticed() -> None:
    assert hard_words(Text("早く社会復帰しましょう", "がんばりましょう", "You must")) != []
    assert hard_sentences("都道府県精神保健福祉相談窓口担当者連絡協議会") != []
