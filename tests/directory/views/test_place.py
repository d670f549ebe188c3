"""A place page, row by row of domain §2: how to reach it, when, and how sure we are."""

from datetime import date

import pytest
from django.test import Client

from tests.directory.views.pages import facts_of, main_of, page_of, text_of
from tests.factories.directory import make_service

pytestmark = pytest.mark.django_db


def test_s4_11_the_citys_window_has_its_number_and_extension(client: Client):
    facts = facts_of(page_of(client, "akishima-window"))
    assert "042-544-5111" in facts["電話"]
    assert "（内線2855）" in facts["電話"]
    assert 'href="tel:0425445111"' in main_of(page_of(client, "akishima-window"))
    assert facts["使える人"] == "ご本人・ご家族・支援の仕事をしている方"


def test_s4_23_range_fax_floor_and_window_stand_apart(client: Client):
    facts = facts_of(page_of(client, "akishima-window"))
    assert "（内線2853-2856）" in facts["電話"]
    assert "042-544-6440" in facts["ファックス"]
    assert "昭島市田中町1-17-1" in facts["場所"]
    assert "2階" in facts["場所"]
    assert "9番窓口" in facts["場所"]
    assert 'href="tel:0425446440"' not in main_of(page_of(client, "akishima-window"))


def test_s4_24_the_entry_names_its_source_and_the_sources_date(client: Client):
    answer = page_of(client, "akishima-window")
    facts = facts_of(answer)
    assert facts["出典"] == "昭島市「ひきこもりでお悩みのかたやご家族のかたへ」"
    assert facts["出典の日付"] == "2025年12月12日"
    assert "1003402.html" in main_of(answer)
    assert "ちらし" in text_of(answer)


def test_s0_32_every_entry_says_when_it_was_checked(client: Client):
    assert facts_of(page_of(client, "tokyo-net"))["確かめた日"] == "2026年11月21日"


def test_s1_26_a_centre_offers_a_way_without_a_voice(client: Client):
    ways = facts_of(page_of(client, "tokyo-net"))["声を使わずに"]
    assert "問い合わせフォーム" in ways
    assert "https://www.hikikomori-tokyo.jp/howto/index.php" in main_of(
        page_of(client, "tokyo-net")
    )


def test_s1_26_or_says_that_none_is_known_and_where_one_can_write(client: Client):
    answer = page_of(client, "akishima-volunteer")
    assert "声を使わない方法がまだ見つかっていません" in facts_of(answer)["声を使わずに"]
    assert 'href="/ja/text-desks/"' in main_of(answer)


def test_s4_16_the_mail_consultation_is_linked(client: Client):
    assert "メール相談" in facts_of(page_of(client, "tokyo-net"))["声を使わずに"]


def test_s0_10_a_toll_free_number_says_so_and_another_says_it_costs(client: Client):
    assert "通話料無料" in facts_of(page_of(client, "tokyo-net"))["電話"]
    paid = facts_of(page_of(client, "akishima-window"))["電話"]
    assert "通話料がかかります" in paid
    assert "無料" not in paid


def test_s2_13_a_phone_shows_todays_hours_and_until_when_it_is_open(client: Client, clock):
    clock("2026-11-20T16:59")
    said = text_of(page_of(client, "tokyo-net"))
    assert "いま開いています（17:00まで）" in said
    assert "きょうは 10:00–17:00" in said


def test_s2_13_a_closed_phone_says_when_it_opens_next(client: Client, clock):
    clock("2026-11-20T17:00")  # Friday evening; Monday is a holiday
    assert "つぎに開くのは 11月24日（火）10:00" in text_of(page_of(client, "tokyo-net"))
    clock("2026-11-25T08:00")
    assert "つぎに開くのは きょう 10:00" in text_of(page_of(client, "tokyo-net"))
    clock("2026-11-25T20:00")
    assert "つぎに開くのは あす 10:00" in text_of(page_of(client, "tokyo-net"))


@pytest.mark.parametrize(
    "day", ["2026-01-12", "2026-05-06", "2026-09-22", "2025-12-31", "2026-01-02"]
)
def test_s4_15_the_tokyo_phone_is_closed_on_holidays_and_over_the_new_year(
    client: Client, clock, day: str
):
    clock(f"{day}T12:00")
    said = text_of(page_of(client, "tokyo-net"))
    assert "いま開いています" not in said
    assert "つぎに開くのは" in said


def test_what_is_not_certain_says_so_without_a_guess(client: Client):
    made = make_service("時間の分からない窓口")
    answer = client.get(f"/ja/places/{made.pk}/")
    assert "時間は、行く前に確かめると安心です" in text_of(answer)
    assert facts_of(answer)["あいている時間"] == "分かっていません"
    assert "料金" not in facts_of(answer)


def test_hours_that_could_not_be_read_stand_in_the_sources_own_words(client: Client):
    made = make_service("窓口", hours_prose="平日の午前中ごろ")
    assert "平日の午前中ごろ" in facts_of(client.get(f"/ja/places/{made.pk}/"))["あいている時間"]


def test_an_invented_place_says_it_is_none(client: Client):
    made = make_service("見本の居場所", is_invented=True)
    assert "実在しない場所" in text_of(client.get(f"/ja/places/{made.pk}/"))


def test_data_keep_their_own_language_on_an_english_page(client: Client):
    answer = page_of(client, "akishima-window", "en")
    assert '<h1 lang="ja">昭島市 福祉総務課（ひきこもりの相談）</h1>' in main_of(answer)
    assert "12 December 2025" in text_of(answer)
    assert "(extension 2855)" in text_of(answer)


@pytest.mark.parametrize("status", ["draft", "checked", "suspended", "archived"])
def test_what_may_not_be_shown_is_a_plain_404(client: Client, status: str):
    made = make_service("まだ見せない", status=status)
    assert client.get(f"/ja/places/{made.pk}/").status_code == 404


@pytest.mark.parametrize("key", ["00000000-0000-4000-8000-000000000000", "x", "1", "../etc"])
def test_a_place_nobody_knows_is_a_plain_404(client: Client, key: str):
    assert client.get(f"/ja/places/{key}/").status_code == 404


def test_words_in_the_data_cannot_become_markup(client: Client):
    made = make_service("<script>alert(1)</script>", when_to_use="<img src=x onerror=alert(1)>")
    html = client.get(f"/ja/places/{made.pk}/").content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_an_address_that_is_no_web_address_is_not_made_a_link(client: Client):
    made = make_service(
        "窓口",
        text_doors=[{"kind": "form", "address": "javascript:alert(1)"}],
        source_url="javascript:alert(1)",
        last_verified_date=date(2026, 11, 1),
    )
    assert "javascript:" not in client.get(f"/ja/places/{made.pk}/").content.decode()


def test_a_place_page_asks_two_questions_of_the_database_at_most(
    client: Client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        page_of(client, "akishima-window")
