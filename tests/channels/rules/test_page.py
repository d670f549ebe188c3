"""A letter that is only a web page becomes its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.channels.rules.mail.page import page_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("はい", "はい"),
        ("<p>はい</p><p>いいえ</p>", "はい\n\nいいえ"),
        ("はい<br>いいえ<br/>たぶん", "はい\nいいえ\nたぶん"),
        ("<div>はい</div><div>いいえ</div>", "はい\nいいえ"),
        ("a &lt;b&gt; &amp; &nbsp;c", "a <b> & c"),
        ("は\n  い", "は い"),
        ("<ul><li>茶</li><li>水</li></ul>", "茶\n水"),
        ('<img alt="（わらい）" src="http://x.example/1.gif">', "（わらい）"),
        ('<a href="https://a.example/x">ここ</a>です', "ここ (https://a.example/x)です"),
        ('<a href="https://a.example">https://a.example</a>', "https://a.example"),
        ('<a href="javascript:x()">ここ</a>', "ここ"),
        ("<p>いま<blockquote>まえ<br>の話</blockquote>", "いま\n\n> まえ\n> の話"),
    ],
)
def test_words_and_lines_stay(source: str, text: str):
    assert page_text(source) == text


def test_what_is_no_word_is_left_out():
    source = "<html><head><title>題</title><style>p{}</style><script>x()</script></head><body>はい</body></html>"
    assert page_text(source) == "はい"


def test_a_head_that_is_never_closed_hides_nothing():
    assert page_text("<html><head><meta charset=utf-8><body>はい") == "はい"
    assert "はい" in page_text("<html><head><style>p{}<body>はい")


def test_a_script_that_is_never_closed_hides_nothing():
    assert "はい" in page_text("<script><p>はい")


def test_a_quotation_in_a_quotation_is_marked_twice():
    text = page_text("い<blockquote>ろ<blockquote>は</blockquote></blockquote>に")
    assert [line for line in text.split("\n") if line.strip("> ")] == ["い", "> ろ", "> > は", "に"]


@given(st.text(st.sampled_from("<>/!-[]&;a b\"'=blockquotescript"), max_size=60))
def test_no_source_is_refused(source: str):
    assert isinstance(page_text(source), str)
