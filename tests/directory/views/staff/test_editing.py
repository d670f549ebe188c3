"""The form of an entry: what is typed is saved, or it is still there."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from madobe.directory.models import Draft, FieldChange, Organization, Service, Suggestion
from madobe.directory.models.facts import facts_of
from tests.directory.editing.test_edit import VALUES, edit
from tests.factories.directory import make_service
from tests.factories.staff import ADA, BEN, actor, staff_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return staff_client(actor("editor"))


def address(service: Service) -> str:
    return f"/staff/directory/{service.pk}/edit/"


def text(answer: Any) -> str:
    return BeautifulSoup(answer.content.decode(), "html.parser").get_text(" ")


@pytest.mark.parametrize("name", VALUES)
def test_a_form_sent_back_as_it_came_changes_nothing(client: Client, filled_in: Any, name: str):
    """Every kind of fact survives the way into a form and back: nothing is lost by saving something else."""
    service = make_service()
    edit(service, **{name: VALUES[name]})
    FieldChange.objects.all().delete()
    typed = filled_in(client.get(address(service)))
    answer = client.post(address(service), {**typed, "go": "save"})
    assert answer.status_code == 302, [
        one.text for one in BeautifulSoup(answer.content.decode(), "html.parser").select(".mend")
    ]
    assert not FieldChange.objects.exists()
    assert facts_of(Service.objects.get(pk=service.pk))[name] == VALUES[name]


def test_founding_like_entries_survive_too(client: Client, filled_in: Any):
    service = make_service(
        methods=["in_person", "a code of another release"], notices=["一文"], when_to_use="一\n\n二"
    )
    typed = filled_in(client.get(address(service)))
    client.post(address(service), {**typed, "go": "save", "first_visit": "朝から"})
    assert [one.field for one in FieldChange.objects.all()] == ["first_visit"]


def test_what_was_changed_is_saved_with_its_source(client: Client, filled_in: Any):
    service = make_service()
    typed = filled_in(client.get(address(service)))
    typed |= {"phones-1-number": ["０４２（０００）０００２"], "phones-1-extension": ["2853〜2856"]}
    typed |= {"word_name": ["窓口の電話"], "reason": ["増えた"], "go": ["save"]}
    answer = client.post(address(service), typed)
    assert answer["Location"] == f"/staff/directory/{service.pk}/?said=saved"
    phone = service.phones.get(number="042(000)0002")
    assert (phone.extension, phone.extension_last) == (2853, 2856)
    change = FieldChange.objects.get()
    assert (change.field, change.by, change.source_name, change.reason) == (
        "phones",
        ADA,
        "窓口の電話",
        "増えた",
    )


BAD = {
    "name": "",
    "url": "javascript:alert(1)",
    "email": "だれか",
    "source_updated_date": "2026-13-40",
    "areas": "府中市",
    "capacity": "たくさん",
    "max_months": "0",
    "source_url": "ftp://x",
    "municipality": "どこにもない町",
    "floor": "2階",
    "word_url": "x",
    "word_name": "",
    "phones-1-number": "でんわ",
    "phones-0-extension": "9-3",
    "text_doors-0-address": "書きかけ",
    "contacts-0-email": "@",
    "links-0-url": "x",
    "usage_limits-0-times": "五",
    "cost_options-0-amount": "千円",
    "languages-0-code": "日本語",
    "schedules-0-byday": "いつか",
    "schedules-0-opens_at": "25:99",
    "schedules-0-exceptions-0-date": "きのう",
    "eligibilities-0-valid_from": "春",
    "eligibilities-0-conditions-0-number": "四十",
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_named_and_stays(client: Client, filled_in: Any, name: str):
    service = make_service()
    typed = filled_in(client.get(address(service)))
    typed |= {name: [BAD[name]], "first_visit": ["長い長い文"], "go": ["save"]}
    answer = client.post(address(service), typed)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content.decode(), "html.parser")
    field = page.select_one(f"[name='{name}']")
    assert field is not None
    assert (field.text.strip() if field.name == "textarea" else field.get("value", "")) == BAD[name]
    assert page.select_one("[name=first_visit]").text.strip() == "長い長い文"
    assert page.select_one(".mend") is not None
    assert not FieldChange.objects.exists()
    assert Draft.objects.get().values["first_visit"] == ["長い長い文"]


def test_two_editors_see_both_values_and_lose_nothing(filled_in: Any):
    service = make_service(first_visit="もと")
    ada, ben = staff_client(actor("editor", id=ADA)), staff_client(actor("editor", id=BEN))
    for_ada, for_ben = (filled_in(one.get(address(service))) for one in (ada, ben))
    ada.post(address(service), {**for_ada, "first_visit": "朝から", "go": "save"})
    answer = ben.post(
        address(service), {**for_ben, "first_visit": "昼から", "role_text": "聞く", "go": "save"}
    )
    assert answer.status_code == 422
    assert "朝から" in text(answer)
    again = filled_in(answer)
    assert (again["first_visit"], again["role_text"]) == (["昼から"], ["聞く"])
    ben.post(address(service), {**again, "go": "save"})
    service.refresh_from_db()
    assert (service.first_visit, service.role_text) == ("昼から", "聞く")
    assert [one.old for one in FieldChange.objects.filter(field="first_visit").order_by("pk")]


def test_a_form_cut_off_on_its_way_saves_nothing(client: Client, filled_in: Any):
    service = make_service(first_visit="もと")
    typed = filled_in(client.get(address(service)))
    del typed["whole"]
    client.post(address(service), {**typed, "first_visit": "", "go": "save"})
    service.refresh_from_db()
    assert service.first_visit == "もと"


def test_one_more_row_keeps_all_that_was_typed(client: Client, filled_in: Any):
    service = make_service()
    typed = filled_in(client.get(address(service)))
    before = int(typed["schedules-0-exceptions-rows"][0])
    answer = client.post(
        address(service),
        {**typed, "first_visit": "書きかけ", "more": "schedules-0-exceptions"},
    )
    again = filled_in(answer)
    assert again["schedules-0-exceptions-rows"] == [str(before + 1)]
    assert again["first_visit"] == ["書きかけ"]
    assert Draft.objects.get().values["first_visit"] == ["書きかけ"]


def test_a_row_marked_to_go_is_gone(client: Client, filled_in: Any):
    service = make_service(phones=[{"number": "042-000-0001"}, {"number": "042-000-0002"}])
    typed = filled_in(client.get(address(service)))
    client.post(address(service), {**typed, "phones-0-gone": "on", "go": "save"})
    assert [one.number for one in service.phones.all()] == ["042-000-0002"]


def test_a_published_entry_keeps_its_when_to_use(client: Client, filled_in: Any):
    service = make_service()
    typed = filled_in(client.get(address(service)))
    answer = client.post(address(service), {**typed, "when_to_use": "", "go": "save"})
    assert answer.status_code == 422
    assert "使い時" in text(answer)


def test_a_draft_comes_back_and_says_so(client: Client, filled_in: Any):
    service = make_service()
    typed = filled_in(client.get(address(service)))
    values = {**typed, "first_visit": ["書きか"], "phones-1-number": ["042"]}
    kept = client.post(
        f"/staff/directory/drafts/{service.pk}/",
        json.dumps({"values": values, "page": "a", "count": 3}),
        content_type="application/json",
    )
    assert kept.status_code == 204
    answer = client.get(address(service))
    again = filled_in(answer)
    assert (again["first_visit"], again["phones-1-number"]) == (["書きか"], ["042"])
    assert "あなたの下書きです" in text(answer)
    assert filled_in(staff_client(actor("editor", id=BEN)).get(address(service)))[
        "first_visit"
    ] == [""]


def test_only_ones_own_wish_throws_a_draft_away(client: Client, filled_in: Any):
    service = make_service()
    typed = filled_in(client.get(address(service)))
    client.post(address(service), {**typed, "first_visit": "書きかけ", "go": "draft"})
    client.get(address(service))
    assert Draft.objects.count() == 1
    client.post(address(service), {"go": "discard"})
    assert filled_in(client.get(address(service)))["first_visit"] == [""]


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"values": {"a": "b"}, "page": "", "count": 1}', '{"values": {}, "page": 1, "count": 1}', '{"values": {}, "page": "a", "count": -1}']
)  # fmt: skip
def test_a_draft_of_another_shape_is_not_taken(client: Client, body: str):
    answer = client.post("/staff/directory/drafts/new/", body, content_type="application/json")
    assert answer.status_code == 400
    assert not Draft.objects.exists()


def test_a_new_entry_is_written_and_stays_unseen(client: Client, filled_in: Any):
    typed = filled_in(client.get("/staff/directory/new/"))
    typed |= {
        "organization_name": ["まどの会"],
        "name": ["土曜の居場所"],
        "kind": ["ibasho"],
        "areas": ["昭島市\n東京都"],
        "word_name": ["電話"],
        "go": ["save"],
    }
    answer = client.post("/staff/directory/new/", typed)
    service = Service.objects.get(name="土曜の居場所")
    assert answer["Location"] == f"/staff/directory/{service.pk}/?said=created"
    assert service.status == "draft"
    assert sorted(area.extent for area in service.areas.all()) == ["13", "132071"]


def test_an_organizations_editor_adds_to_it_only(filled_in: Any):
    own = make_service().organization
    client = staff_client(actor("editor", organization=own.pk))
    typed = filled_in(client.get("/staff/directory/new/"))
    assert typed["organization_name"] == ["見本市"]
    typed |= {"name": ["二つめ"], "word_name": ["電話"], "go": ["save"]}
    refused = client.post("/staff/directory/new/", {**typed, "organization_name": "よその会"})
    assert refused.status_code == 422
    assert not Organization.objects.filter(name="よその会").exists()
    assert client.post("/staff/directory/new/", typed).status_code == 302


def test_a_suggestion_becomes_an_edit_with_its_source(client: Client, filled_in: Any):
    service = make_service()
    suggestion = Suggestion.objects.create(
        service=service, kind="hours", text="朝は9時からです", language="ja", received_date="2026-11-20"
    )  # fmt: skip
    answer = client.get(f"{address(service)}?suggestion={suggestion.pk}")
    assert "朝は9時からです" in text(answer)
    typed = filled_in(answer)
    client.post(address(service), {**typed, "hours_prose": "朝9時から", "go": "save"})
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.settled_by) == ("applied", ADA)
    service.refresh_from_db()
    assert service.hours_prose == "朝9時から"
