"""A new password by mail restores signing in, and nothing else."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.factories.accounts import code_now, give_app, make_user

pytestmark = pytest.mark.django_db
FORGOTTEN = "/accounts/forgotten/"
NEW = "a word I will remember"


@pytest.fixture(autouse=True)
def _mail(settings) -> None:
    settings.MAIL = True


def mailed_path() -> str:
    return re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]  # type: ignore[index]


def test_a_mailed_link_sets_a_new_password_and_the_second_step_still_follows(client: Client):
    give_app(make_user())
    client.post(FORGOTTEN, {"email": "hana@example.jp"})
    form = client.get(mailed_path())["Location"]
    assert client.post(form, {"password1": NEW}).status_code == 302
    assert client.get("/staff/").status_code == 302
    answer = client.post("/accounts/sign-in/", {"login": "hana@example.jp", "password": NEW})
    assert answer["Location"] == "/accounts/sign-in/second/"
    client.post("/accounts/sign-in/second/", {"code": code_now()})
    assert client.get("/staff/").status_code == 200


def test_a_short_password_is_said_and_not_taken(client: Client):
    give_app(make_user())
    client.post(FORGOTTEN, {"email": "hana@example.jp"})
    form = client.get(mailed_path())["Location"]
    assert "15文字以上" in client.post(form, {"password1": "short"}).content.decode()


def test_an_unknown_address_gets_the_same_page_and_no_mail(client: Client):
    give_app(make_user())
    unknown = client.post(FORGOTTEN, {"email": "nobody@example.jp"})
    assert mail.outbox == []
    known = client.post(FORGOTTEN, {"email": "hana@example.jp"})
    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])
    assert [message.to for message in mail.outbox] == [["hana@example.jp"]]


def test_without_a_mail_server_the_page_says_whom_to_ask(client: Client, settings):
    settings.MAIL = False
    assert "管理している人に声をかける" in client.get(FORGOTTEN).content.decode()


def test_a_link_is_worth_nothing_after_it_was_used(client: Client):
    give_app(make_user())
    client.post(FORGOTTEN, {"email": "hana@example.jp"})
    path = mailed_path()
    client.post(client.get(path)["Location"], {"password1": NEW})
    assert "古くなりました" in Client().get(path).content.decode()


def test_many_attempts_rest_with_a_gentle_page(client: Client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _ in range(2):
        client.post("/accounts/sign-in/", {"login": "a@example.jp", "password": "x"})
    answer = client.post("/accounts/sign-in/", {"login": "a@example.jp", "password": "x"})
    assert answer.status_code == 429
    assert "少し間をおいています" in answer.content.decode()
