"""The staff screens of vetting and merging: what they do, for whom, and that nothing typed is lost."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import (
    Card,
    Merge,
    Organization,
    ReviewItem,
    Service,
    SourceRecord,
    Suspension,
    VettingRound,
)
from madobe.directory.urls_staff_vetting import urlpatterns
from tests.directory.merging.support import merge
from tests.directory.test_duplicates import look
from tests.directory.vetting.support import (
    AT,
    ITEMS,
    SUZUKI,
    TANAKA,
    actor,
    answer,
    checklist,
    operator,
)
from tests.factories.directory import make_service
from tests.factories.staff import staff_client

pytestmark = pytest.mark.django_db
ROLES = (
    "editor", "verifier", "counsellor", "coordinator", "officer", "organiser", "statistician", "admin",
)  # fmt: skip
LOOKING = {"editor", "verifier", "coordinator", "officer", "admin"}
MERGING = LOOKING
SUSPENDING = {"verifier", "coordinator", "officer", "admin"}
# url name -> method -> roles
TABLE: dict[str, dict[str, set[str]]] = {
    "queue": {"GET": LOOKING},
    "find": {"GET": LOOKING},
    "organization": {"GET": LOOKING, "POST": {"verifier"}},
    "correct": {"POST": LOOKING},
    "reopen": {"POST": {"admin"}},
    "suspend_organization": {"POST": SUSPENDING},
    "organization_aliases": {"POST": MERGING},
    "service": {"GET": LOOKING},
    "suspend_service": {"POST": SUSPENDING},
    "service_aliases": {"POST": MERGING},
    "lift": {"POST": SUSPENDING},
    "duplicates": {"GET": MERGING},
    "not_same": {"POST": MERGING},
    "merge_services": {"GET": MERGING, "POST": MERGING},
    "merge_organizations": {"GET": MERGING, "POST": MERGING},
    "merges": {"GET": MERGING},
    "undo": {"GET": MERGING, "POST": MERGING},
}


@pytest.fixture
def addresses() -> dict[str, str]:
    """Every address, of things that are there."""
    first, second, third, fourth = (make_service(f"ひろば{n}") for n in "甲乙丙丁")
    look()
    merged = merge(third, fourth)
    begun = Suspension.objects.create(
        organization=operator(), reason="確かめます。", started_at=AT, started_by="staff:x"
    )
    keys = {
        "organization": {"key": first.organization_id}, "reopen": {"key": first.organization_id},
        "correct": {"key": first.organization_id},
        "suspend_organization": {"key": first.organization_id},
        "organization_aliases": {"key": first.organization_id},
        "service": {"key": first.pk}, "suspend_service": {"key": first.pk},
        "service_aliases": {"key": first.pk}, "lift": {"key": begun.pk},
        "not_same": {"key": ReviewItem.objects.filter(settled_at=None)[0].pk}, "undo": {"key": merged.pk},
        "merge_services": {"keep": first.pk, "other": second.pk},
        "merge_organizations": {"keep": first.organization_id, "other": second.organization_id},
    }  # fmt: skip
    return {name: reverse(f"vetting:{name}", kwargs=keys.get(name)) for name in TABLE}


def test_every_address_is_in_the_table():
    assert {one.name for one in urlpatterns} == set(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_exactly_what_the_table_says(role: str, addresses: dict[str, str]):
    """404 for everything else: forbidden looks like absent."""
    client = staff_client(actor(role, name="だれか"))
    wrong = []
    for name, methods in TABLE.items():
        for method, roles in methods.items():
            answer = getattr(client, method.lower())(addresses[name])
            if (answer.status_code != 404) != (role in roles):
                wrong.append((name, method, answer.status_code))
    assert wrong == []


def test_nobody_without_a_sign_in_sees_anything(client: Client, addresses: dict[str, str]):
    for name, methods in TABLE.items():
        for method in methods:
            answer_ = getattr(client, method.lower())(addresses[name])
            assert "ひろば" not in answer_.content.decode()
            assert answer_.status_code in (302, 403), (name, method)


def test_an_editor_of_one_organization_sees_none_of_it(addresses: dict[str, str]):
    own = Organization.objects.get(services__name="ひろば甲")
    client = staff_client(actor("editor", name="一つだけ", organization=own.pk))
    answers = {
        getattr(client, method.lower())(addresses[name]).status_code
        for name, methods in TABLE.items()
        for method in methods
    }
    assert answers == {404}


def test_other_methods_are_not_answered(addresses: dict[str, str]):
    client = staff_client(actor(*ROLES))
    for name, methods in TABLE.items():
        for method in {"GET", "POST", "PUT", "DELETE"} - set(methods):
            assert getattr(client, method.lower())(addresses[name]).status_code == 404, name


@pytest.mark.parametrize(
    "name", [n for n in TABLE if n not in ("queue", "find", "duplicates", "merges")]
)
def test_what_is_not_there_is_404(name: str):
    client = staff_client(actor(*ROLES))
    ids = (
        {"keep": uuid.uuid4(), "other": uuid.uuid4()} if "merge_" in name else {"key": uuid.uuid4()}
    )
    path = reverse(f"vetting:{name}", kwargs=ids)
    for method in TABLE[name]:
        assert getattr(client, method.lower())(path, {"reason": "理由"}).status_code == 404


def hidden(page: str, name: str = "seen") -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def filled(page: str, **changes: str) -> dict[str, str]:
    said = {f"answer_{item}": "yes" for item in ITEMS}
    return {**said, "evidence": "登記簿を見ました。", "seen": hidden(page), **changes}


def test_two_people_publish_an_operator_through_the_screens():
    one = operator()
    path = reverse("vetting:organization", kwargs={"key": one.pk})
    for person in (SUZUKI, TANAKA):
        client = staff_client(person)
        page = client.get(path).content.decode()
        assert client.post(path, filled(page)).status_code == 302
    assert VettingRound.objects.get().state == "passed"
    assert Card.objects.count() == 1
    page = staff_client(SUZUKI).get(path).content.decode()
    assert "鈴木" in page
    assert "田中" in page


def test_a_forged_form_does_not_let_one_person_pass():
    one = operator()
    path = reverse("vetting:organization", kwargs={"key": one.pk})
    client = staff_client(SUZUKI)
    said = filled(client.get(path).content.decode())
    client.post(path, said)
    forged = {
        "by": TANAKA.id, "second_by": TANAKA.id, "needed": "1", "state": "passed", "standing": "vetted",
        "sector": "public",
    }  # fmt: skip
    again = client.post(path, {**said, **forged})
    assert again.status_code == 422
    assert (VettingRound.objects.get().state, Card.objects.count()) == ("open", 0)


def test_a_refused_answer_keeps_everything_typed():
    one = operator()
    path = reverse("vetting:organization", kwargs={"key": one.pk})
    client = staff_client(SUZUKI)
    page = client.get(path).content.decode()
    typed = {"note_scheme": "県の<登録>番号12", "evidence_url": "ふつうの文", "answer_consent": ""}
    back = client.post(path, filled(page, **typed))
    text = back.content.decode()
    assert back.status_code == 422
    assert "県の&lt;登録&gt;番号12" in text
    assert "ふつうの文" in text
    assert "登記簿を見ました。" in text
    assert text.count(" checked") == len(ITEMS) - 1
    assert 'id="lacking-consent"' in text
    assert 'id="lacking-url"' in text


def test_an_answer_to_facts_that_changed_meanwhile_comes_back_with_the_new_facts():
    one = operator()
    path = reverse("vetting:organization", kwargs={"key": one.pk})
    client = staff_client(SUZUKI)
    page = client.get(path).content.decode()
    Organization.objects.filter(pk=one.pk).update(website="https://new.example.com/")
    back = client.post(path, filled(page))
    assert back.status_code == 422
    text = back.content.decode()
    assert "https://new.example.com/" in text
    assert "登記簿を見ました。" in text
    assert client.post(path, filled(text)).status_code == 302


def test_a_correction_that_is_not_taken_keeps_what_was_typed():
    one = operator()
    path = reverse("vetting:correct", kwargs={"key": one.pk})
    client = staff_client(actor("editor"))
    seen = hidden(
        client.get(reverse("vetting:organization", kwargs={"key": one.pk})).content.decode()
    )
    typed = {
        "name": "新しい名前",
        "sector": "npo",
        "corporate_number": "123",
        "website": "",
        "seen": seen,
    }
    back = client.post(path, typed)
    assert back.status_code == 422
    assert 'value="新しい名前"' in back.content.decode()
    assert client.post(path, {**typed, "corporate_number": ""}).status_code == 302
    assert Organization.objects.get(pk=one.pk).name == "新しい名前"


def test_suspending_and_lifting_with_a_reason():
    service = make_service()
    client = staff_client(actor("officer"))
    where = reverse("vetting:suspend_organization", kwargs={"key": service.organization_id})
    assert client.post(where, {"reason": " "}).status_code == 422
    assert client.post(where, {"reason": "確かめます。"}).status_code == 302
    assert Card.objects.count() == 0
    begun = Suspension.objects.get()
    lift = reverse("vetting:lift", kwargs={"key": begun.pk})
    assert client.post(lift, {"reason": ""}).status_code == 422
    assert client.post(lift, {"reason": "確かめました。"}).status_code == 302
    assert Card.objects.count() == 1
    page = client.get(reverse("vetting:organization", kwargs={"key": service.organization_id}))
    assert "確かめました。" in page.content.decode()


def test_reopening_a_refusal():
    one = operator()
    answer(one, SUZUKI, said=checklist("consent"))
    client = staff_client(actor("admin", name="管理"))
    path = reverse("vetting:reopen", kwargs={"key": one.pk})
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "取りちがえました。"}).status_code == 302
    assert VettingRound.objects.get().reopening_reason == "取りちがえました。"


def test_a_spelling_is_added_found_and_taken_away():
    service = make_service("サポステ昭島")
    client = staff_client(actor("editor"))
    path = reverse("vetting:service_aliases", kwargs={"key": service.pk})
    assert client.post(path, {"alias": "さぽすて"}).status_code == 302
    back = client.post(path, {"alias": "さぽすて"})
    assert (back.status_code, 'value="さぽすて"' in back.content.decode()) == (422, True)
    found = client.get(reverse("vetting:find"), {"q": "ぽすて"}).content.decode()
    assert "サポステ昭島" in found
    assert client.post(path, {"remove": "さぽすて"}).status_code == 302
    assert Service.objects.get(pk=service.pk).aliases == []


def test_a_pair_is_merged_side_by_side_and_taken_back():
    keep, other = make_service("ひろば", role_text="甲"), make_service("ヒロバ", role_text="乙")
    look()
    client = staff_client(actor("coordinator"))
    path = reverse("vetting:merge_services", kwargs={"keep": keep.pk, "other": other.pk})
    listed = client.get(reverse("vetting:duplicates")).content.decode()
    assert "名前が同じ・電話番号が同じ" in listed
    first = client.get(path, {"choose_role_text": "other"}).content.decode()
    assert 'name="choose_role_text" value="other" checked' in first
    assert (
        client.post(path, {"choose_role_text": "other", "seen": hidden(first)}).status_code == 302
    )
    assert Service.objects.get(pk=keep.pk).role_text == "乙"
    assert client.get(reverse("vetting:merges")).status_code == 200
    back = reverse("vetting:undo", kwargs={"key": Merge.objects.get().pk})
    Service.objects.filter(pk=keep.pk).update(role_text="直した")
    asked = client.get(back).content.decode()
    assert "直した" in asked
    assert client.post(back).status_code == 422
    key = f"decide_service:{keep.pk}:role_text"
    assert client.post(back, {key: "leave"}).status_code == 302
    assert Service.objects.get(pk=keep.pk).role_text == "直した"
    assert Card.objects.count() == 2


def test_a_merge_of_something_that_changed_is_shown_anew_with_the_choices_made():
    keep, other = make_service("ひろば", role_text="甲"), make_service("ヒロバ", role_text="乙")
    client = staff_client(actor("editor"))
    path = reverse("vetting:merge_services", kwargs={"keep": keep.pk, "other": other.pk})
    seen = hidden(client.get(path).content.decode())
    Service.objects.filter(pk=other.pk).update(role_text="丙")
    back = client.post(path, {"choose_role_text": "other", "seen": seen})
    text = back.content.decode()
    assert back.status_code == 422
    assert 'name="choose_role_text" value="other" checked' in text
    assert "丙" in text


def test_what_cannot_be_merged_says_why():
    keep, other = make_service(), make_service()
    Organization.objects.filter(pk=other.organization_id).update(standing="unvetted")
    client = staff_client(actor("editor"))
    path = reverse("vetting:merge_services", kwargs={"keep": keep.pk, "other": other.pk})
    for ask in (client.get, client.post):
        back = ask(path)
        assert back.status_code == 422
        assert "確認のすんでいない" in back.content.decode()


def test_a_merged_places_address_leads_to_the_kept_one(client: Client):
    keep, other = make_service("ひろば"), make_service("ヒロバ")
    merge(keep, other)
    answer_ = client.get(f"/yasashii-l/places/{other.pk}/")
    assert (answer_.status_code, answer_["Location"]) == (302, f"/yasashii-l/places/{keep.pk}/")
    Service.objects.filter(pk=keep.pk).update(status="draft")
    Card.objects.all().delete()
    assert client.get(f"/ja/places/{other.pk}/").status_code == 404


def test_an_entry_of_a_register_says_so_on_its_page_and_in_lists(client: Client):
    service = make_service("名簿の窓口", listed=False)
    SourceRecord.objects.create(
        source="windows", release="offices.csv", key="a", raw={}, raw_hash="x", imported_at=AT, service=service
    )  # fmt: skip
    Organization.objects.filter(pk=service.organization_id).update(standing="register")
    refresh_listing(services=[service.pk], at=AT)
    for path in (f"/ja/places/{service.pk}/", "/ja/areas/132071/"):
        page = client.get(path).content.decode()
        assert "公的名簿より" in page
        assert "くらし支援ナビ" in page
    Organization.objects.update(standing="vetted")
    refresh_listing(services=[service.pk], at=AT)
    assert "公的名簿より" not in client.get(f"/ja/places/{service.pk}/").content.decode()


@pytest.mark.parametrize("query", ["?from=-1", "?from=９", "?from=" + "9" * 40, "?of=x&from=7"])
@pytest.mark.parametrize("name", ["duplicates", "merges"])
def test_odd_pages_of_a_list_are_answered(name: str, query: str):
    client = staff_client(actor("admin"))
    assert client.get(reverse(f"vetting:{name}") + query).status_code == 200


def test_there_is_a_way_to_every_list_in_the_navigation():
    page = staff_client(actor("verifier")).get(reverse("vetting:queue")).content.decode()
    for name in ("queue", "find", "duplicates", "merges"):
        assert f'href="{reverse(f"vetting:{name}")}"' in page
