"""Work is done for one form or it is not; whatever else comes in its place is not work."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madobe.consult.rules.tokens import Token, written
from madobe.consult.rules.work import LONGEST_TOKEN, is_done
from tests.factories.desk import AT
from tests.factories.work import worked_out, zero_bits

OURS = "Zz_-" * 23


@pytest.mark.parametrize(  # looked for beforehand with hashlib; beside it what SHA-256 begins with
    ("token", "answer"),
    [
        ("abc", "317953"),  # 0000ee1be414: 16 bits
        ("abc", "72485"),  # 00005bcd8d09: 17
        ("A" * 119, "185407"),  # 00009caf9c42
        ("A" * 119, "12637"),  # 000014669257
        (OURS, "437011"),  # 00009b922572
        (OURS, "74185"),  # 000018f8584a
    ],
)
def test_work_that_was_done_is_seen(token: str, answer: str):
    assert is_done(token, answer)


@pytest.mark.parametrize(
    ("token", "answer"),
    [
        ("abc", "39941"),  # 0001909e225a: 15 bits
        ("A" * 119, "41080"),  # 000186589e11
        (OURS, "30350"),  # 0001c001c9a9
    ],
)
def test_one_bit_too_few_is_not_done(token: str, answer: str):
    assert not is_done(token, answer)


@pytest.mark.parametrize("token", ["abd", "ab", "abc.", "ABC", "", OURS])
def test_work_for_another_form_is_not_done(token: str):
    assert is_done("abc", "317953")
    assert not is_done(token, "317953")


@pytest.mark.parametrize(
    "answer",
    [
        "",
        " 317953",
        "317953\n",
        "+317953",
        "-317953",
        "317953.0",
        "0x4da01",
        "３１７９５３",
        "٣١٧٩٥٣",
        "③",
        "3_17953",
        "\x00",
        "\ud800",
        "9" * 1_000_000,
    ],
)
def test_what_is_no_plain_number_is_not_done(answer: str):
    assert not is_done("abc", answer)


def test_an_answer_that_would_do_but_for_its_length_is_not_done():
    assert is_done("abc", "1000111639")  # 0000dec381c0: ten digits
    assert not is_done("abc", "10000032737")  # 000037d42e83: eleven


def test_a_token_that_would_do_but_for_its_length_is_not_done():
    long = "A" * (LONGEST_TOKEN + 1)
    assert not is_done(long, worked_out(long))
    longest = "A" * LONGEST_TOKEN
    assert is_done(longest, worked_out(longest))


def test_the_token_of_a_form_fits():
    token = written(Token(bytes(10), UUID(int=0), AT, is_new=True), bytes(32))
    assert is_done(token, worked_out(token))


def test_a_try_for_the_token_of_a_form_is_one_block_of_sha_256():
    token = written(Token(bytes(10), UUID(int=0), AT, is_new=True), bytes(32))
    answer, ending = 10, 9  # bytes at most, and what SHA-256 adds
    assert (len(token) + 1) % 64 + answer + ending <= 64


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(max_codepoint=126), min_size=1, max_size=130), st.integers(0, 10**9))
def test_done_is_sixteen_zero_bits_and_nothing_else(token: str, other: int):
    done = worked_out(token)
    assert is_done(token, done)
    assert is_done(token, str(other)) == (zero_bits(token, other) >= 16)
    assert is_done(token + "x", done) == (zero_bits(token + "x", int(done)) >= 16)


@given(st.text(max_size=220), st.text(max_size=14))
def test_whatever_comes_is_answered(token: str, answer: str):
    if is_done(token, answer):
        assert zero_bits(token, int(answer)) >= 16
