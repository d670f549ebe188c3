"""Coming in: a password and a second step, each of which stops whoever has not got it."""

import pytest
from django.test import Client

from madobe.accounts.models import StaffSession
from madobe.audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, code_now, give_app, make_user

pytestmark = pytest.mark.django_db

DOOR = "/accounts/sign-in/"
SECOND = "/accounts/sign-in/second/"


def password(client: Client, email: str = "hana@example.jp", word: str = PASSWORD, **more):
    return client.post(DOOR, {"login": email, "password": word, **more})


def test_a_password_and_a_code_open_the_door(client: Client):
    give_app(make_user())
    assert password(client)["Location"] == SECOND
    answer = client.post(SECOND, {"code": code_now()})
    assert answer["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200


def test_a_password_alone_opens_nothing_where_there_is_a_second_step(client: Client):
    give_app(make_user())
    password(client)
    assert client.get("/staff/")["Location"].startswith(DOOR)
    assert client.get("/accounts/second-step/app/")["Location"].startswith(DOOR)


def test_a_wrong_password_says_so_gently_and_keeps_the_address(client: Client):
    give_app(make_user())
    page = password(client, word="not the one I meant").content.decode()
    assert "組み合わせが見つかりませんでした" in page
    assert "hana@example.jp" in page


def test_an_unknown_address_gets_the_same_words_as_a_wrong_password(client: Client):
    make_user()
    known = password(client, word="not the one I meant").content.decode()
    unknown = password(client, email="somebody@example.jp").content.decode()
    assert "組み合わせが見つかりませんでした" in known
    assert "組み合わせが見つかりませんでした" in unknown


def test_a_wrong_code_does_not_open(client: Client):
    give_app(make_user())
    password(client)
    page = client.post(SECOND, {"code": "000000"}).content.decode()
    assert "その番号では開きませんでした" in page
    assert client.get("/staff/").status_code == 302


def test_a_code_typed_in_full_width_with_a_space_is_understood(client: Client):
    give_app(make_user())
    password(client)
    wide = code_now().translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert client.post(SECOND, {"code": f"{wide[:3]}　{wide[3:]}"}).status_code == 302


def test_a_code_opens_once(client: Client):
    give_app(make_user())
    password(client)
    code = code_now()
    client.post(SECOND, {"code": code})
    other = Client()
    password(other)
    assert other.post(SECOND, {"code": code}).status_code == 200


def test_after_the_password_somebody_without_a_second_step_can_only_set_one_up(client: Client):
    make_user(roles=("admin",))
    password(client)
    assert client.get("/staff/people/")["Location"] == "/accounts/second-step/"
    assert client.get("/accounts/second-step/").status_code == 200
    assert client.get("/accounts/me/").status_code != 200


def test_sign_in_leads_to_the_page_that_was_asked_for(client: Client):
    give_app(make_user(roles=("admin",)))
    asked = client.get("/staff/people/")["Location"]
    assert asked == f"{DOOR}?next=%2Fstaff%2Fpeople%2F"
    password(client, next="/staff/people/")
    assert client.post(SECOND, {"code": code_now()})["Location"] == "/staff/people/"


def test_sign_in_leads_nowhere_outside(client: Client):
    give_app(make_user())
    password(client, next="https://example.com/")
    assert client.post(SECOND, {"code": code_now()})["Location"] == "/staff/"


def test_five_wrong_passwords_rest_for_a_while(client: Client):
    give_app(make_user())
    for _ in range(5):
        password(client, word="not the one I meant")
    page = password(client).content.decode()
    assert "5分ほどしてから" in page


def test_sign_ins_and_refusals_are_written_down(client: Client):
    user = make_user()
    give_app(user)
    password(client, word="not the one I meant")
    password(client)
    client.post(SECOND, {"code": "000000"})
    client.post(SECOND, {"code": code_now()})
    client.post("/accounts/sign-out/")
    written = AuditEvent.objects.values_list("action", "by", "detail")
    assert [(action, by) for action, by, _ in written] == [
        ("sign_in.refused", "door"),
        ("sign_in.refused", "door"),
        ("sign_in", user.actor_id),
        ("sign_out", user.actor_id),
    ]
    assert [detail.get("step") for _, _, detail in written[:2]] == ["password", "second"]


def test_signing_out_ends_the_session(client: Client):
    give_app(make_user())
    password(client)
    client.post(SECOND, {"code": code_now()})
    client.post("/accounts/sign-out/")
    assert client.get("/staff/").status_code == 302
    assert not StaffSession.objects.filter(user_id__isnull=False).exists()


def test_a_second_open_session_is_said(client: Client):
    give_app(make_user())
    password(client)
    client.post(SECOND, {"code": code_now()})
    other = Client()
    password(other)
    other.post(SECOND, {"code": code_now(1)})
    assert "ほかにも、あなたの名前で開いているところ" in other.get("/staff/").content.decode()


@pytest.mark.parametrize(
    "path", ["signup/", "sign-up/", "login/", "password/set/", "email/", "2fa/"]
)
def test_nobody_registers_themselves_and_the_library_has_no_door_of_its_own(
    client: Client, path: str
):
    assert client.get(f"/accounts/{path}").status_code == 404
