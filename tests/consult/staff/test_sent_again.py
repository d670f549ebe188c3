"""The same form sent again: the same words once, other words are kept and nothing of them is said to have gone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from madobe.consult.actions.staff.answers import Draft, OtherWordsWent, answer_later, reply
from madobe.consult.models import StaffDraft
from madobe.consult.times import day_of
from tests.factories.answering import MORNING, Person, send
from tests.factories.doors import texts

pytestmark = pytest.mark.django_db


def test_the_same_words_go_once(hana: Person):
    sent, draft = send("お便り"), Draft(uuid4(), 1, "お返事")
    given = {"hand": hana.hand, "thread_id": sent.id, "draft": draft, "at": MORNING}
    assert (reply(**given), reply(**given)) == (True, False)
    assert texts(hana, sent.id) == ["お便り", "お返事"]


def test_corrected_words_are_not_said_to_have_gone_and_stand_in_the_box(hana: Person):
    sent, client = send("お便り"), hana.client()
    said = {"go": "send", "message": str(uuid4()), "seen": 1, "version": 0}
    path = f"/staff/talk/{sent.id}/answer/"
    client.post(path, said | {"text": "はじめの文"}, follow=True)
    page = client.post(path, said | {"text": "直した文。大事な一行"}, follow=True).content.decode()
    assert "お返事を送りました" not in page
    box = BeautifulSoup(page, "html.parser").find("textarea", id="text")
    assert box.string.strip() == "直した文。大事な一行"
    assert texts(hana, sent.id) == ["お便り", "はじめの文"]
    form = box.find_parent("form")
    fresh = {one["name"]: one["value"] for one in form.find_all("input", type="hidden")}
    client.post(path, fresh | {"go": "send", "text": "直した文。大事な一行"})
    assert texts(hana, sent.id) == ["お便り", "はじめの文", "直した文。大事な一行"]
    assert StaffDraft.objects.count() == 0


def test_another_day_from_the_same_form_is_not_said_to_have_been_told(hana: Person):
    sent, key = send("お便り"), uuid4()
    given = {"hand": hana.hand, "thread_id": sent.id, "message": key, "at": MORNING}
    first = answer_later(**given, day=day_of(MORNING) + timedelta(days=3))
    with pytest.raises(OtherWordsWent):
        answer_later(**given, day=day_of(MORNING) + timedelta(days=4))
    assert sent.row.reply_by == first
