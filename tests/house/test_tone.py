"""No text of the product hurts, hurries, orders, blames or promises; plain Japanese is plain (docs/words.md)."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from tools.texts import LANGUAGES, SOURCE, messages, po_path, read_catalogue

from madobe.directory.choices import GUIDED_KINDS
from madobe.directory.rules.letters import letters_of
from madobe.lib.tone import EASY, EN, JA, findings, telling
from madobe.web.choices import ARTICLES

JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")

# Whole files and folders that hold what other people write or say. None of it is ever said by us.
NOT_OUR_WORDS = {
    "guide/tables/lexicon": "expressions people write about themselves",
    "guide/rules/reading": "patterns that read those expressions",
    "consult/tables": "expressions people write when they or others are in danger",
    "consult/rules/crisis": "patterns that read those expressions",
    "directory/municipalities": "ways people write names of places",
    "directory/tables": "words people type when they look for a place",
    "directory/data/windows_kinds.yaml": "names under which offices list their own windows",
    "lib/tone.py": "the list of what we leave out",
}


@dataclass(frozen=True)
class Text:
    where: str
    language: str
    text: str


def spoken_by_others(path: Path) -> bool:
    name = path.relative_to(SOURCE).as_posix()
    return any(name == part or name.startswith(f"{part}/") for part in NOT_OUR_WORDS)


def texts_to_translate() -> Iterator[Text]:
    for found in messages().values():
        for message in found.values():
            for text in filter(None, (message.text, message.plural)):
                yield Text(message.files[0], JA, text)


def translations() -> Iterator[Text]:
    for app in messages():
        for folder, language in zip(LANGUAGES, (EN, EASY), strict=True):
            for message in read_catalogue(po_path(app, folder)):
                strings = message.string if isinstance(message.string, tuple) else [message.string]
                for text in strings if message.id else ():
                    yield Text(f"{app} {language}: {message.id}", language, text)


def tables() -> Iterator[Text]:
    """The three texts of every row, and every Japanese prose of the data."""
    for path in sorted(SOURCE.rglob("*.yaml")):
        if not spoken_by_others(path):
            yield from in_table(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)


def in_table(node: object, where: str) -> Iterator[Text]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in (EASY, EN) and isinstance(value, str) and JA in node:
                yield Text(where, key, value)
            else:
                yield from in_table(value, f"{where} {node.get('id', '')} {key}")
    elif isinstance(node, list):
        for value in node:
            yield from in_table(value, where)
    elif isinstance(node, str) and JAPANESE.search(node):
        yield Text(where, JA, node)


def python_constants() -> Iterator[Text]:
    """Every Japanese string in Python but docstrings and patterns."""
    for path in sorted(SOURCE.rglob("*.py")):
        if spoken_by_others(path):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in docstrings
                and JAPANESE.search(node.value)
                and "(?" not in node.value
            ):
                yield Text(f"{path.relative_to(SOURCE)}:{node.lineno}", JA, node.value)


def written_in_pages() -> Iterator[Text]:
    """Japanese that stands in a template or a script as it is, outside gettext."""
    for path in sorted(SOURCE.rglob("*.html")):
        source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"))
        for text in re.split(r"<[^>]*>|\n", source):
            if JAPANESE.search(text):
                yield Text(path.name, JA, text.strip())
    for path in sorted(SOURCE.rglob("*.js")):
        for text in re.findall(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", path.read_text(encoding="utf-8")):
            if JAPANESE.search(text):
                yield Text(path.name, JA, text)


EVERYTHING = {
    "texts to translate": texts_to_translate,
    "translations": translations,
    "tables": tables,
    "python": python_constants,
    "pages": written_in_pages,
}


@pytest.mark.parametrize("source", EVERYTHING)
def test_every_text_keeps_the_tone(source: str):
    spoken = list(EVERYTHING[source]())
    found = {
        f"{one.where} [{one.language}] {one.text}": [(f.words, f.advice) for f in heard]
        for one in spoken
        if (heard := findings(one.text, one.language))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("source", "at_least"),
    [("texts to translate", 300), ("translations", 600), ("tables", 900), ("python", 300)],
)
def test_the_lint_hears_what_is_there(source: str, at_least: int):
    assert len(list(EVERYTHING[source]())) >= at_least


def test_every_exception_names_something_that_exists():
    assert [name for name in NOT_OUR_WORDS if not (SOURCE / name).exists()] == []


# --- pages as shown, with every sentence that is put together only there -------------------------

PAGES = (
    "", "now/", "guide/", "text-desks/", "open-now/", "areas/", "areas/132071/", "safety/", "privacy/",
    "accessibility/", "read/", *(f"read/{article.name}/" for article in ARTICLES),
    *(f"kinds/{letters_of(kind)}/" for kind in ("ibasho", "hikikomori_center")),
)  # fmt: skip
# A condition joins many small ones with そして and または: it is drawn for whoever checks the tables.
NOT_PLAIN = {"how/": "conditions of the tables, put together word by word"}
TOLD = (
    {"who": "family", "signs": ["room_withdrawn", "family_exhausted", "not_told"]},
    {"who": "self", "signs": ["exhausted", "low_mood"], "constraints": ["no_phone"]},
    {"who": "friend", "wants": ["talk"], "place": "昭島市"},
    {"who": "self", "signs": ["self_harm_talk", "violence_to_me"]},
)


def shown(page: str, display: str) -> Iterator[str]:
    """The texts of a page in its own language, block by block; data in another language left out."""
    body = BeautifulSoup(page, "html.parser").body
    assert body is not None
    for foreign in body.find_all(["script", "style"]) + (
        [] if display == "ja" else body.find_all(lang="ja")
    ):
        foreign.decompose()
    for inline in body.find_all(["wbr", "b", "strong", "span"]):
        inline.unwrap()
    body.smooth()
    yield from filter(None, (" ".join(text.split()) for text in body.find_all(string=True)))


@pytest.mark.django_db
@pytest.mark.parametrize(("display", "language"), [("ja", JA), ("yasashii", EASY), ("en", EN)])
def test_every_page_as_shown_keeps_the_tone(client, display: str, language: str):
    pages = {page: client.get(f"/{display}/{page}") for page in (*PAGES, *NOT_PLAIN)}
    for number, told in enumerate(TOLD):
        pages[f"result {number}"] = client.post(
            f"/{display}/guide/", told | {"step": "result", "go": "result"}
        )
    assert {page: answer.status_code for page, answer in pages.items()} == dict.fromkeys(pages, 200)
    texts = [
        (page, text)
        for page, answer in pages.items()
        for text in shown(answer.content.decode(), display)
    ]
    assert len(texts) > 1_000
    found = {
        (page, text): heard
        for page, text in texts
        if (heard := findings(text, JA if page in NOT_PLAIN and language == EASY else language))
    }
    assert found == {}


# --- negative control: every one of these must be heard ----------------------------------------

SEEDED = [
    (JA, "社会復帰をめざす方のために"),
    (JA, "脱ひきこもりの第一歩"),
    (JA, "ひきこもりを克服した人の話"),
    (JA, "お子さんの問題を教えてください"),
    (JA, "この制度の対象外です"),
    (JA, "なぜ外に出ないのですか"),
    (JA, "いっしょにがんばりましょう"),
    (JA, "もう少しです"),
    (JA, "今すぐ相談"),
    (JA, "手遅れになる前にお電話を"),
    (JA, "お早めにお申し込みできます"),
    (JA, "甘えではないかと思う方へ"),
    (JA, "ニートや無職の方"),
    (JA, "ひきこもりの人のための窓口"),
    (JA, "ふつうの人のように暮らす"),
    (JA, "エラーが起きました"),
    (JA, "送信に失敗しました"),
    (JA, "無効な番号です"),
    (JA, "前回は欠席でした"),
    (JA, "12日ぶりですね"),
    (JA, "連続5日、来られました"),
    (JA, "ポイントとバッジがもらえます"),
    (JA, "今週のランキング"),
    (JA, "締切まで残り3日"),
    (JA, "期限を過ぎました"),
    (JA, "ご両親の対応が原因です"),
    (JA, "育て方がよくなかったのでしょう"),
    (JA, "必ず治ります"),
    (JA, "成功率は9割です"),
    (JA, "名前を書かなければなりません"),
    (JA, "部屋を出るべきです"),
    (JA, "ここに名前を書いてください。次に送るを押してください。"),
    (JA, "ようこそ！"),
    (EASY, "家から 出ない ことは ない"),
    (EASY, "相談しないわけでは ありません。"),
    (EASY, "市役所の 窓口に 行って 名前と 住所を 書いて 相談の 予約を 取って 待って 話を 聞いてもらうことが できます。"),
    (EASY, "精神保健福祉相談窓口利用申請書類提出先。"),
    (EASY, "電話を して、名前を 言って、日を 決めて、窓口に 行きます。"),
    (EASY, "窓口は 朝に 開く。"),
    (EASY, "すぐに 電話"),
    (EN, "Sending failed."),
    (EN, "Invalid code"),
    (EN, "An error occurred"),
    (EN, "You must enter your name."),
    (EN, "Hurry, only two places left"),
    (EN, "He is just lazy"),
    (EN, "Live like normal people"),
    (EN, "Many were cured"),
    (EN, "How to overcome withdrawal"),
    (EN, "A hikikomori in the family"),
    (EN, "You are not eligible"),
    (EN, "Your streak: 5 days"),
    (EN, "New badge earned"),
    (EN, "The deadline is Friday"),
    (EN, "Try harder"),
    (EN, "It is the fault of the parents"),
    (EN, "Return to society"),
    (EN, "Please write your name. Please press send."),
    (EN, "Why don't you go out?"),
    (EN, "Welcome!"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), SEEDED)
def test_what_hurts_is_heard(language: str, text: str):
    assert findings(text, language)


def test_the_seeds_are_many():
    assert len(set(SEEDED)) >= 30


# --- and what is said well passes ----------------------------------------------------------------

SAID_WELL = [
    (JA, "見るだけでも、書くだけでも、だいじょうぶです。"),
    (JA, "お待たせしています。約束の時間に間にあわず、すみません。"),
    (JA, "いまは、休むことと安心がさきの時期かもしれません。ちがうと感じたら、変えられます。"),
    (JA, "ここの条件とは少しちがいました。代わりにこちらがあります"),
    (JA, "きょう契約しなくても、だいじょうぶです。"),
    (JA, "ご家族だけのせいではありません"),
    (JA, "はじめは見学だけでもかまいません。"),
    (JA, "お休みですね。わかりました。"),
    (JA, "人それぞれです。楽になることがあります。"),
    (JA, "うまく送れませんでした。書いたものは残っています"),
    (JA, "ご自身の休みも、予定に入れてくださいね。"),
    (EASY, "家族だけでも いいです。話を 聞きます。"),
    (EASY, "今 開いている 所が 先に あります。"),
    (EN, "It could not be sent. What you wrote is still here."),
    (EN, "It is nobody’s fault, neither the person’s nor the family’s."),
    (EN, "You can stop at any time. Resting is fine."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), SAID_WELL)
def test_what_is_said_well_passes(language: str, text: str):
    assert findings(text, language) == []


# --- what a stranger sees: titles and addresses ----------------------------------------------------


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        else:
            yield here


def test_no_address_tells_what_it_is_about():
    addresses = [*routes(get_resolver().url_patterns), *(article.name for article in ARTICLES)]
    assert len(addresses) > 15
    assert {address: heard for address in addresses if (heard := telling(address))} == {}


def test_the_address_of_a_kind_of_service_tells_nothing_and_leads_there(client):
    addresses = {
        kind: reverse("guide:kind", kwargs={"display": "ja", "kind": kind}) for kind in GUIDED_KINDS
    }
    assert len(set(addresses.values())) == len(GUIDED_KINDS)
    assert not [address for address in addresses.values() if telling(address)]
    assert {resolve(address).kwargs["kind"] for address in addresses.values()} == set(GUIDED_KINDS)
    assert client.get("/ja/kinds/none-of-ours/").status_code == 404


def test_no_title_tells_what_the_page_is_about():
    titles = {
        title
        for path in SOURCE.rglob("*.html")
        if path.name != "staff_base.html"  # people at work see where they are
        for title in re.findall(r"<title>(.*?)</title>", path.read_text(encoding="utf-8"), re.S)
    }
    assert titles <= {
        '{% translate "メモ" context "title of every page" %}',
        '{% translate "カレンダー" %}',
        "メモ",
        "カレンダー",
    }
    assert not any(telling(title) for title in titles)


@pytest.mark.parametrize("text", ["/ja/crisis/", "ひきこもり相談", "/en/mental-health/"])
def test_a_telling_word_is_heard(text: str):
    assert telling(text)
