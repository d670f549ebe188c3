"""Second steps: an app, a sheet of paper, each enough by itself; the last one stays."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from madobe.accounts.models import User
from madobe.audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, code_now, give_app, make_user, sign_in

pytestmark = pytest.mark.django_db
SHEET, APP, STEPS = (
    "/accounts/second-step/sheet/",
    "/accounts/second-step/app/",
    "/accounts/second-step/",
)


@pytest.fixture
def newcomer(client: Client) -> User:
    user = make_user()
    client.post("/accounts/sign-in/", {"login": user.email, "password": PASSWORD})
    return user


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li>(\d{5} \d{5})</li>", page)


def sheet_of(client: Client) -> list[str]:
    """Make a sheet, confirm it with its first code; the others are left."""
    codes = codes_on(client.get(SHEET).content.decode())
    assert client.post(SHEET, {"code": codes[0]}).status_code == 302
    return codes[1:]


def enter(code: str) -> Client:
    client = Client()
    client.post("/accounts/sign-in/", {"login": "hana@example.jp", "password": PASSWORD})
    client.post("/accounts/sign-in/second/", {"code": code})
    return client


def is_in(client: Client) -> bool:
    return client.get("/staff/").status_code == 200


def test_a_sheet_of_twenty_codes_can_be_the_only_second_step(client: Client, newcomer: User):
    left = sheet_of(client)
    assert is_in(client)
    assert len(left) == 19
    assert is_in(enter(left[0]))


def test_a_code_of_the_sheet_opens_once(client: Client, newcomer: User):
    left = sheet_of(client)
    enter(left[0])
    assert not is_in(enter(left[0]))


def test_with_a_sheet_the_password_alone_opens_nothing(client: Client, newcomer: User):
    sheet_of(client)
    other = Client()
    other.post("/accounts/sign-in/", {"login": "hana@example.jp", "password": PASSWORD})
    assert not is_in(other)
    assert other.get(STEPS).status_code == 302


def test_a_sheet_counts_only_when_one_of_its_codes_was_typed(client: Client, newcomer: User):
    """Whoever closed the page before printing it is not locked out."""
    client.get(SHEET)
    client.post(SHEET, {"code": "0000000000"})
    assert not Authenticator.objects.exists()
    assert client.get(STEPS).status_code == 200


def test_a_new_sheet_replaces_the_old(client: Client, newcomer: User):
    old = sheet_of(client)
    new = sheet_of(client)
    assert not is_in(enter(old[0]))
    assert is_in(enter(new[0]))


def test_the_codes_are_shown_once(client: Client, newcomer: User):
    left = sheet_of(client)
    page = client.get(STEPS).content.decode() + client.get(SHEET).content.decode()
    assert not any(code in page for code in left)


def test_the_codes_are_not_in_the_database(client: Client, newcomer: User):
    left = sheet_of(client)
    kept = str(Authenticator.objects.get().data)
    assert not any(code.replace(" ", "") in kept for code in left)


def test_an_app_is_set_up_by_one_right_code(client: Client, newcomer: User):
    page = client.get(APP).content.decode()
    secret = re.search(r'class="code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    assert client.post(APP, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    now = int(timezone.now().timestamp()) // 30
    client.post(APP, {"code": format_hotp_value(hotp_value(secret, now))})
    assert is_in(client)


def test_the_last_second_step_stays(client: Client, newcomer: User):
    sheet_of(client)
    factor = Authenticator.objects.get()
    client.post("/accounts/second-step/remove/", {"factor": factor.pk})
    assert Authenticator.objects.count() == 1


def test_one_of_two_can_be_removed(client: Client, newcomer: User):
    sheet_of(client)
    give_app(newcomer)
    sheet = Authenticator.objects.get(type="recovery_codes")
    client.post("/accounts/second-step/remove/", {"factor": sheet.pk})
    assert Authenticator.objects.get().type == "totp"
    assert client.get(STEPS).status_code == 200


def test_nobody_removes_the_second_step_of_somebody_else(client: Client, newcomer: User):
    sheet_of(client)
    other = give_app(make_user("jun@example.jp"))
    assert client.post("/accounts/second-step/remove/", {"factor": other.pk}).status_code == 404
    assert Authenticator.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    "path", [APP, SHEET, "/accounts/second-step/passkey/", "/accounts/me/password/"]
)
def test_changing_how_one_signs_in_asks_for_a_fresh_proof(client: Client, path: str):
    user = make_user()
    give_app(user)
    sign_in(client, user)
    session = client.session
    session["proved_at"] = (timezone.now() - timedelta(minutes=6)).timestamp()
    session.save()
    assert client.get(path).status_code == 403
    client.post(path, {"unlock": "get", "unlock_code": code_now()})
    assert client.get(path).status_code == 200


def test_adding_and_removing_are_written_down(client: Client, newcomer: User):
    sheet_of(client)
    give_app(newcomer)
    sheet = Authenticator.objects.get(type="recovery_codes")
    client.post("/accounts/second-step/remove/", {"factor": sheet.pk})
    written = AuditEvent.objects.filter(action__startswith="second_step").values_list(
        "action", "detail__kind"
    )
    assert list(written) == [
        ("second_step.add", "recovery_codes"),
        ("second_step.remove", "recovery_codes"),
    ]


def test_a_passkey_without_a_right_answer_is_not_kept(client: Client, newcomer: User):
    client.get("/accounts/second-step/passkey/")
    for credential in (
        "",
        "{}",
        "[]",
        '{"id": "x", "rawId": "eA", "type": "public-key", "response": {}}',
    ):
        answer = client.post(
            "/accounts/second-step/passkey/", {"name": "机", "credential": credential}
        )
        assert answer.status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "credential",
    ["", "{}", "[]", "null", '{"id": "x", "rawId": "eA", "response": {"userHandle": "eA"}}'],
)
def test_a_passkey_sign_in_without_a_right_answer_leads_back(client: Client, credential: str):
    make_user()
    client.get("/accounts/sign-in/passkey/", headers={"X-Requested-With": "XMLHttpRequest"})
    answer = client.post("/accounts/sign-in/passkey/", {"credential": credential})
    assert answer["Location"] == "/accounts/sign-in/?passkey"
