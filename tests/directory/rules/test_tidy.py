"""One form for what many hands typed; "" where nobody can be sure."""

import pytest

from madobe.directory.rules.tidy import (
    corporate_number,
    kana,
    key_of,
    phone_number,
    tidy,
    web_address,
)


def test_tidy_is_one_line_of_one_width():
    assert tidy("　ＡＢＣ　１−２\t\n 丁目 ") == "ABC 1−2 丁目"


def test_two_spellings_share_a_key():
    assert key_of("ＬＩＴＡＬＩＣＯ ワークス−１") == key_of("litalicoワークス-1")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("042-544-5111", "042-544-5111"), ("０４２－５４４－５１１１", "042-544-5111"), ("0957736955", "0957736955"),
        ("(0877)85-3600", "0877-85-3600"), ("090-84760124", "090-8476-0124"), ("05020181773", "050-2018-1773"),
        ("0120655773", "0120-655-773"), ("0120-99-7777", "0120-99-7777"), ("0120-655-773", "0120-655-773"), ("076148-7630", "0761487630"), ("0800-123-4567", "0800-123-4567"), ("08012345678", "080-1234-5678"),
        ("01267-8-1234", "01267-8-1234"),
        ("", ""), ("-", ""), ("26-5008", ""), ("176-463-1301", ""), ("048-581-212", ""), ("090275212129", ""),
        ("475-475-0001", ""), ("なし", ""),
    ],
)  # fmt: skip
def test_phone_numbers(written, number):
    assert phone_number(written) == number


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.jp/a?b=c#d", "https://example.jp/a?b=c#d"),
        ("http://life-escort.com\t\t\t", "http://life-escort.com"),
        ("https://a.jp/x\t\thttps://a.jp/x\t", "https://a.jp/x"),
        ("https://ｗｗｗ.example.jp", "https://www.example.jp"),
        ("http://www．Example．jp/", "http://www.example.jp/"),
        ("https://日本語.jp/", "https://xn--wgv71a119e.jp/"),
        ("https://a.jp/法人", "https://a.jp/%E6%B3%95%E4%BA%BA"),
        ("https://a.jp/%E4%BC%9A", "https://a.jp/%E4%BC%9A"),
        ("http:///www.a.jp", ""), ("https:// a.or.jp/", ""), ("http://a.jp\u3000b.jp", ""), ("www.a.jp", ""),
        ("http://info@a.jp", ""), ("http://npocanvas", ""), ("http://www/a.jp", ""), ("http://a..jp/", ""),
        ("http://koshiーshakyo.or.jp", ""), ("ftp://a.jp", ""), ("javascript:alert(1)", ""), ("", ""),
        ("https://a.jp/" + "x" * 600, ""), ("http://[::1", ""), ("http://a.jp:99999/", ""),
    ],
)  # fmt: skip
def test_web_addresses(written, address):
    assert web_address(written) == address


def test_a_corporate_number_ends_in_no_doubt():
    # 国税庁: 法人番号 7000012050002; 東京都 8000020130001
    assert corporate_number("7000012050002") == "7000012050002"
    assert corporate_number("８０００02０１３０００１ ") == "8000020130001"
    assert corporate_number("7000012050003") == ""
    assert corporate_number("000012050002") == ""


def test_a_reading_joins_its_marks_and_is_empty_where_a_letter_was_lost():
    assert kana("う゛ぃすと") == "ゔぃすと"
    assert kana("さ\ufffdぁ") == ""
