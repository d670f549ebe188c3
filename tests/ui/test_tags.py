"""Small things every page uses: phrases that break well, choices that keep one's place."""

import re

import pytest
from django.template import engines
from django.test import Client, RequestFactory

from madobe.ui.choices import display_choices_for
from madobe.ui.display import Display
from madobe.ui.templatetags.ui import phrases


def option(label: str, display: Display, path: str, query: str = ""):
    return next(
        option
        for choice in display_choices_for(display, path, query)
        for option in choice.options
        if option.label == label
    )


def test_a_japanese_heading_may_break_between_phrases():
    assert phrases("見るだけでも、書くだけでも、だいじょうぶです。") == (
        "見るだけでも、<wbr>書くだけでも、<wbr>だいじょうぶです。"
    )


@pytest.mark.parametrize("text", ["<b>今日は晴れです</b>", '" onclick="x">です', "<script>で&す"])
def test_phrases_let_no_markup_through(text: str):
    shown = str(phrases(text)).replace("<wbr>", "")
    assert not re.search(r"[<>\"]", shown)


def test_english_is_left_as_it_is():
    assert phrases("It is fine just to look & write.") == "It is fine just to look &amp; write."


def test_phrases_carry_no_inline_style():
    assert "style" not in phrases("お住まいの地域から見る")


def test_a_choice_keeps_the_page_and_the_query():
    chosen = option("English", Display("ja", "l"), "/ja-l/areas/", "q=%E5%BA%9C%E4%B8%AD&x=1")
    assert chosen.url == "/en-l/areas/?q=%E5%BA%9C%E4%B8%AD&x=1"


def test_a_choice_on_the_front_page_stays_there():
    assert option("大きい", Display(), "/ja/").url == "/ja-l/"


def test_plain_japanese_comes_with_furigana_and_english_without():
    assert option("やさしい日本語", Display(), "/ja/now/").url == "/yasashii-f/now/"
    assert (
        option("English", Display("yasashii", furigana=True), "/yasashii-f/now/").url == "/en/now/"
    )


def test_furigana_can_be_taken_off_plain_japanese():
    here = Display("yasashii", furigana=True)
    assert option("なし", here, "/yasashii-f/now/").url == "/yasashii/now/"


def test_one_choice_leaves_the_others_as_they_are():
    here = Display("ja", "x", letterform=True)
    assert option("あり", here, "/ja-xu/now/").url == "/ja-xuf/now/"
    assert option("ふつう", here, "/ja-xu/now/").url == "/ja-u/now/"
    assert option("機械の文字", here, "/ja-xu/now/").url == "/ja-x/now/"


@pytest.mark.parametrize("segment", ["ja", "ja-xuf", "yasashii-f", "yasashii", "en-l"])
def test_in_each_group_one_option_is_the_present_one(client: Client, segment: str):
    page = client.get(f"/{segment}/safety/").content.decode()
    panel = page[page.index("display-panel") : page.index("</details>")]
    for group in panel.split("<fieldset>")[1:]:
        assert group.count('aria-current="true"') == 1


def test_a_query_cannot_break_out_of_a_link(client: Client):
    page = client.get('/ja/areas/?q=a&x="><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in page


def test_after_a_post_a_choice_leads_to_the_front_page_and_repeats_nothing(client: Client):
    """A plain link cannot carry what was posted, so it must not promise the same page."""
    page = client.post("/ja/feedback/", {"found": "maybe"}).content.decode()
    panel = page[page.index("display-panel") : page.index("</details>")]
    links = re.findall(r'href="([^"]*)"', panel)
    assert links
    assert [link for link in links if not re.fullmatch(r"/[a-z-]+/", link)] == []


def test_a_link_keeps_the_display():
    request = RequestFactory().get("/ja-lf/")
    request.display = Display("ja", "l", furigana=True)
    template = engines["django"].from_string("{% link 'directory:area' code='13' %}")
    assert template.render({}, request) == "/ja-lf/areas/13/"


def test_the_gallery_is_for_developers_only(client: Client, settings):
    assert client.get("/ja/gallery/").status_code == 404
    settings.DEBUG = True
    assert client.get("/ja/gallery/").status_code == 200
