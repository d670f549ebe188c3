"""Places side by side: the same facts in the same order, what differs apart, and no verdict."""

import re

import pytest
from django.test import Client

from madobe.directory.rules.ids import founding_id
from tests.directory.views.pages import main_of, text_of
from tests.factories.directory import make_service

pytestmark = pytest.mark.django_db

WINDOW, NET = founding_id("service", "akishima-window"), founding_id("service", "tokyo-net")


def compare(client: Client, *places, display: str = "ja", **form):
    return client.post(f"/{display}/compare/", {"compare": [str(one) for one in places], **form})


def facts(answer) -> dict[str, list[str]]:
    """What each fact says of each place; of a fact that is the same everywhere, once."""
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', main_of(answer), re.DOTALL)
    return {
        label: [
            re.sub(
                r"\s+",
                " ",
                re.sub(r"<[^>]+>", " ", re.sub(r'<span class="of".*?</span>', "", cell)),
            ).strip()
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells, re.DOTALL)
        ]
        for label, cells in rows
    }


def test_s0_05_to_07_the_attributes_stand_beside_each_other(client: Client):
    public = make_service(
        "センター",
        methods=["home_visit", "phone", "mail", "online"],
        audience=["self", "family"],
        fee="free",
        reservation="recommended",
        family_only_ok=True,
    )
    paid = make_service(
        "相談室",
        methods=["phone"],
        audience=["self"],
        fee="paid",
        reservation="required",
        sector="private",
    )
    group = make_service(
        "家族会",
        methods=["in_person", "sns"],
        audience=["family", "experienced"],
        fee="free",
        reservation="none",
        anonymous_ok=True,
    )
    seen = facts(compare(client, public.pk, paid.pk, group.pk))
    assert seen["使える人"] == ["ご本人・ご家族", "ご本人", "ご家族・経験した方"]
    assert seen["方法"] == ["家に来てもらう・電話・メール・オンライン", "電話", "行って話す・SNS"]
    assert seen["予約"] == ["先に連絡すると安心", "予約が必要", "申込みなしで使える"]
    assert seen["料金"] == ["無料", "有料", "無料"]
    assert seen["名前を言わずに"] == ["分かっていません", "分かっていません", "できます"]
    assert seen["家族だけで"] == ["できます", "分かっていません", "分かっていません"]


def test_what_is_the_same_is_said_once_and_below(client: Client):
    one = make_service("ひとつめ", fee="free", methods=["phone"])
    two = make_service("ふたつめ", fee="free", methods=["mail"])
    answer = compare(client, one.pk, two.pk)
    html = main_of(answer)
    assert html.index("ちがうところ") < html.index("同じところ") < html.index(">料金<")
    assert facts(answer)["料金"] == ["無料"]
    assert facts(answer)["方法"] == ["電話", "メール"]


def test_a_fact_nobody_knows_of_any_place_is_left_out(client: Client):
    one, two = make_service("ひとつめ"), make_service("ふたつめ")
    assert "料金" not in facts(compare(client, one.pk, two.pk))


def test_at_most_four_stand_side_by_side_and_it_says_so(client: Client):
    five = [make_service(f"窓口 {n}").pk for n in range(5)]
    answer = compare(client, *five)
    assert main_of(answer).count('<th scope="col"') == 4
    assert "一度にならべられるのは4か所まで" in text_of(answer)
    answer = compare(client, *five, apart=str(five[0]))
    assert main_of(answer).count('<th scope="col"') == 4
    assert "窓口 4" in text_of(answer)
    assert "4か所まで" not in text_of(answer)


@pytest.mark.parametrize(
    ("number", "sentence"), [(0, "印をつけると、ここにならびます"), (1, "もう1か所えらぶと")]
)
def test_too_few_are_no_fault(client: Client, number: int, sentence: str):
    answer = compare(client, *[WINDOW, NET][:number])
    assert answer.status_code == 200
    assert sentence in text_of(answer)


def test_nothing_is_ranked(client: Client):
    assert not re.search(
        r"[★☆]|\d+位|おすすめ|点数|best|rank", text_of(compare(client, WINDOW, NET))
    )


def test_ticks_of_this_page_replace_those_of_before(client: Client):
    form = {"text": "相談", "compared": f"{WINDOW} {NET}", "shown": str(WINDOW)}
    html = main_of(client.post("/ja/compare/", form))
    assert f'value="{NET}"' in html  # from another page: kept
    assert "昭島市 福祉総務課" not in html  # shown here and not ticked: let go of


def test_a_place_that_is_gone_or_unknown_breaks_nothing(client: Client):
    gone = make_service("もうない", status="archived")
    answer = compare(client, gone.pk, "nonsense", "00000000-0000-4000-8000-000000000000", WINDOW)
    assert answer.status_code == 200
    assert "もうない" not in text_of(answer)


def test_words_of_the_page_are_in_its_language_and_data_in_theirs(client: Client):
    html = main_of(compare(client, WINDOW, NET, display="en"))
    assert 'lang="ja"' in html


def test_data_cannot_become_markup(client: Client):
    one = make_service("<script>alert(1)</script>", first_visit="<img src=x>")
    html = compare(client, one.pk, WINDOW).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_comparing_costs_one_query(client: Client, django_assert_num_queries):
    four = [make_service(f"窓口 {n}").pk for n in range(4)]
    compare(client, *four)
    with django_assert_num_queries(1):
        compare(client, *four)


def test_s0_20_a_full_place_and_a_notice_are_seen_before_setting_out(client: Client):
    full, other = make_service("満席の会", availability="full"), make_service("あいている会")
    answer = compare(client, full.pk, other.pk)
    assert facts(answer)["いまのようす"] == ["いまは満席です。", "分かっていません"]
