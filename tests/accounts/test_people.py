"""Looking after people: roles, leaving, lost second steps; each within what one administers, all written down."""

import pytest
from django.test import Client
from django.utils import timezone

from madobe.accounts.actions import leaving
from madobe.accounts.actions.roles import NobodyWouldBeLeft, NotYoursToGive, set_roles
from madobe.accounts.models import StaffSession, User
from madobe.accounts.queries.people import people
from madobe.accounts.queries.seats import actor_of
from madobe.audit.models import AuditEvent
from madobe.directory.models import Organization
from tests.factories.accounts import AT, PASSWORD, code_now, give_app, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> User:
    user = make_user("admin@example.jp", roles=("admin",), name="見本 あおい")
    give_app(user)
    sign_in(client, user)
    return user


@pytest.fixture
def jun() -> User:
    user = make_user("jun@example.jp", roles=("verifier",), name="見本 じゅん")
    give_app(user)
    return user


@pytest.fixture
def ngo() -> Organization:
    return Organization.objects.create(name="見本の会")


def actions() -> list[str]:
    return list(AuditEvent.objects.values_list("action", flat=True))


def test_leaving_closes_every_open_page_at_once(client: Client, admin: User, jun: User):
    theirs = [Client(), Client()]
    for one in theirs:
        sign_in(one, jun)
        assert one.get("/staff/").status_code == 200
    client.post(f"/staff/people/{jun.pk}/leave/")
    assert [one.get("/staff/").status_code for one in theirs] == [302, 302]
    assert not StaffSession.objects.filter(user_id=jun.pk).exists()


def test_whoever_has_left_does_not_come_back_in(client: Client, admin: User, jun: User):
    client.post(f"/staff/people/{jun.pk}/leave/")
    other = Client()
    other.post("/accounts/sign-in/", {"login": jun.email, "password": PASSWORD})
    other.post("/accounts/sign-in/second/", {"code": code_now()})
    assert other.get("/staff/").status_code == 302
    jun.refresh_from_db()
    assert (jun.is_active, jun.name) == (False, "見本 じゅん")


def test_a_session_kept_from_before_opens_nothing(client: Client, admin: User, jun: User):
    """Even a session row that somebody saved and put back."""
    theirs = Client()
    sign_in(theirs, jun)
    kept = StaffSession.objects.get(user_id=jun.pk)
    client.post(f"/staff/people/{jun.pk}/leave/")
    kept.save(force_insert=True)
    assert theirs.get("/staff/").status_code == 302


def test_the_last_admin_stays(admin: User):
    with pytest.raises(NobodyWouldBeLeft):
        leaving.leave(user=admin, by=actor_of(admin), at=AT)
    with pytest.raises(NobodyWouldBeLeft):
        set_roles(user=admin, organization="", roles=["editor"], by=actor_of(admin), at=AT)
    admin.refresh_from_db()
    assert admin.is_active
    assert admin.memberships.get().role == "admin"


def test_roles_are_set_for_one_place_and_leave_the_others(
    client: Client, admin: User, jun: User, ngo: Organization
):
    client.post(
        f"/staff/people/{jun.pk}/roles/", {"place": "見本の会", "roles": ["editor", "organiser"]}
    )
    held = set(jun.memberships.values_list("role", "organization"))
    assert held == {("verifier", None), ("editor", ngo.pk), ("organiser", ngo.pk)}
    client.post(f"/staff/people/{jun.pk}/roles/", {"place": str(ngo.pk), "none": "yes"})
    assert set(jun.memberships.values_list("role", "organization")) == {("verifier", None)}
    event = AuditEvent.objects.filter(action="roles.set").last()
    assert event.detail == {
        "organization": str(ngo.pk),
        "before": ["editor", "organiser"],
        "after": [],
    }


def test_no_role_chosen_is_said_beside_the_boxes(client: Client, admin: User, jun: User):
    answer = client.post(f"/staff/people/{jun.pk}/roles/", {"place": ""})
    assert answer.status_code == 422
    assert "役割を一つ以上" in answer.content.decode()
    assert jun.memberships.get().role == "verifier"


def test_an_admin_of_one_organization_sees_its_people_only(
    client: Client, jun: User, ngo: Organization
):
    local = make_user("local@example.jp", roles=("admin",), organization=ngo, name="見本 ちか")
    theirs = make_user("theirs@example.jp", roles=("editor",), organization=ngo, name="見本 みどり")
    set_roles(
        user=theirs,
        organization="",
        roles=["officer"],
        by=actor_of(make_user("a@example.jp", roles=("admin",))),
        at=AT,
    )
    seen = people(actor_of(local))
    assert {user.pk for user in seen} == {local.pk, theirs.pk}
    assert {one.role for user in seen for one in user.memberships.all()} == {"admin", "editor"}
    give_app(local)
    sign_in(client, local)
    page = client.get("/staff/people/").content.decode()
    assert "見本 みどり" in page
    assert "見本 じゅん" not in page
    assert client.get(f"/staff/people/{jun.pk}/").status_code == 404
    assert client.post(f"/staff/people/{jun.pk}/leave/").status_code == 404


def test_an_admin_of_one_organization_closes_no_seat_that_reaches_further(ngo: Organization):
    local = make_user("local@example.jp", roles=("admin",), organization=ngo)
    theirs = make_user("theirs@example.jp", roles=("editor",), organization=ngo)
    set_roles(
        user=theirs,
        organization="",
        roles=["verifier"],
        by=actor_of(make_user("a@example.jp", roles=("admin",))),
        at=AT,
    )
    with pytest.raises(NotYoursToGive):
        leaving.leave(user=theirs, by=actor_of(local), at=AT)
    with pytest.raises(NotYoursToGive):
        set_roles(user=theirs, organization="", roles=[], by=actor_of(local), at=AT)


def test_somebody_who_lost_everything_chooses_again_and_the_password_stays_theirs(
    client: Client, admin: User, jun: User
):
    client.post(f"/staff/people/{jun.pk}/second-step/")
    other = Client()
    other.post("/accounts/sign-in/", {"login": jun.email, "password": PASSWORD})
    assert other.get("/accounts/second-step/").status_code == 200
    assert other.get("/staff/").status_code == 302


def test_a_link_to_a_new_password_leaves_the_second_step_in_place(
    client: Client, admin: User, jun: User
):
    page = client.post(f"/staff/people/{jun.pk}/password-link/").content.decode()
    path = page.split("http://testserver")[1].split("<")[0]
    other = Client()
    form = other.get(path)["Location"]
    new = "a word I will remember"
    other.post(form, {"password1": new})
    jun.refresh_from_db()
    assert jun.check_password(new)
    assert other.get("/staff/").status_code == 302
    assert (
        other.post("/accounts/sign-in/", {"login": jun.email, "password": new})["Location"]
        == "/accounts/sign-in/second/"
    )
    assert "古くなりました" in Client().get(path, follow=True).content.decode()


def test_looking_at_people_and_at_the_trail_is_written_down(client: Client, admin: User, jun: User):
    client.get("/staff/people/")
    client.get(f"/staff/people/{jun.pk}/")
    client.get("/staff/trail/?action=people")
    assert actions() == ["people.view", "person.view", "trail.view"]
    assert AuditEvent.objects.last().detail == {"action": "people"}
    assert AuditEvent.objects.get(action="person.view").record_id == str(jun.pk)


def test_the_trail_names_people_and_takes_odd_questions(client: Client, admin: User):
    client.get("/staff/people/")
    page = client.get("/staff/trail/").content.decode()
    assert "見本 あおい" in page
    for query in (
        "since=yesterday",
        "before=x",
        "before=-1",
        "by=" + "x" * 500,
        "before=99999999999999999999",
        "action=%00",
    ):
        assert client.get(f"/staff/trail/?{query}").status_code == 200, query


def test_the_trail_is_found_by_a_name(client: Client, admin: User, jun: User):
    client.get("/staff/people/")
    assert "people.view" in client.get("/staff/trail/?by=あおい").content.decode()
    assert "people.view" not in client.get("/staff/trail/?by=じゅん").content.decode()


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client: Client, admin: User):
    other = Client()
    sign_in(other, admin)
    client.post("/accounts/me/password/", {"password": "the wind over the hills"})
    assert client.get("/staff/").status_code == 200
    assert other.get("/staff/").status_code == 302
    assert "password.change" in actions()


def test_the_other_sessions_can_be_closed(client: Client, admin: User):
    other = Client()
    sign_in(other, admin)
    client.post("/accounts/me/sessions/")
    assert client.get("/staff/").status_code == 200
    assert other.get("/staff/").status_code == 302


def test_every_page_of_mine_opens(client: Client, admin: User, jun: User):
    for path in ("/staff/", "/accounts/me/", "/accounts/second-step/", "/accounts/second-step/app/",
                 "/accounts/second-step/sheet/", "/accounts/second-step/passkey/", "/accounts/me/password/",
                 "/staff/people/", "/staff/people/invite/", f"/staff/people/{jun.pk}/", "/staff/trail/", "/accounts/sign-out/"):  # fmt: skip
        assert client.get(path).status_code == 200, path


def test_two_people_may_not_share_an_address():
    from django.db import IntegrityError

    make_user("one@example.jp")
    with pytest.raises(IntegrityError):
        make_user("ONE@example.jp")


def test_leaving_says_when_and_by_whom(client: Client, admin: User, jun: User):
    client.post(f"/staff/people/{jun.pk}/leave/")
    jun.refresh_from_db()
    assert jun.left_by == admin.actor_id
    assert abs((timezone.now() - jun.left_at).total_seconds()) < 60
