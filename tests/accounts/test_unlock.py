"""Idle for a quarter of an hour: one proof, and everything typed goes on. After eight hours: both steps."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from madobe.accounts.models import User
from madobe.audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, code_now, give_app, make_user, sign_in

pytestmark = pytest.mark.django_db
ME = "/accounts/me/"
TYPED = {"name": "見本 さくら", "language": "ja"}


@pytest.fixture
def hana() -> User:
    user = make_user(roles=("admin",))
    give_app(user)
    return user


def there_for(
    client: Client, user: User, *, idle: timedelta, since: timedelta | None = None
) -> None:
    """Somebody who signed in `since` ago and was last seen `idle` ago."""
    now = timezone.now()
    sign_in(client, user, at=now - (since or idle))
    session = client.session
    session["seen_at"] = (now - idle).timestamp()
    session.save()


def test_fourteen_minutes_are_no_absence(client: Client, hana: User):
    there_for(client, hana, idle=timedelta(minutes=14))
    assert client.get(ME).status_code == 200


def test_after_a_quarter_of_an_hour_the_page_asks_for_one_proof(client: Client, hana: User):
    there_for(client, hana, idle=timedelta(minutes=15, seconds=1))
    answer = client.get(ME)
    assert answer.status_code == 403
    assert 'name="unlock_password"' in answer.content.decode()
    assert hana.email not in answer.content.decode()


@pytest.mark.parametrize("proof", ["password", "code"])
def test_one_proof_opens_the_page_that_was_asked_for(client: Client, hana: User, proof: str):
    there_for(client, hana, idle=timedelta(hours=1))
    shown = {"unlock_password": PASSWORD} if proof == "password" else {"unlock_code": code_now()}
    answer = client.post(f"{ME}?x=1", {"unlock": "get", **shown})
    assert answer["Location"] == f"{ME}?x=1"
    assert client.get(ME).status_code == 200


def test_a_page_that_is_only_looked_at_opens_too(client: Client, hana: User):
    there_for(client, hana, idle=timedelta(hours=1))
    answer = client.post("/staff/trail/?page=1", {"unlock": "get", "unlock_password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/staff/trail/?page=1")
    assert client.get("/staff/trail/").status_code == 200


def test_a_proof_sent_after_another_page_was_unlocked_leads_on(client: Client, hana: User):
    there_for(client, hana, idle=timedelta(minutes=1))
    answer = client.post("/staff/trail/", {"unlock": "get", "unlock_password": PASSWORD})
    assert answer["Location"] == "/staff/trail/"


def test_what_was_typed_stands_on_the_unlock_page_and_is_taken_after_it(client: Client, hana: User):
    there_for(client, hana, idle=timedelta(hours=1))
    page = client.post(ME, TYPED | {"note": 'two\nlines & "marks"'}).content.decode()
    assert '<textarea name="name" hidden>\n見本 さくら</textarea>' in page
    assert "two\nlines &amp; &quot;marks&quot;" in page
    client.post(ME, TYPED | {"unlock": "post", "unlock_password": PASSWORD})
    hana.refresh_from_db()
    assert hana.name == "見本 さくら"


def test_a_wrong_proof_keeps_what_was_typed(client: Client, hana: User):
    there_for(client, hana, idle=timedelta(hours=1))
    answer = client.post(ME, TYPED | {"unlock": "post", "unlock_password": "not the one I meant"})
    assert answer.status_code == 403
    assert "見本 さくら" in answer.content.decode()
    hana.refresh_from_db()
    assert hana.name == "見本 はな"


def test_no_proof_at_all_says_what_opens(client: Client, hana: User):
    there_for(client, hana, idle=timedelta(hours=1))
    assert "どれか一つを入れると" in client.post(ME, {"unlock": "get"}).content.decode()


def test_after_eight_hours_a_password_alone_is_not_enough(client: Client, hana: User):
    there_for(client, hana, idle=timedelta(minutes=1), since=timedelta(hours=8, seconds=1))
    assert client.get(ME).status_code == 403
    for part in ({"unlock_password": PASSWORD}, {"unlock_code": code_now()}):
        page = client.post(ME, TYPED | {"unlock": "post"} | part)
        assert page.status_code == 403
    hana.refresh_from_db()
    assert hana.name == "見本 はな"


def test_after_eight_hours_both_steps_begin_a_new_day_with_what_was_typed(
    client: Client, hana: User
):
    there_for(client, hana, idle=timedelta(minutes=1), since=timedelta(hours=8, seconds=1))
    both = {"unlock": "post", "unlock_password": PASSWORD, "unlock_code": code_now()}
    client.post(ME, TYPED | both)
    hana.refresh_from_db()
    assert hana.name == "見本 さくら"
    assert client.get(ME).status_code == 200


def test_unlocking_is_written_down(client: Client, hana: User):
    there_for(client, hana, idle=timedelta(hours=1))
    client.post(ME, {"unlock": "get", "unlock_password": PASSWORD})
    event = AuditEvent.objects.get(action="unlock")
    assert (event.by, event.detail) == (hana.actor_id, {"shown": "password"})


def test_guessing_at_the_lock_rests_after_five(client: Client, hana: User):
    there_for(client, hana, idle=timedelta(hours=1))
    for _ in range(5):
        client.post(ME, {"unlock": "get", "unlock_password": "not the one I meant"})
    page = client.post(ME, {"unlock": "get", "unlock_password": PASSWORD})
    assert "5分ほどしてから" in page.content.decode()


def test_a_locked_page_that_is_not_theirs_is_still_absent(client: Client):
    user = make_user("jun@example.jp", roles=("editor",))
    give_app(user)
    there_for(client, user, idle=timedelta(hours=1))
    assert client.get("/staff/people/").status_code == 404


def test_being_there_keeps_the_page_open_and_a_page_by_itself_does_not(client: Client, hana: User):
    there_for(client, hana, idle=timedelta(minutes=10))
    client.get(ME, headers={"X-Madobe-Background": "1"})
    assert _seen(client) < timezone.now() - timedelta(minutes=9)
    client.get(ME)
    assert _seen(client) > timezone.now() - timedelta(minutes=1)


def test_what_a_page_sends_by_itself_while_locked_gets_no_page(client: Client, hana: User):
    there_for(client, hana, idle=timedelta(hours=1))
    answer = client.post(ME, TYPED, headers={"X-Madobe-Background": "1"})
    assert (answer.status_code, answer.content) == (403, b"")


def _seen(client: Client) -> datetime:
    return datetime.fromtimestamp(client.session["seen_at"], tz=timezone.get_current_timezone())
