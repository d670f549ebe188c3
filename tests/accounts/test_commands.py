"""The first admin's link, and the codes of invented people."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from madobe.accounts.actions.inventing import PASSWORD, code_of, invent_people, invented
from madobe.accounts.models import Membership, User
from madobe.web.actions.installation import claim_for_demo
from madobe.web.models import Installation
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_the_first_admin_comes_in_by_a_printed_link(
    client: Client, capsys: pytest.CaptureFixture[str]
):
    call_command("invite", "hana@example.jp")
    link = capsys.readouterr().out.strip()
    assert link.startswith("http://localhost:8000/accounts/invitation/")
    client.post(
        urlsplit(link).path,
        {"name": "見本 はな", "language": "ja", "password": "hiroi-sora no shita de"},
    )
    assert Membership.objects.get().role == "admin"
    assert Membership.objects.get().granted_by == "command invite"


@pytest.mark.parametrize("address", ["hana", "hana@", "", "a b@example.jp"])
def test_an_address_that_is_none_is_said(address: str):
    with pytest.raises(CommandError, match=r"hana@example\.jp"):
        call_command("invite", address)


def test_somebody_who_works_here_is_not_invited_again_by_command():
    make_user("hana@example.jp")
    with pytest.raises(CommandError, match="works here already"):
        call_command("invite", "Hana@example.jp")


@pytest.fixture
def demo() -> None:
    claim_for_demo(at=AT.date())
    invent_people(by="demo", at=AT)


def test_invented_people_are_marked_and_have_the_roles_of_a_small_city(demo: None):
    assert all(user.is_invented and user.name.startswith("見本") for user in User.objects.all())
    held = sorted(Membership.objects.values_list("role", "organization__name"), key=str)
    assert held == sorted(
        [
            ("admin", None),
            ("editor", None),
            ("verifier", None),
            ("verifier", None),
            ("coordinator", None),
            ("counsellor", None),
            ("counsellor", None),
            ("editor", "見本 NPO 窓の会"),
        ],
        key=str,
    )


@pytest.mark.parametrize("name", ["hana", "hana@demo.example", "見本 はな", "はな"])
def test_the_code_of_an_invented_person_opens_the_door(
    demo: None, client: Client, capsys: pytest.CaptureFixture[str], name: str
):
    client.post("/accounts/sign-in/", {"login": "hana@demo.example", "password": PASSWORD})
    call_command("demo", "code", name)
    code = capsys.readouterr().out.strip()
    client.post("/accounts/sign-in/second/", {"code": code})
    assert client.get("/staff/people/").status_code == 200


def test_a_demo_shows_its_password_on_the_sign_in_page(demo: None, client: Client):
    assert PASSWORD in client.get("/accounts/sign-in/").content.decode()


@pytest.mark.parametrize("kind", [None, Installation.Kind.CENTRE])
def test_no_code_and_no_password_is_shown_by_a_real_installation(client: Client, kind: str | None):
    if kind:
        Installation.objects.create(kind=kind, created_date=AT.date())
    invent_people(by="tests", at=AT)
    with pytest.raises(CommandError, match="not a demo"):
        call_command("demo", "code", "hana")
    assert PASSWORD not in client.get("/accounts/sign-in/").content.decode()


def test_a_name_nobody_has_is_said_with_those_there_are(demo: None):
    with pytest.raises(CommandError, match="hana, kaoru, jun, makoto, nao, izumi, ao, midori"):
        call_command("demo", "code", "taro")


def test_codes_change_every_half_minute(demo: None):
    assert len({code_of("hana", at=AT.replace(second=second)) for second in (0, 29)}) == 1
    assert len({code_of("hana", at=AT.replace(minute=minute)) for minute in range(20)}) > 10
    assert len(invented()) == 8


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path):
    from config.kept_key import KeptKey

    first, second = (
        str(KeptKey(tmp_path / "var" / "secret.key")),
        str(KeptKey(tmp_path / "var" / "secret.key")),
    )
    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "var/secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret.key"]


def test_a_key_cut_short_stops_the_start_with_a_sentence(tmp_path: Path):
    from django.core.exceptions import ImproperlyConfigured

    from config.kept_key import KeptKey

    (tmp_path / "secret.key").write_text("short")
    with pytest.raises(ImproperlyConfigured, match="fewer than 50"):
        str(KeptKey(tmp_path / "secret.key"))
