"""However somebody types it, it is read."""

import random
from contextlib import suppress

import jaconv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madobe.vault.rules.receipts import (
    Receipt,
    ReceiptNotUnderstood,
    new_receipt,
    read_receipt,
)

SECRET = bytes.fromhex("4d61646f62658a93f107")
WORDS = "ごまだれ あるぱか えりもと ほそみち しふぉん こまめ ほしいも ようせい"
DIGITS = "300 739 664 554 692 397 797 989 761"


@pytest.mark.parametrize(
    "typed",
    [
        WORDS,
        "ごまだれあるぱかえりもとほそみちしふぉんこまめほしいもようせい",
        "ゴマダレ アルパカ エリモト ホソミチ シフォン コマメ ホシイモ ヨウセイ",
        "ｺﾞﾏﾀﾞﾚ ｱﾙﾊﾟｶ ｴﾘﾓﾄ ﾎｿﾐﾁ ｼﾌｫﾝ ｺﾏﾒ ﾎｼｲﾓ ﾖｳｾｲ",
        "ごまだれ　アルパカ・えりもと、ほそみち/しふぉん-こまめ.ほしいも\nようせい",
        "ごまだれーあるぱかーえりもとーほそみちーしふぉんーこまめーほしいもーようせい",
        "こ゛また゛れ あるは゜か えりもと ほそみち しふぉん こまめ ほしいも ようせい",
        "1. ごまだれ 2. あるぱか 3. えりもと 4. ほそみち 5. しふぉん 6. こまめ 7. ほしいも 8. ようせい",
        "①ごまだれ②あるぱか③えりもと④ほそみち⑤しふぉん⑥こまめ⑦ほしいも⑧ようせい",
        "合言葉：ごまだれ あるぱか えりもと ほそみち しふぉん こまめ ほしいも ようせい",
        "わたしの合言葉は「ごまだれ、あるぱか、えりもと、ほそみち、しふぉん、こまめ、ほしいも、ようせい」です。",
        "あいことばは ごまだれあるぱか えりもとほそみち しふぉんこまめ ほしいもようせい です",
        "ごま だれある ぱか えり もとほそ みち しふぉ んこま め ほし いもよ うせい",
        "ごまだ あるぱ えりも ほそみ しふぉ こまめ ほしい ようせ",
        "ごまだあるぱえりもほそみしふぉこまめほしいようせ",
        "ごまだれ あるぱか えりもと ほそみち しふぉん こまめ ほしーも ようせー",
        "ごまだれ あるぱか えりもと ほそみち しふおん こまめ ほしいも よーせい",
        "ごまだれれあるぱかえりもとほそみちしふぉんこまめほしいもようせい",
        "ごまだれ ああるぱか えりもと ほそみち しふぉん こまめ ほしいも ようせい",
        DIGITS,
        "300739664554692397797989761",
        "３００　７３９　６６４　５５４　６９２　３９７　７９７　９８９　７６１",
        "300-739-664-554-692-397-797-989-761",
        "300.739.664/554.692.397/797.989.761",
        "3007 3966 4554 6923 9779 7989 761",
        "1) 300 2) 739 3) 664 4) 554 5) 692 6) 397 7) 797 8) 989 9) 761",
        "①300 ②739 ③664 ④554 ⑤692 ⑥397 ⑦797 ⑧989 ⑨761",
        "わたしのあいことばのすうじは 300 739 664 554 692 397 797 989 761 です",
        f"合言葉\n{WORDS}\n数字では\n{DIGITS}",
    ],
)
def test_it_is_read_however_it_is_typed(typed: str):
    assert read_receipt(typed).secret == SECRET


def test_a_long_vowel_may_be_typed_with_a_bar():
    receipt = Receipt(bytes.fromhex("ffffffffffffffffff00"))
    bars = [word.replace("おう", "おー").replace("えい", "えー") for word in receipt.words]
    assert read_receipt(" ".join(bars)) == receipt


@given(st.binary(min_size=10, max_size=10), st.randoms(use_true_random=False))
@settings(max_examples=1000, deadline=None)
def test_a_thousand_receipts_typed_in_a_thousand_ways_come_back(secret: bytes, dice: random.Random):
    receipt = Receipt(secret)
    assert read_receipt(typed_somehow(receipt, dice)) == receipt


def typed_somehow(receipt: Receipt, dice: random.Random) -> str:
    if dice.random() < 0.2:
        digits = receipt.digits.replace(" ", dice.choice(["", "-", "　", ".", "\n"]))
        return jaconv.h2z(digits, digit=True) if dice.random() < 0.5 else digits
    between = dice.choice([" ", "　", "\n", "・", "、", "/", "-", "", " - ", ", "])
    script = dice.choice([str, jaconv.hira2kata, jaconv.hira2hkata])
    cut = dice.random() < 0.3 and between
    words = [word[:3] if cut and dice.random() < 0.5 else word for word in receipt.words]
    words = [script(word) if dice.random() < 0.7 else word for word in words]
    if between and dice.random() < 0.3:
        words = [f"{n}. {word}" for n, word in enumerate(words, 1)]
    before, after = dice.choice([("", ""), ("合言葉：", ""), ("「", "」"), ("\n", " \n")])
    return before + between.join(words) + after


@given(st.binary(min_size=10, max_size=10))
@settings(max_examples=200, deadline=None)
def test_words_cut_to_three_kana_need_nothing_between_them(secret: bytes):
    """Seldom two receipts are spelled alike this way: then none is taken."""
    receipt = Receipt(secret)
    with suppress(ReceiptNotUnderstood):
        assert read_receipt("".join(word[:3] for word in receipt.words)) == receipt


@pytest.mark.parametrize(
    "typed",
    ["しゃき" * 166, "ふわ" * 250, "ー" * 500, "゛" * 500, "1" * 500, "①" * 500, "あ1" * 250],
)
def test_what_is_meant_to_be_hard_is_answered(typed: str):
    with pytest.raises(ReceiptNotUnderstood):
        read_receipt(typed)


@given(st.text(max_size=500))
@settings(max_examples=300, deadline=None)
def test_any_text_at_all_is_read_or_refused_by_name(typed: str):
    with suppress(ReceiptNotUnderstood):
        assert isinstance(read_receipt(typed), Receipt)


def test_a_receipt_just_made_comes_back():
    receipt = new_receipt()
    assert read_receipt("\n".join(receipt.lines)) == read_receipt(receipt.digits) == receipt
