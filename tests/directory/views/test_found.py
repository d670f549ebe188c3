"""Looking for a place: what is asked, what comes back, what is said when nothing fits, what never stands in an address."""

import re
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madobe.directory import queries
from madobe.directory.rules.ids import founding_id
from madobe.directory.search.answer import Hit, Reason, Relaxation, SearchAnswer
from tests.directory.views.pages import main_of, text_of
from tests.factories.directory import make_service

pytestmark = pytest.mark.django_db

WINDOW = founding_id("service", "akishima-window")
NET = founding_id("service", "tokyo-net")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch):
    """An engine that gives what a test tells it, and remembers what it was asked."""

    def says(*hits: Hit, total: int | None = None, **fields):
        asked = []

        def search(question, *, at):
            asked.append(question)
            return SearchAnswer(total=len(hits) if total is None else total, hits=hits, **fields)

        monkeypatch.setattr(queries, "search", search)
        return asked

    return says


def post(client: Client, display: str = "ja", **form):
    return client.post(f"/{display}/search/", form)


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def test_the_first_page_asks_nothing_but_words_and_a_place(client: Client):
    html = main_of(client.get("/ja/search/"))
    assert re.findall(r'<input id="(\w+)"', html) == ["text", "place"]
    assert not re.search(r'name="(age|who|stage|months)"', html)


def test_the_question_reaches_the_engine_as_it_was_put(client: Client, engine):
    asked = engine()
    post(
        client,
        text="居場所",
        place="昭島市",
        need=["evening", "free"],
        kind="ibasho",
        who="family",
        age="２７歳",
    )
    [question] = asked
    assert (question.text, question.municipality, question.prefecture) == ("居場所", "132071", "13")
    assert (question.needs, question.kinds) == ({"evening", "free"}, ("ibasho",))
    assert (question.who, question.age, question.stage, question.months) == ("family", 27, "", -1)


def test_a_postal_code_is_a_place(client: Client, engine):
    asked = engine()
    post(client, place="196-0014")
    assert asked[0].municipality == "132071"


def test_the_total_is_exact_and_in_words(client: Client, engine):
    engine(Hit(WINDOW), total=1234)
    assert "1234か所ありました" in text_of(post(client, text="相談"))


def test_each_place_says_why_it_is_there(client: Client, engine):
    reasons = (
        Reason("synonym", "働く", "employment_transition"),
        Reason("need", "evening", "evening"),
        Reason("word", "相談", "相談"),
        Reason("area", "昭島市"),
    )
    engine(Hit(WINDOW, reasons, "city", "昭島市"))
    said = text_of(post(client, text="働く"))
    assert "「働く」を「就労移行支援」として見つけました" in said
    assert "夕方もあいています" in said
    assert "「相談」ということばがあります" in said


def test_nothing_found_is_never_a_bare_zero(client: Client, engine):
    engine(Hit(NET), relaxation=Relaxation(("area:prefecture", "need:evening", "words")))
    said = text_of(post(client, text="囲碁", place="昭島市", need="evening"))
    assert "近くでは見つからなかったので、東京都全体からさがしました。" in said
    assert "「夕方から」にあう先は見つからなかったので、この条件をはずしてさがしました。" in said
    assert "ことばをはずしてさがしました" in said


@pytest.mark.parametrize(
    "step", ["area:nation", "need:nobody-knows", "kind", "who", "age", "something new"]
)
def test_whatever_was_let_go_of_is_said_in_a_sentence(client: Client, engine, step: str):
    engine(Hit(NET), relaxation=Relaxation((step,)))
    notice = re.search(
        r'<div class="notice" role="status"><p>(.*?)</p>', main_of(post(client, text="あ"))
    )
    assert notice[1].endswith("さがしました。")


def test_an_empty_directory_still_leads_somewhere(client: Client, engine):
    engine()
    html = main_of(post(client, text="囲碁"))
    assert "合う先は、まだのせられていません" in html
    assert 'href="/ja/text-desks/"' in html
    assert 'href="/ja/open-now/"' in html


def test_chips_carry_the_exact_counts(client: Client, engine):
    engine(
        Hit(WINDOW),
        total=9,
        facets={"need": {"free": 4, "text": 2, "visit": 0}, "kind": {"ibasho": 3}},
    )
    html = main_of(post(client, text="相談"))
    assert re.search(r'value="need.free"[^>]*>無料 <span class="count">4</span>', html)
    assert re.search(
        r'value="kind.ibasho"[^>]*>居場所・フリースペース <span class="count">3</span>', html
    )
    assert "need.visit" not in html  # nothing there: no chip that leads nowhere


def test_a_pressed_chip_can_be_let_go_of(client: Client, engine):
    asked = engine(Hit(WINDOW), facets={"need": {"free": 1}})
    html = main_of(post(client, text="相談", toggle="need.free"))
    assert re.search(r'value="need.free" aria-pressed="true"', html)
    assert hidden(html)["need"] == "free"
    post(client, text="相談", need="free", toggle="need.free")
    assert [question.needs for question in asked] == [{"free"}, frozenset()]


def test_what_a_place_does_can_be_asked_for(client: Client, engine):
    asked = engine(Hit(WINDOW, (Reason("function", "cv_help", "cv_help"),)))
    html = main_of(post(client, text="相談", toggle="function.cv_help"))
    assert re.search(
        r'value="function.cv_help" aria-pressed="true"[^>]*>履歴書の手伝い</button>', html
    )
    assert hidden(html)["function"] == "cv_help"
    assert "<li>履歴書の手伝い</li>" in html
    post(client, text="相談", function="cv_help", toggle="function.cv_help")
    assert [question.functions for question in asked] == [("cv_help",), ()]


def test_s0_28_s3_27_s3_14_every_attribute_of_the_mission_is_a_filter(client: Client, engine):
    engine(Hit(WINDOW))
    page = BeautifulSoup(post(client, text="相談").content.decode(), "html.parser")
    said = [chip.get_text() for chip in page.select('button[value^="function."]')]
    assert len(said) == len(set(said)) == 23
    for word in (
        "発達の特性に合わせた支え", "精神科の専門の支え", "ナラティブ", "トラウマインフォームドケア", "グループ療法",
        "仕事についての相談", "向いていることを見る検査", "履歴書の手伝い", "面接の練習", "職場での実習", "働きはじめたあとの相談",
        "相談", "グループ活動", "働く準備の支え", "家族セミナー", "作業・ワークショップ", "生活リズムを整える支え",
    ):  # fmt: skip
        assert any(word in chip for chip in said), word


def test_s0_37_what_can_be_done_at_home_is_online_learning_and_work_from_home(client: Client):
    names = {
        "オンライン教室そら": {"kinds": ["study_support"], "methods": ["online"]},
        "在宅ワークそら": {"kinds": ["home_work"]},
        "通う教室そら": {"kinds": ["study_support"], "methods": ["in_person"]},
    }
    for name, fields in names.items():
        make_service(name, **fields)
    said = text_of(post(client, text="そら", need="at_home"))
    assert "オンライン教室そら" in said
    assert "在宅ワークそら" in said
    assert "通う教室そら" not in said


def test_a_filter_on_what_is_done_finds_only_who_does_it(client: Client):
    make_service("面接そら", kinds=["saposute"], functions=["interview_practice", "cv_help"])
    make_service("見学そら", kinds=["saposute"], functions=["internship"])
    said = text_of(post(client, text="そら", function="interview_practice cv_help"))
    assert "面接そら" in said
    assert "見学そら" not in said


def test_the_next_ten_follow_and_a_new_filter_starts_again(client: Client, engine):
    asked = engine(Hit(WINDOW), total=25, facets={"need": {"free": 3}})
    html = main_of(post(client, text="相談", first="10"))
    assert 'name="first" value="20"' in html
    assert 'name="first" value="0"' in html
    assert "11〜" in html
    post(client, text="相談", first="10", toggle="need.free")
    assert [question.first for question in asked] == [10, 0]


def test_a_page_beyond_the_last_becomes_the_first(client: Client, monkeypatch):
    def search(question, *, at):
        return SearchAnswer(total=1, hits=() if question.first else (Hit(WINDOW),))

    monkeypatch.setattr(queries, "search", search)
    assert "昭島市 福祉総務課" in text_of(post(client, text="相談", first="500"))


def test_words_stand_in_no_address_and_a_shared_one_holds_none(client: Client, engine):
    engine(Hit(WINDOW))
    html = main_of(
        post(
            client,
            text="ひみつのことば",
            place="昭島市",
            need="free",
            kind="ibasho",
            age="27",
            who="self",
        )
    )
    assert not re.findall(r'(?:href|action|formaction)="[^"]*(?:ひみつ|%E3%81%B2)', html)
    form = re.search(r'<form method="get".*?</form>', html, re.DOTALL)[0]
    assert set(hidden(form)) == {"a", "k", "n"}
    assert not any(word in form for word in ("ひみつ", "27", "self", "ibasho", "free"))


def test_a_shared_address_finds_the_same_again(client: Client, engine):
    asked = engine(Hit(WINDOW))
    form = hidden(
        re.search(
            r'<form method="get".*?</form>',
            main_of(post(client, place="昭島市", need="free", kind="ibasho", function="peer")),
            re.DOTALL,
        )[0]
    )
    answer = client.get("/ja/search/", form)
    assert asked[1] == asked[0]
    assert "http://testserver/ja/search/?a=132071&" in main_of(answer)


@pytest.mark.parametrize(
    "query", ["a=999999", "k=zzzz", "n=%00", "a=" + "1" * 3000, "text=secret&place=昭島市"]
)
def test_a_strange_address_shows_the_empty_box(client: Client, engine, query: str):
    asked = engine()
    answer = client.get(f"/ja/search/?{query}")
    assert answer.status_code == 200
    assert asked == []
    assert "secret" not in main_of(answer)


def test_an_ambiguous_place_asks_which(client: Client, engine):
    asked = engine(Hit(NET))
    html = main_of(post(client, text="相談", place="府中市"))
    assert re.findall(r'name="place_code" value="(\d+)"', html) == ["132063", "342084"]
    html = main_of(post(client, text="相談", place="府中市", place_code="132063"))
    assert asked[1].municipality == "132063"
    assert 'value="東京都府中市"' in html


def test_a_place_nobody_knows_offers_the_nearest_names(client: Client, engine):
    asked = engine(Hit(NET))
    html = main_of(post(client, text="相談", place="八王寺市"))
    assert "見つかりませんでした" in html
    assert 'name="near" value="東京都八王子市"' in html
    assert 'value="八王寺市"' in html  # what was typed stays
    post(client, text="相談", place="八王寺市", near="東京都八王子市")
    assert asked[1].municipality == "132012"


def test_words_of_danger_bring_the_calm_card_first(client: Client):
    html = main_of(post(client, text="もう消えてしまいたい", place="昭島市"))
    assert html.index('id="crisis"') < html.index("<h1")
    assert "tel:119" in html


@pytest.mark.parametrize("words", ["居場所", "消費生活センター", "働きたい"])
def test_other_words_bring_no_card(client: Client, words: str):
    assert 'id="crisis"' not in main_of(post(client, text=words, place="昭島市"))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("text", "あ" * 10_001, "少し短くすると、さがせます"),
        ("place", "昭" * 61, "地域の名前が長すぎるようです"),
        ("age", "二十七くらい", "0から120までの数で書けます"),
        ("age", "121", "0から120までの数で書けます"),
    ],
)
def test_what_cannot_be_read_says_how_to_mend_it_and_stays_there(
    client: Client, field, value, sentence
):
    answer = post(client, **{"text": "相談", field: value})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert f'value="{value}"' in main_of(answer)


def test_five_thousand_letters_are_searched_and_stay(client: Client, engine):
    asked = engine(Hit(NET))
    html = main_of(post(client, text="相談" * 2500))
    assert len(asked[0].text) == 5000
    assert "はじめの400文字からさがしました" in html
    assert "相談" * 2500 in html


def test_a_condition_this_window_does_not_have_is_named_and_left_out(client: Client, engine):
    asked = engine(Hit(NET))
    said = text_of(post(client, text="相談", need="flying"))
    assert "この窓にない条件（flying）は、はずしてさがしました。" in said
    assert asked[0].needs == frozenset()


@pytest.mark.parametrize(
    "form",
    [
        {"text": "\x00\ud800".encode("utf-8", "replace").decode()},
        {"text": "滝"},
        {"text": "%", "place": "'"},
        {"text": "<script>alert(1)</script>"},
        {"first": "-1", "text": "a"},
        {"first": "9" * 40, "text": "a"},
        {"kept": "x " * 3000, "text": "a"},
        {"compare": "not-a-place", "shown": "{}", "text": "a"},
        {"toggle": "need.", "text": "a"},
        {"toggle": "kind.nothing", "text": "a"},
        {"toggle": "function.nothing", "text": "a", "function": "x y z"},
        {"place_code": "zz", "text": "a"},
        {"need": ["anonymous", "family_only", "no_reservation", "text", "camera_off", "visit", "free", "evening", "weekend", "voice_free", "open_now"], "place": "昭島市"},
    ],
)  # fmt: skip
def test_nothing_that_is_sent_breaks_the_page(client: Client, form):
    answer = client.post("/ja/search/", form)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(max_size=60),
    place=st.text(max_size=30),
    first=st.text(max_size=8),
    kept=st.text(max_size=80),
)
def test_any_form_is_answered(client: Client, text: str, place: str, first: str, kept: str):
    form = {"text": text, "place": place, "first": first, "kept": kept}
    assert client.post("/ja/search/", form).status_code == 200


def test_clearing_keeps_the_list(client: Client):
    html = main_of(post(client, text="相談", place="昭島市", kept=str(WINDOW), go="clear"))
    assert hidden(html) == {"kept": str(WINDOW)}
    assert 'name="text" type="text" value=""' in html


def test_the_display_can_be_changed_without_losing_a_word(client: Client, engine):
    engine(Hit(WINDOW))
    answer = post(client, "en", text="相談", place="昭島市", go="stay", first="0")
    assert 'value="相談"' in main_of(answer)
    html = answer.content.decode()
    assert re.search(r'<button class="pill" form="told" formaction="/ja/search/"', html)


def test_enter_in_a_field_searches_and_does_not_change_the_display(client: Client):
    """The first button of a form is what Enter presses; the display's buttons stand before the form's own."""
    html = client.get("/en/search/").content.decode()
    first = re.search(r'<button[^>]*form="told"[^>]*>', html)[0]
    assert 'name="go" value="search"' in first
    assert "formaction" not in first


def test_a_hit_hidden_a_moment_ago_is_left_out(client: Client, engine):
    engine(Hit(UUID(int=1)), Hit(WINDOW))
    html = main_of(post(client, text="相談"))
    assert html.count('class="beside') == 1


@pytest.mark.parametrize("rows", [1, 10])
def test_a_page_of_results_asks_once_for_its_rows(
    client: Client, engine, django_assert_num_queries, rows
):
    engine(*(Hit(key) for key in list(queries_of_all())[:rows]))
    post(client, text="相談")
    with django_assert_num_queries(1):
        post(client, text="相談")


def queries_of_all():
    from madobe.directory.models import Service

    return Service.objects.shown().values_list("pk", flat=True)


def test_stage_and_duration_are_never_asked(client: Client, engine):
    engine(Hit(WINDOW))
    for html in (main_of(client.get("/ja/search/")), main_of(post(client, text="相談"))):
        assert not re.search(r'name="(stage|months)"|期間|時期', html)
