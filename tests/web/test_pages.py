import pytest
from django.test import Client

from madobe.web.choices import ARTICLES

DISPLAYS = ("ja", "yasashii-f", "en")

TRAIL = "窓口の仕事の記録（だれがいつ開いたか、急ぎのしるしや虐待の記録をつけたか）は、ことばなしで、この窓があるかぎり残ります。"


@pytest.mark.parametrize(
    ("preferred", "segment"),
    [("ja-JP,ja;q=0.9,en;q=0.8", "ja"), ("en-GB,en;q=0.9", "en"), ("fr-FR", "ja"), ("", "ja")],
)
def test_the_bare_address_leads_to_a_front_page_the_browser_can_read(
    client: Client, preferred: str, segment: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": preferred})
    assert answer.status_code == 302
    assert answer["Location"] == f"/{segment}/"


@pytest.mark.parametrize("display", DISPLAYS)
@pytest.mark.parametrize(
    "path", ["", "safety/", "privacy/", "accessibility/", "read/", "now/", "areas/"]
)
def test_a_public_page_opens_and_leaves_nothing(client: Client, display: str, path: str) -> None:
    answer = client.get(f"/{display}/{path}")
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.parametrize("article", [article.name for article in ARTICLES])
def test_every_article_of_the_list_can_be_read(client: Client, article: str) -> None:
    assert client.get(f"/ja/read/{article}/").status_code == 200


def test_an_unknown_article_is_a_plain_404_with_a_way_on(client: Client) -> None:
    answer = client.get("/ja/read/nothing/")
    assert answer.status_code == 404
    assert "/ja/areas/" in answer.content.decode()


def test_the_definition_says_that_consultation_has_no_waiting_time(client: Client) -> None:
    """S0-01: half a year is a guide line of the definition; talking is possible before."""
    page = client.get("/ja/read/state/").content.decode()
    assert "半年" in page
    assert "期間は関係ありません" in page


def test_going_to_the_shop_still_counts(client: Client) -> None:
    """S2-17: outings without contact are part of the definition, and its source is linked."""
    page = client.get("/ja/read/state/").content.decode()
    assert "コンビニ" in page
    assert "/ja/read/sources/" in page


def test_the_handbook_page_names_both_papers_and_keeps_no_copy(client: Client) -> None:
    """S3-07, S4-03."""
    page = client.get("/ja/read/sources/").content.decode()
    assert "2025年1月" in page
    assert "2010年" in page
    assert "mhlw.go.jp" in page


@pytest.mark.parametrize("path", ["healthz", "readyz"])
@pytest.mark.django_db
def test_a_machine_that_watches_gets_a_status_and_no_content(client: Client, path: str) -> None:
    answer = client.get(f"/{path}")
    assert answer.status_code == 204
    assert answer.content == b""


def test_a_sentence_begun_stays_in_its_box_when_the_display_changes(client: Client) -> None:
    answer = client.post("/en/", {"text": "夜ねむれません"})
    assert answer.status_code == 200
    assert "夜ねむれません</textarea>" in answer.content.decode()


def test_a_sentence_begun_cannot_break_out_of_its_box(client: Client) -> None:
    answer = client.post("/en/", {"text": "</textarea><script>x</script>"})
    assert "<script>x" not in answer.content.decode()


@pytest.mark.parametrize(
    ("display", "said"),
    [
        (
            "ja",
            ["三か月・一年・消すまで", "その窓口の相談員だけ", "命があぶない", "メールとLINE", "IPアドレス", TRAIL],
        ),
        ("yasashii", ["三か月・一年・消すまで", "窓口の 相談員だけ", "命が あぶない", "ほかの 会社", "窓口の 仕事の 記録"]),
        ("en", ["three months, a year", "Only the counsellors", "life is in danger", "other companies", "record of its own work"]),
    ],
)  # fmt: skip
def test_what_is_written_to_a_desk_is_on_the_privacy_page(
    client: Client, display: str, said: list[str]
) -> None:
    page = client.get(f"/{display}/privacy/").content.decode()
    for one in said:
        assert one in page


def test_only_what_is_written_while_looking_for_a_way_is_gone_at_once(client: Client) -> None:
    page = client.get("/ja/privacy/").content.decode()
    (sentence,) = [one for one in page.split("<li>") if "すぐになくなります" in one]
    assert "道をさがすときに" in sentence
