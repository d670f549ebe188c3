"""A link lets one person in, once, for what the one who sent it administers."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from madobe.accounts.actions import inviting
from madobe.accounts.actions.roles import NotYoursToGive
from madobe.accounts.models import Invitation, User
from madobe.accounts.queries.seats import actor_of
from madobe.audit.models import AuditEvent
from madobe.directory.models import Organization
from tests.factories.accounts import AT, PASSWORD, code_now, give_app, make_user, sign_in

pytestmark = pytest.mark.django_db
NEW = {"name": "見本 かおる", "language": "ja", "password": "yama no mukou no sora"}


@pytest.fixture
def admin() -> User:
    user = make_user("admin@example.jp", roles=("admin",))
    give_app(user)
    return user


@pytest.fixture
def ngo() -> Organization:
    return Organization.objects.create(name="見本の会")


def link(invitation: Invitation) -> str:
    return f"/accounts/invitation/{inviting.token_of(invitation)}/"


def invited(admin: User, **more) -> Invitation:
    told = {"email": "kaoru@example.jp", "roles": ["editor"]} | more
    return inviting.invite(by=actor_of(admin), at=timezone.now(), **told)


def test_an_invited_person_sets_a_password_and_then_a_second_step(client: Client, admin: User):
    path = link(invited(admin))
    assert client.get(path).status_code == 200
    answer = client.post(path, NEW)
    assert answer["Location"] == "/accounts/second-step/"
    assert client.get("/staff/")["Location"] == "/accounts/second-step/"
    user = User.objects.get(email="kaoru@example.jp")
    assert user.check_password(NEW["password"])
    assert list(user.memberships.values_list("role", "organization")) == [("editor", None)]


def test_a_link_opens_once(client: Client, admin: User):
    path = link(invited(admin))
    client.post(path, NEW)
    with pytest.raises(inviting.LinkIsNoLongerOpen):
        inviting.invitation_of(path.split("/")[-2], at=timezone.now())
    other = Client()
    other.post(path, NEW | {"password": "quite another word here"})
    assert User.objects.get(email="kaoru@example.jp").check_password(NEW["password"])


@pytest.mark.parametrize(("days", "status"), [(13, 200), (14, 410)])
def test_a_link_lasts_fourteen_days(client: Client, admin: User, days: int, status: int):
    invitation = inviting.invite(
        email="kaoru@example.jp",
        roles=["editor"],
        by=actor_of(admin),
        at=timezone.now() - timedelta(days=days),
    )
    assert client.get(link(invitation)).status_code == status


def test_a_link_taken_back_is_closed(client: Client, admin: User):
    invitation = invited(admin)
    sign_in(client, admin)
    client.post(f"/staff/people/invite/{invitation.pk}/close/")
    assert Client().get(link(invitation)).status_code == 410


def test_a_second_link_for_the_same_place_replaces_the_first(admin: User):
    first, second = invited(admin), invited(admin)
    assert Client().get(link(first)).status_code == 410
    assert Client().get(link(second)).status_code == 200


@pytest.mark.parametrize("token", ["x", "IjEi:1xWT:abc", "a" * 500])
def test_a_made_up_link_is_closed(client: Client, token: str):
    assert client.get(f"/accounts/invitation/{token}/").status_code == 410


@pytest.mark.parametrize(
    "word",
    ["short word", "passwordpassword", "aaaaaaaaaaaaaaaa", "123456789012345", "qwertyuiopasdfg"],
)
def test_a_password_everybody_tries_is_not_taken_and_the_name_stays(
    client: Client, admin: User, word: str
):
    answer = client.post(link(invited(admin)), NEW | {"password": word})
    assert answer.status_code == 200
    assert "見本 かおる" in answer.content.decode()
    assert not User.objects.filter(email="kaoru@example.jp").exists()


@pytest.mark.parametrize(
    "word", ["fifteen letters", "すこし ながい ことば を えらぶ", "correct horse battery staple"]
)
def test_any_other_long_password_is_taken(client: Client, admin: User, word: str):
    assert client.post(link(invited(admin)), NEW | {"password": word}).status_code == 302


def test_an_admin_of_one_organization_invites_for_that_one_only(ngo: Organization):
    local = make_user(roles=("admin",), organization=ngo)
    other = Organization.objects.create(name="ほかの会")
    actor = actor_of(local)
    inviting.invite(
        email="a@example.jp", roles=["editor"], organization=str(ngo.pk), by=actor, at=AT
    )
    for place in ("", str(other.pk)):
        with pytest.raises(NotYoursToGive):
            inviting.invite(
                email="a@example.jp", roles=["editor"], organization=place, by=actor, at=AT
            )


@pytest.mark.parametrize("role", ["editor", "verifier", "coordinator", "officer"])
def test_nobody_but_an_admin_invites(role: str):
    with pytest.raises(NotYoursToGive):
        inviting.invite(
            email="a@example.jp", roles=["editor"], by=actor_of(make_user(roles=(role,))), at=AT
        )


def test_without_a_mail_server_the_link_is_shown_to_hand_over(client: Client, admin: User):
    sign_in(client, admin)
    page = client.post(
        "/staff/people/invite/",
        {"email": "Kaoru@example.jp", "roles": ["editor"], "language": "ja"},
    )
    assert f"http://testserver{link(Invitation.objects.get())}" in page.content.decode()
    assert Invitation.objects.get().email == "kaoru@example.jp"


def test_with_a_mail_server_the_link_goes_to_the_person_alone(
    client: Client, admin: User, settings
):
    settings.MAIL = True
    sign_in(client, admin)
    page = client.post(
        "/staff/people/invite/",
        {"email": "kaoru@example.jp", "roles": ["editor"], "language": "ja"},
    )
    assert mail.outbox[0].to == ["kaoru@example.jp"]
    assert link(Invitation.objects.get()) in mail.outbox[0].body
    assert link(Invitation.objects.get()) not in page.content.decode()


def test_an_organization_is_found_by_its_name(client: Client, admin: User, ngo: Organization):
    sign_in(client, admin)
    client.post(
        "/staff/people/invite/",
        {"email": "a@example.jp", "roles": ["editor"], "language": "ja", "place": "見本の会"},
    )
    assert Invitation.objects.get().organization == ngo


def test_an_organization_nobody_knows_is_said_and_what_was_typed_stays(client: Client, admin: User):
    sign_in(client, admin)
    page = client.post(
        "/staff/people/invite/",
        {"email": "a@example.jp", "roles": ["editor"], "language": "ja", "place": "どこかの会"},
    ).content.decode()
    assert "「どこかの会」という団体は見つかりませんでした" in page
    assert "a@example.jp" in page
    assert not Invitation.objects.exists()


def test_two_organizations_of_one_name_ask_which(client: Client, admin: User, ngo: Organization):
    other = Organization.objects.create(name="見本の会", corporate_number="1234567890123")
    sign_in(client, admin)
    told = {"email": "a@example.jp", "roles": ["editor"], "language": "ja"}
    page = client.post("/staff/people/invite/", told | {"place": "見本の会"}).content.decode()
    assert str(ngo.pk) in page
    client.post("/staff/people/invite/", told | {"place": str(other.pk)})
    assert Invitation.objects.get().organization == other


def test_somebody_who_works_here_takes_up_a_new_role_as_themselves(
    client: Client, admin: User, ngo: Organization
):
    kaoru = make_user("kaoru@example.jp")
    give_app(kaoru)
    path = link(invited(admin, organization=str(ngo.pk)))
    assert client.get(path)["Location"].startswith("/accounts/sign-in/")
    sign_in(client, kaoru)
    client.post(path)
    assert list(kaoru.memberships.values_list("role", "organization")) == [("editor", ngo.pk)]


def test_somebody_idle_unlocks_first_and_then_takes_up_the_role(client: Client, admin: User):
    kaoru = make_user("kaoru@example.jp")
    give_app(kaoru)
    path = link(invited(admin))
    sign_in(client, kaoru, at=timezone.now() - timedelta(hours=1))
    assert client.get(path).status_code == 403
    client.post(path, {"unlock": "get", "unlock_password": PASSWORD})
    assert client.get(path).status_code == 200
    client.post(path)
    assert kaoru.memberships.get().role == "editor"


def test_somebody_without_a_second_step_sets_one_up_first(client: Client, admin: User):
    sign_in(client, make_user("kaoru@example.jp"), second_step="")
    assert client.get(link(invited(admin)))["Location"] == "/accounts/second-step/"


def test_nobody_takes_up_the_link_of_somebody_else(client: Client, admin: User):
    make_user("kaoru@example.jp")
    jun = make_user("jun@example.jp")
    give_app(jun)
    sign_in(client, jun)
    assert client.post(link(invited(admin))).status_code == 410
    assert not jun.memberships.exists()


def test_inviting_and_accepting_are_written_down(client: Client, admin: User):
    client.post(link(invited(admin)), NEW)
    written = AuditEvent.objects.filter(action__startswith="invitation").values_list("action", "by")
    kaoru = User.objects.get(email="kaoru@example.jp")
    assert list(written) == [
        ("invitation.send", admin.actor_id),
        ("invitation.accept", kaoru.actor_id),
    ]


def test_the_new_person_comes_back_with_password_and_code(client: Client, admin: User):
    client.post(link(invited(admin)), NEW)
    give_app(User.objects.get(email="kaoru@example.jp"))
    other = Client()
    other.post("/accounts/sign-in/", {"login": "kaoru@example.jp", "password": NEW["password"]})
    other.post("/accounts/sign-in/second/", {"code": code_now()})
    assert other.get("/staff/").status_code == 200
    assert NEW["password"] != PASSWORD
