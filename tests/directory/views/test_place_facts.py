"""A place page, row by row of domain §2: what it costs, whom it is for, what happens there."""

import re

import pytest
from django.test import Client

from tests.directory.views.pages import facts_of, page_of, text_of
from tests.factories.directory import make_service

pytestmark = pytest.mark.django_db


def test_s2_05_what_it_costs_and_what_may_cost_besides(client: Client):
    assert facts_of(page_of(client, "tokyo-net"))["料金"] == "無料 相談は無料です。通信費がかかることがあります。"  # fmt: skip


def test_s2_05_the_three_costs_of_a_centre_are_shown_as_written(client: Client):
    costs = "交通費、送迎、通信費は自分で払うことがあります。"
    made = make_service("センター", kinds=["hikikomori_center"], fee="free", extra_costs=costs)
    assert costs in facts_of(client.get(f"/ja/places/{made.pk}/"))["料金"]


def test_s0_06_a_paid_place_never_says_free(client: Client):
    made = make_service("民間の相談室", kinds=["counseling"], fee="paid", sector="private", reservation="required")  # fmt: skip
    answer = client.get(f"/ja/places/{made.pk}/")
    facts = facts_of(answer)
    assert facts["料金"] == "有料"
    assert facts["予約"] == "予約が必要"
    assert "無料" not in facts["料金"] + facts["予約"]


def test_s2_19_a_private_place_is_marked(client: Client):
    private = make_service("学び直しの教室", kinds=["study_support"], fee="paid", sector="private")
    public = make_service("市の教室", kinds=["study_support"], fee="free", sector="public")
    assert "民間" in text_of(client.get(f"/ja/places/{private.pk}/"))
    assert "民間" not in text_of(client.get(f"/ja/places/{public.pk}/"))


def test_s4_21_an_irregular_month_is_undated_and_never_a_guess(client: Client):
    answer = page_of(client, "akishima-ryuusu")
    said, facts = text_of(answer), facts_of(answer)
    assert "日程未定" in said
    assert not re.search(r"毎週|月曜|火曜|水曜|木曜|金曜|土曜|日曜", facts["あいている時間"])
    assert facts["予約"] == "申込みなしで使える"
    assert facts["料金"] == "無料"
    assert "13:30〜16:30" in facts["あいている時間"]
    assert "042-544-0388" in facts["電話"]
    assert "昭島市中神町1282" in facts["場所"]


def test_s4_22_the_last_saturday_of_the_month_is_shown_with_its_place(client: Client):
    answer = page_of(client, "akishima-kokokara")
    facts = facts_of(answer)
    assert "2026/11/28" in facts["あいている時間"]
    assert "昭島市朝日町5-6-20" in facts["場所"]
    assert "042-544-0388" in facts["電話"]
    assert facts["使える人"].startswith("ご家族・ご本人")


def test_s4_22_no_mobile_number_of_a_person_stands_there(client: Client):
    assert not re.search(r"0[789]0-?\d{4}", text_of(page_of(client, "akishima-kokokara")))


def test_s1_11_a_place_without_evaluation_says_so(client: Client):
    assert "評価されません" in text_of(page_of(client, "akishima-ryuusu"))
    assert "評価されません" not in text_of(page_of(client, "tokyo-net"))


def test_s1_16_the_longest_time_is_said(client: Client):
    made = make_service("生活訓練", kinds=["life_training"], max_months=24)
    assert "24か月" in text_of(client.get(f"/ja/places/{made.pk}/"))


def test_s1_27_role_content_and_when_to_use_are_shown(client: Client):
    said = text_of(page_of(client, "tokyo-net"))
    assert "こんなときに 家から、名前を出さずに始めたいとき。" in said
    assert "どんな所か 東京都の、ひきこもりについての電話とメールの相談です。" in said
    assert "専門の相談員が話を聞きます。" in said


def test_s0_29_functions_professions_and_the_family_only_word_are_listed(client: Client):
    made = make_service(
        "ひきこもり地域支援センター",
        kinds=["hikikomori_center"],
        functions=["counselling", "visit", "ibasho"],
        professions=["精神保健福祉士", "公認心理師"],
        family_only_ok=True,
    )
    facts = facts_of(client.get(f"/ja/places/{made.pk}/"))
    assert facts["していること"] == "相談・訪問・居場所"
    assert facts["聞く人"] == "精神保健福祉士、公認心理師"
    assert facts["家族だけで"] == "できます"


def test_s4_17_s4_18_the_visit_names_its_limits_and_conditions(client: Client):
    said = text_of(page_of(client, "tokyo-visit"))
    assert "ご家族との訪問は5回まで" in said
    assert "ご本人との訪問は5回まで" in said
    assert "東京都にお住まい" in said
    assert "6か月以上" in said
    assert "15歳以上" in said
    assert "34歳" not in said  # the rule of 2014 ended in 2019


def test_s4_19_the_application_starts_at_the_citys_window(client: Client):
    assert "区市町村の窓口で申しこみます" in text_of(page_of(client, "tokyo-visit"))


def test_s4_20_the_list_of_registered_groups_is_linked(client: Client):
    assert "登録団体・研究団体の一覧" in text_of(page_of(client, "tokyo-net"))
