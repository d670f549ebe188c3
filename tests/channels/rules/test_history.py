"""What is new stands open, earlier letters below it are folded, and no line is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.channels.rules.mail.history import fold

QUOTED = "> まえの話\n> もうひとつ"


@pytest.mark.parametrize(
    "introduced",
    [
        "2026年11月26日(木) 13:56 窓辺 <desk@example.jp>:",
        "2026年11月26日(木) 13:56、窓辺 <desk@example.jp>のメール：",
        "2026/11/26 13:56、窓辺 <desk@example.jp>のメール:",
        "On Thu, 26 Nov 2026 at 13:56, Madobe <desk@example.jp> wrote:",
        "On Thu, 26 Nov 2026 at 13:56, Madobe with a long name\n<desk@example.jp> wrote:",
        "(2026/11/26 13:56), 窓辺 wrote:",
        "窓辺さんは書きました:",
    ],
)
def test_the_quoted_end_is_folded_with_the_line_above_it(introduced: str):
    shown, folded = fold(f"はい。\n\n{introduced}\n{QUOTED}\n")
    assert shown == "はい。"
    assert folded == f"{introduced}\n{QUOTED}"


@pytest.mark.parametrize(
    "earlier",
    [
        "-----Original Message-----\nFrom: desk@example.jp\nまえの話",
        "----- 元のメッセージ -----\n差出人: 窓辺\nまえの話",
        "差出人: 窓辺\n送信日時: 2026年11月26日 13:56\n宛先: はな\n件名: お便り\n\nまえの話",
        "From: Madobe <desk@example.jp>\nSent: Thursday, November 26, 2026\nTo: Hana\n\nbefore",
    ],
)
def test_history_without_marks_is_folded_from_its_heading_on(earlier: str):
    assert fold(f"はい。\n\n{earlier}") == ("はい。", earlier)


def test_answers_between_quoted_lines_stay_where_they_are():
    text = f"{QUOTED}\nそうです。\n> つぎの問い\nいいえ。"
    assert fold(text) == (text, "")


def test_an_answer_below_the_quotation_stays_with_it():
    text = f"On 26 Nov 2026, Madobe wrote:\n{QUOTED}\n\nはい。"
    assert fold(text) == (text, "")


def test_a_letter_of_nothing_but_history_stays_open():
    assert fold(QUOTED) == (QUOTED, "")


def test_a_forwarded_letter_is_what_somebody_wants_to_show():
    text = "これです。\n---------- Forwarded message ----------\nおめでとうございます"
    assert fold(text) == (text, "")


@pytest.mark.parametrize(
    "text", ["2026年のこと:\nつらかった", "From: で始まる文です", "私は > と思う", "はい", ""]
)
def test_a_letter_without_history_is_left_alone(text: str):
    assert fold(text) == (text, "")


LINES = st.lists(
    st.sampled_from(
        ["はい。", "", "> まえ", ">", " > x", "-----Original Message-----", "From: a", "Sent: b",
         "On 1 Jan 2026, N wrote:", "2026年1月1日 N <a@b>:", "＞引用"]
    ),
    max_size=12,
)  # fmt: skip


@given(LINES)
def test_no_line_is_lost_or_moved(lines: list[str]):
    shown, folded = fold("\n".join(lines))
    kept = [line for part in (shown, folded) for line in part.split("\n")]
    assert [line.strip() for line in kept if line.strip()] == [
        x.strip() for x in lines if x.strip()
    ]
