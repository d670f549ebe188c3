"""Staff pages of entries: who sees what, and what one tap does."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from madobe.directory import queries
from madobe.directory.models import ConfirmationLink, ReviewItem, Service, ServiceAlert, Suggestion
from tests.directory.views.staff.conftest import AT
from tests.factories.directory import make_service
from tests.factories.staff import BEN, actor, staff_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return staff_client(actor("editor"))


def text(answer: Any) -> str:
    main = BeautifulSoup(answer.content.decode(), "html.parser").select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def pages(service: Service) -> dict[str, str]:
    """Every address with the one method that looks or acts."""
    alert = ServiceAlert.objects.create(
        service=service, kind="full", starts_date=date(2026, 11, 26), by="x", at=AT
    )
    suggestion = Suggestion.objects.create(
        service=service, kind="phone", text="電話", language="ja", received_date=date(2026, 11, 26)
    )
    item = ReviewItem.objects.create(
        kind="doubt", service=service, reason="見てください", opened_at=AT
    )
    base = f"/staff/directory/{service.pk}/"
    return {
        base: "get",
        f"{base}edit/": "get",
        f"{base}verify/": "post",
        f"{base}publish/": "post",
        f"{base}unpublish/": "post",
        f"{base}alerts/": "post",
        f"{base}availability/": "post",
        f"{base}link/": "post",
        f"/staff/directory/drafts/{service.pk}/": "post",
        f"/staff/directory/alerts/{alert.pk}/end/": "post",
        f"/staff/directory/suggestions/{suggestion.pk}/": "get",
        f"/staff/directory/reviews/{item.pk}/": "post",
    }


LISTS = ("", "new/", "due/", "suggestions/", "reviews/")
BODY = {"decision": "seen", "alert-kind": "full"}


@pytest.mark.parametrize("role", ["editor", "verifier", "coordinator", "officer", "admin"])
def test_those_who_keep_entries_see_every_page(role: str):
    client = staff_client(actor(role))
    for address, method in pages(make_service()).items():
        if "drafts" not in address:
            assert getattr(client, method)(address, BODY).status_code in (200, 302), address
    for name in LISTS:
        assert client.get(f"/staff/directory/{name}").status_code == 200


@pytest.mark.parametrize(
    "who", [actor("counsellor"), actor("organiser"), actor("statistician"), actor()]
)
def test_for_anybody_else_there_is_nothing_there(who: Any):
    client = staff_client(who)
    service = make_service()
    for address, method in pages(service).items():
        assert getattr(client, method)(address, BODY).status_code == 404, address
    for name in LISTS:
        assert client.get(f"/staff/directory/{name}").status_code == 404


def test_whoever_has_not_come_in_is_led_to_the_door():
    client = staff_client(None)
    for address, method in pages(make_service()).items():
        answer = getattr(client, method)(address, BODY)
        assert answer.status_code in (302, 403), address  # 403: what was sent is held for them
        if answer.status_code == 302:
            assert answer["Location"].startswith("/accounts/sign-in/"), address
    assert not ServiceAlert.objects.exclude(by="x").exists()


def test_an_organizations_editor_sees_its_own_entries_only():
    own, other = make_service("わたしたちの窓口"), make_service("よその窓口")
    client = staff_client(actor("editor", organization=own.organization_id))
    for address, method in pages(other).items():
        assert getattr(client, method)(address, BODY).status_code == 404, address
    for address, method in pages(own).items():
        if "drafts" not in address:
            assert getattr(client, method)(address, BODY).status_code in (200, 302), address
    listed = text(client.get("/staff/directory/"))
    assert "わたしたちの窓口" in listed
    assert "よその窓口" not in listed
    for name in ("due/", "suggestions/", "reviews/"):
        assert "よその窓口" not in text(client.get(f"/staff/directory/{name}"))


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_an_act_is_a_post(client: Client, method: str):
    service = make_service()
    for act in ("verify", "publish", "unpublish", "alerts", "availability", "link"):
        answer = getattr(client, method)(f"/staff/directory/{service.pk}/{act}/")
        assert answer.status_code == 404  # at the door, as an address that does not exist


def test_every_entry_is_found_by_words_drafts_too(client: Client):
    make_service("ひだまりの居場所", status="draft")
    make_service("別の窓口", phones=[{"number": "042-999-1234"}])
    assert "ひだまりの居場所" in text(client.get("/staff/directory/?q=ひだまり 見本市"))
    assert "別の窓口" in text(client.get("/staff/directory/?q=999-1234"))
    assert "ひだまりの居場所" not in text(
        client.get("/staff/directory/?q=ひだまり&status=published")
    )
    make_service("ﾋﾀﾞﾏﾘのＮＰＯ", aliases=["引き籠もりの会"])
    make_service("下書きのひきこもりカフェ", status="draft")
    for written in ("引籠り", "ひきこもりｶﾌｪ"):
        assert "下書きのひきこもりカフェ" in text(client.get("/staff/directory/", {"q": written}))
    for written in ("ひだまりのNPO", "ヒダマリのＮＰＯ", "ひきこもりの会", "引きこもりの会"):
        assert "のＮＰＯ" in text(client.get("/staff/directory/", {"q": written})), written
    assert client.get("/staff/directory/?page=x&kind=%00&status=none").status_code == 200
    assert client.get("/staff/directory/", {"q": "窓" * 5000}).status_code == 200


def test_an_entry_shows_each_fact_with_its_source_and_day(client: Client):
    service = make_service(source_name="市のページ", first_visit="受付へ")
    client.post(f"/staff/directory/{service.pk}/verify/", {"source_name": "電話"})
    page = text(client.get(f"/staff/directory/{service.pk}/"))
    assert "はじめての日の流れ 受付へ 市のページ 2026年11月26日" in page
    assert "担当 あさひ" in page  # in the history


def test_checked_from_the_list_with_one_tap(client: Client):
    service = make_service(status="stale", last_verified_date=date(2025, 1, 1))
    assert service.name in text(client.get("/staff/directory/due/"))
    answer = client.post(f"/staff/directory/{service.pk}/verify/", {"back": "due"}, follow=True)
    assert "きょう確かめたことを残しました" in text(answer)
    service.refresh_from_db()
    assert (service.status, service.last_verified_date) == ("published", date(2026, 11, 26))


def test_soonest_first_and_nothing_beyond_a_month(client: Client):
    make_service("十二月", last_verified_date=date(2026, 6, 10))
    make_service("すぎた", last_verified_date=date(2026, 2, 1))
    make_service("来年", last_verified_date=date(2026, 11, 1))
    page = text(client.get("/staff/directory/due/"))
    assert page.index("すぎた") < page.index("十二月")
    assert "来年" not in page


def test_publishing_says_what_is_missing(client: Client):
    service = make_service(status="draft", when_to_use="", last_verified_date=None)
    answer = client.post(f"/staff/directory/{service.pk}/publish/")
    assert answer.status_code == 422
    assert "使い時" in text(answer)
    assert "確かめた日" in text(answer)


def test_a_notice_is_on_the_public_page_and_what_cannot_be_read_stays(client: Client):
    service = make_service()
    address = f"/staff/directory/{service.pk}/alerts/"
    wrong = client.post(
        address, {"alert-kind": "resting", "alert-text": "年末", "alert-ends_date": "ずっと"}
    )
    assert wrong.status_code == 422
    assert 'value="ずっと"' in wrong.content.decode()
    client.post(
        address, {"alert-kind": "resting", "alert-text": "年末", "alert-ends_date": "2027年1月3日"}
    )
    shown = client.get(f"/ja/places/{service.pk}/").content.decode()
    assert "お休み" in shown
    assert "年末" in shown
    client.post(f"/staff/directory/alerts/{ServiceAlert.objects.get().pk}/end/")
    assert "年末" not in client.get(f"/ja/places/{service.pk}/").content.decode()


def test_full_stands_before_everything_on_page_and_row(client: Client):
    service = make_service(when_to_use="話したいとき。")
    client.post(
        f"/staff/directory/{service.pk}/availability/",
        {"room-availability": "full", "room-note": "順番待ち3人", "room-capacity": "12"},
    )
    page = text(client.get(f"/ja/places/{service.pk}/"))
    assert page.index("いまは満席です") < page.index("話したいとき")
    assert "順番待ち3人" in page


def test_an_entry_past_its_day_says_so_and_is_quieter(client: Client):
    service = make_service(status="stale", last_verified_date=date(2025, 1, 31))
    page = text(client.get(f"/ja/places/{service.pk}/"))
    assert "この情報は、2025年1月31日に確かめたものです。" in page
    row = client.get("/ja/areas/132071/").content.decode()
    assert 'class="card place aged"' in row
    assert queries.place(service.pk, at=AT) is not None


def test_a_link_is_shown_once_and_works(client: Client):
    service = make_service(last_verified_date=date(2026, 1, 1))
    answer = client.post(f"/staff/directory/{service.pk}/link/")
    field = BeautifulSoup(answer.content.decode(), "html.parser").select_one("#link")
    assert field is not None
    path = str(field["value"]).removeprefix("http://testserver")
    assert Client().get(path).status_code == 200
    assert Client().post(path, {"answer": "right"}).status_code == 200
    service.refresh_from_db()
    assert service.last_verified_date == date(2026, 11, 26)
    assert ConfirmationLink.objects.get().token_digest not in answer.content.decode()


def test_a_difference_is_settled_from_the_list(client: Client):
    service = make_service(first_visit="人の値")
    item = ReviewItem.objects.create(
        kind="difference", service=service, table="service", record_id=service.pk,
        field="first_visit", ours="人の値", theirs="元の値", reason="両方が変わりました", opened_at=AT,
    )  # fmt: skip
    page = text(client.get("/staff/directory/reviews/"))
    assert "人の値" in page
    assert "元の値" in page
    address = f"/staff/directory/reviews/{item.pk}/"
    assert client.post(address, {"decision": "perhaps"}).status_code == 404
    client.post(address, {"decision": "theirs"})
    service.refresh_from_db()
    assert service.first_visit == "元の値"
    assert "先に見おわっていました" in text(client.post(address, {"decision": "ours"}, follow=True))


def test_a_suggestion_is_set_aside_only_with_a_reason(client: Client):
    suggestion = Suggestion.objects.create(
        service=make_service(), kind="phone", text="<b>番号</b>", language="ja", received_date="2026-11-26"
    )  # fmt: skip
    address = f"/staff/directory/suggestions/{suggestion.pk}/"
    assert client.post(address, {"note": ""}).status_code == 422
    assert "&lt;b&gt;番号" in client.get(address).content.decode()
    client.post(address, {"note": "電話で確かめました"})
    suggestion.refresh_from_db()
    assert suggestion.state == "set_aside"


def test_doubts_are_shown_and_stop_nothing(client: Client):
    service = make_service(phones=[{"number": "042-544-511"}])
    assert "「042-544-511」は、見なれない形の番号です" in text(
        client.get(f"/staff/directory/{service.pk}/")
    )
    assert client.post(f"/staff/directory/{service.pk}/verify/").status_code == 302


def test_what_a_colleague_did_bears_their_name():
    service = make_service(first_visit="受付へ")
    staff_client(actor("editor", id=BEN, name="担当 ゆうひ")).post(
        f"/staff/directory/{service.pk}/verify/", {"source_name": "電話"}
    )
    mine = staff_client(actor("editor"))
    assert "担当 ゆうひ" in text(mine.get(f"/staff/directory/{service.pk}/"))


def test_pairs_that_look_the_same_are_decided_on_their_own_page():
    one, other = make_service("ひだまり"), make_service("ひだまり")
    ReviewItem.objects.create(
        kind="duplicate", table="service", record_id=one.pk, field=str(other.pk), service=one,
        reason="同じ名前", opened_at=AT,
    )  # fmt: skip
    merge = f"/staff/directory/merge/services/{one.pk}/{other.pk}/"
    page = f"/staff/directory/{one.pk}/"
    client = staff_client(actor("coordinator"))
    assert merge in client.get(page).content.decode()
    assert "ひだまり" not in text(client.get("/staff/directory/reviews/"))


@pytest.mark.parametrize("role", ["editor", "verifier", "coordinator", "officer", "admin"])
def test_every_entry_of_the_navigation_opens(role: str):
    client = staff_client(actor(role))
    page = BeautifulSoup(client.get("/staff/").content.decode(), "html.parser")
    ways = [str(one["href"]) for one in page.select("nav.staff-nav a")]
    assert len(ways) >= 6
    # the letters ask a newcomer to make a key first
    opened = {way: client.get(way, follow=True).status_code for way in ways}
    assert opened == dict.fromkeys(ways, 200)
