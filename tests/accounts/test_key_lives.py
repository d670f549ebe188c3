"""People join, leave and forget; keys are made anew, and nobody who has gone opens anything more."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from madobe.accounts.actions.keys import house, lives, renewing
from madobe.accounts.actions.leaving import leave
from madobe.accounts.actions.roles import set_roles
from madobe.accounts.key_tasks import count_waiting, held_by_few
from madobe.accounts.models import KeyTask, KeyWish, StaffSession, User
from madobe.accounts.queries.seats import actor_of
from madobe.audit.models import AuditEvent
from madobe.desks.models import Desk
from madobe.lib.actor import Actor
from madobe.vault import registry
from madobe.vault.actions.cases import shred_case
from madobe.vault.actions.groups import make_group
from madobe.vault.actions.recovery import recovery_keyring
from madobe.vault.choices import Holder
from madobe.vault.holders import HOUSE, CaseIsGone, holder, members_of
from madobe.vault.models import Grant, GroupSeal, HolderKey
from tests.desks.calendars import make_desk
from tests.factories.accounts import AT, give_app, make_user, sign_in
from tests.factories.keys import (
    WORDS,
    desk_group,
    keyring_of,
    make_case,
    make_reader,
    open_key,
    opens,
)

pytestmark = pytest.mark.django_db
PAGE = "/staff/keys/"
NEW = "ame no hi no machiaishitsu"


@pytest.fixture
def admin() -> User:
    user = make_user("kanri@example.jp", roles=("admin",), name="見本 かんり")
    give_app(user)
    return user


@pytest.fixture
def jun() -> User:
    return make_reader("jun@example.jp", name="見本 じゅん")


@pytest.fixture
def nao() -> User:
    return make_reader("nao@example.jp", name="見本 なお")


@pytest.fixture
def umi() -> User:
    return make_reader("umi@example.jp", name="見本 うみ")


@pytest.fixture
def desk(jun: User, nao: User) -> Desk:
    """A desk whose key two people hold."""
    made = make_desk()
    keys = [keyring_of(user).holder for user in (jun, nao)]
    make_group(owner=f"desk:{made.pk}", members=keys, at=AT)
    return made


def by(user: User) -> Actor:
    return actor_of(user)


def gone(user: User, admin: User) -> None:
    leave(user=user, by=by(admin), at=AT)


def renew_all(user: User) -> renewing.Renewed:
    return renewing.renew_some(keyring=keyring_of(user), by=by(user), at=AT, most=5000)


def seated(user: User) -> Client:
    client = Client()
    open_key(client, user)
    return client


# --- leaving ----------------------------------------------------------------------------------------------


def test_whoever_leaves_opens_nothing_from_that_moment(
    admin: User, jun: User, nao: User, desk: Desk
):
    held, arrived = make_case(jun, nao), make_case(desk_group(desk))
    keyring = keyring_of(jun)
    gone(jun, admin)
    after = make_case(desk_group(desk), nao)
    assert keyring.open_all([held, arrived, after]) == {}
    assert not GroupSeal.objects.filter(member=keyring.holder).exists()
    assert HolderKey.objects.get(pk=keyring.holder.pk).locked is None


def test_a_copy_of_their_key_and_of_yesterdays_seals_opens_nothing_new(
    admin: User, jun: User, nao: User, desk: Desk
):
    """Seals and key copied before leaving: what arrives afterwards is sealed to another key."""
    keyring, old = keyring_of(jun), desk_group(desk)
    copied = list(GroupSeal.objects.filter(member=keyring.holder).values("group_id", "blob"))
    gone(jun, admin)
    arrived = make_case(desk_group(desk))
    for row in copied:
        GroupSeal.objects.create(member=keyring.holder, **row)
    assert old.pk in keyring.private_keys()
    assert not opens(keyring, arrived)
    assert opens(keyring_of(nao), arrived)


def test_requests_on_their_way_end_nowhere(admin: User, jun: User, nao: User, desk: Desk):
    """A request that passed the door before, with the key in its hands, and those that come after."""
    client, case = seated(jun), make_case(jun, nao)
    on_its_way = keyring_of(jun)
    cookies = client.cookies.output()
    gone(jun, admin)
    assert on_its_way.open_all([case]) == {}
    assert StaffSession.objects.filter(user_id=jun.pk).count() == 0
    answers = [client.get(where).status_code for where in (PAGE, "/accounts/keys/")]
    assert "madobe-keys" in cookies
    assert answers == [302, 302]


def test_cases_of_whoever_left_want_a_new_key_and_get_one(
    admin: User, jun: User, nao: User, umi: User, desk: Desk
):
    shared = [make_case(jun, nao) for _ in range(3)]
    arrived = [make_case(desk_group(desk)) for _ in range(2)]
    alone = make_case(nao, umi)
    before = {case: keyring_of(nao).open(case).key for case in (*shared, *arrived)}
    gone(jun, admin)
    assert count_waiting() == 5
    assert renew_all(nao) == renewing.Renewed(done=5, left=0, odd=0)
    now = keyring_of(nao).open_all([*shared, *arrived])
    assert [now[case].of.generation for case in before] == [2] * 5
    assert all(now[case].key != key for case, key in before.items())
    assert keyring_of(nao).open(alone).of.generation == 1


def test_without_a_new_key_a_copy_would_still_open(admin: User, jun: User, nao: User):
    """Negative control: what a leaver copied opens the case as long as nobody has given it a new key."""
    case, keyring = make_case(jun, nao), keyring_of(jun)
    copied = Grant.objects.filter(holder=keyring.holder).values("case", "holder_id", "blob").get()
    gone(jun, admin)
    Grant.objects.create(**copied)
    assert opens(keyring, case)
    Grant.objects.filter(holder=keyring.holder).delete()
    renew_all(nao)
    Grant.objects.create(**copied)
    assert not opens(keyring, case) or keyring.open(case).key != keyring_of(nao).open(case).key


def test_the_house_on_paper_opens_a_case_with_its_new_key(admin: User, jun: User, nao: User):
    sheets = house.make_sheets(by=by(admin), at=AT)
    paper = holder(Holder.RECOVERY, HOUSE)
    assert paper is not None
    case = make_case(jun, nao, paper)
    gone(jun, admin)
    renew_all(nao)
    assert recovery_keyring(sheets[:2]).open(case).key == keyring_of(nao).open(case).key


def test_a_case_is_locked_before_it_is_opened(
    admin: User, jun: User, nao: User, monkeypatch: pytest.MonkeyPatch
):
    case = make_case(jun, nao)
    gone(jun, admin)
    seen: list[tuple[UUID, int]] = []

    def lock(one: UUID) -> None:
        seen.append((one, Grant.objects.get(case=one).generation))

    monkeypatch.setattr(registry, "_locks", [])
    registry.register_lock(lock)
    registry.register_lock(lock)  # twice is once
    renew_all(nao)
    assert seen == [(case, 1)]


def test_a_case_that_was_erased_meanwhile_waits_no_more(
    admin: User, jun: User, nao: User, monkeypatch: pytest.MonkeyPatch
):
    case, other = make_case(jun, nao), make_case(jun, nao)
    gone(jun, admin)

    def erased(one: UUID) -> None:
        if one == case:
            raise CaseIsGone

    monkeypatch.setattr(registry, "_locks", [erased])
    assert renew_all(nao).done == 1
    assert not KeyTask.objects.exists()
    assert keyring_of(nao).open(other).of.generation == 2


def test_one_press_does_some_and_says_how_many_are_left(admin: User, jun: User, nao: User):
    for _ in range(7):
        make_case(jun, nao)
    gone(jun, admin)
    client = seated(nao)
    page = client.get(PAGE).content.decode()
    assert "7件が新しい鍵を待っています" in page
    first = renewing.renew_some(keyring=keyring_of(nao), by=by(nao), at=AT, most=3)
    assert (first.done, first.left) == (3, 4)
    client.post(f"{PAGE}cases/renew/")
    assert count_waiting() == 0
    details = AuditEvent.objects.filter(action="keys.renew").values_list("detail__cases", flat=True)
    assert list(details) == [3, 4]


def test_whoever_opens_none_of_them_renews_none(admin: User, jun: User, nao: User, umi: User):
    make_case(jun, nao)
    gone(jun, admin)
    assert renew_all(umi) == renewing.Renewed(done=0, left=1, odd=0)


def test_a_retired_key_of_a_desk_ends_when_no_case_hangs_on_it(
    admin: User, jun: User, nao: User, desk: Desk
):
    old = desk_group(desk)
    make_case(old)
    gone(jun, admin)
    assert GroupSeal.objects.filter(group=old).exists()
    renew_all(nao)
    assert not GroupSeal.objects.filter(group=old).exists()


def test_a_desk_nobody_is_left_at_takes_no_letters(admin: User, jun: User, nao: User, desk: Desk):
    gone(jun, admin)
    assert Desk.objects.get().is_open
    gone(nao, admin)
    assert not Desk.objects.get().is_open
    assert holder(Holder.DUTY, f"desk:{desk.pk}") is None


def test_cases_too_few_people_hold_are_counted_by_who_holds_them(
    admin: User, jun: User, nao: User, umi: User, desk: Desk
):
    make_case(jun, nao)
    make_case(desk_group(desk))
    make_case(nao, umi)
    lost = make_case(jun)
    assert held_by_few().alone == [(keyring_of(jun).holder.pk, 1)]
    gone(jun, admin)
    renew_all(nao)
    few = held_by_few()
    assert (dict(few.alone), few.nobodys) == ({keyring_of(nao).holder.pk: 2}, 1)
    assert not opens(keyring_of(nao), lost)
    page = seated(umi).get(PAGE).content.decode()
    assert "見本 なおさんだけが持つもの：2件" in page


def test_whoever_counsels_no_more_gives_the_key_of_the_desk_back(
    admin: User, jun: User, nao: User, desk: Desk
):
    """And an administrator who was a counsellor ends up with no content that arrives."""
    arrived = make_case(desk_group(desk))
    set_roles(user=jun, organization="", roles=["admin"], by=by(admin), at=AT)
    assert [key.owner for key in members_of(desk_group(desk))] == [nao.actor_id]
    assert not opens(keyring_of(jun), arrived)
    assert not opens(keyring_of(jun), make_case(desk_group(desk)))


def test_other_roles_change_nothing_about_keys(admin: User, jun: User, nao: User, desk: Desk):
    before = desk_group(desk).pk
    set_roles(user=jun, organization="", roles=["counsellor", "editor"], by=by(admin), at=AT)
    assert desk_group(desk).pk == before


# --- forgotten words --------------------------------------------------------------------------------------


def forgets(user: User) -> KeyWish:
    client = Client()
    sign_in(client, user)
    client.post("/accounts/keys/anew/", {"passphrase": NEW, "passphrase_again": NEW})
    return KeyWish.objects.get(user=user)


def test_a_new_key_opens_nothing_by_itself(jun: User, nao: User, desk: Desk):
    """An e-mail reset gives back signing in, and with it a new key: never what the old one opened."""
    held, arrived = make_case(jun, nao), make_case(desk_group(desk))
    wish = forgets(jun)
    assert keyring_of(jun, NEW).open_all([held, arrived]) == {}
    assert (wish.cases, wish.groups) == ([str(held)], [f"desk:{desk.pk}"])
    assert AuditEvent.objects.filter(action="key.forgotten").count() == 1


def test_two_colleagues_give_again_what_it_opened(
    admin: User, jun: User, nao: User, umi: User, desk: Desk
):
    held, arrived = make_case(jun, nao), make_case(desk_group(desk))
    wish = forgets(jun)
    confirming = Client()
    sign_in(confirming, admin)
    confirming.post(f"{PAGE}again/{wish.pk}/confirm/")
    seated(nao).post(f"{PAGE}again/{wish.pk}/give/")
    assert set(keyring_of(jun, NEW).open_all([held, arrived])) == {held, arrived}
    assert not KeyWish.objects.exists()
    event = AuditEvent.objects.get(action="key.given_again")
    assert (event.by, event.detail["confirmed_by"]) == (nao.actor_id, admin.actor_id)


def test_nothing_is_given_before_somebody_has_confirmed(jun: User, nao: User):
    case = make_case(jun, nao)
    wish = forgets(jun)
    assert seated(nao).post(f"{PAGE}again/{wish.pk}/give/").status_code == 404
    assert not opens(keyring_of(jun, NEW), case)


def test_whoever_confirms_does_not_give(jun: User, nao: User):
    case = make_case(jun, nao)
    wish = forgets(jun)
    client = seated(nao)
    client.post(f"{PAGE}again/{wish.pk}/confirm/")
    assert client.post(f"{PAGE}again/{wish.pk}/give/").status_code == 404
    assert not opens(keyring_of(jun, NEW), case)


def test_nobody_confirms_themselves(jun: User, nao: User):
    make_case(jun, nao)
    wish = forgets(jun)
    client = Client()
    sign_in(client, jun)
    assert client.post(f"{PAGE}again/{wish.pk}/confirm/").status_code == 404
    wish.refresh_from_db()
    assert wish.approved_by == ""


def test_nobody_gives_with_a_key_that_is_not_their_own(
    admin: User, jun: User, nao: User, umi: User
):
    make_case(jun, nao)
    wish = forgets(jun)
    lives.approve(wish_id=wish.pk, by=by(admin), at=AT)
    with pytest.raises(lives.TwoPeople):
        lives.give_again(wish_id=wish.pk, keyring=keyring_of(nao), by=by(umi), at=AT)


def test_what_one_cannot_give_waits_for_another(admin: User, jun: User, nao: User, umi: User):
    one, other = make_case(jun, nao), make_case(jun, umi)
    wish = forgets(jun)
    lives.approve(wish_id=wish.pk, by=by(admin), at=AT)
    given = {"wish_id": wish.pk, "at": AT}
    assert lives.give_again(keyring=keyring_of(nao), by=by(nao), **given) == 1
    assert set(keyring_of(jun, NEW).open_all([one, other])) == {one}
    assert lives.give_again(keyring=keyring_of(umi), by=by(umi), **given) == 0
    assert set(keyring_of(jun, NEW).open_all([one, other])) == {one, other}


def test_forgetting_once_more_asks_for_the_confirmation_once_more(
    admin: User, jun: User, nao: User
):
    case = make_case(jun, nao)
    wish = forgets(jun)
    lives.approve(wish_id=wish.pk, by=by(admin), at=AT)
    again = forgets(jun)
    assert (again.cases, again.approved_by) == ([str(case)], "")


def test_a_case_erased_meanwhile_is_waited_for_no_more(admin: User, jun: User, nao: User):
    kept, erased = make_case(jun, nao), make_case(jun, nao)
    wish = forgets(jun)
    lives.approve(wish_id=wish.pk, by=by(admin), at=AT)
    shred_case(erased)
    given = {"wish_id": wish.pk, "at": AT}
    assert lives.give_again(keyring=keyring_of(nao), by=by(nao), **given) == 0
    assert opens(keyring_of(jun, NEW), kept)


def test_whoever_reads_no_more_is_given_nothing(admin: User, jun: User, nao: User):
    make_case(jun, nao)
    wish = forgets(jun)
    lives.approve(wish_id=wish.pk, by=by(admin), at=AT)
    set_roles(user=jun, organization="", roles=["editor"], by=by(admin), at=AT)
    with pytest.raises(lives.ReadsNoMore):
        lives.give_again(wish_id=wish.pk, keyring=keyring_of(nao), by=by(nao), at=AT)


def test_a_wish_ends_with_whoever_leaves(admin: User, jun: User, nao: User):
    make_case(jun, nao)
    forgets(jun)
    gone(jun, admin)
    assert not KeyWish.objects.exists()


def test_nobody_gives_the_key_of_a_desk_past_the_two(jun: User, nao: User, desk: Desk):
    """A colleague who means well cannot let a new key in that nobody has confirmed."""
    forgets(jun)
    client = seated(nao)
    assert f'value="{jun.pk}"' not in client.get(PAGE).content.decode()
    client.post(f"{PAGE}desks/{desk.pk}/admit/", {"user": str(jun.pk)})
    assert [key.owner for key in members_of(desk_group(desk))] == [nao.actor_id]


@pytest.mark.parametrize("act", ["confirm", "give"])
def test_a_wish_nobody_has_is_no_page(nao: User, act: str):
    assert seated(nao).post(f"{PAGE}again/{uuid4()}/{act}/").status_code == 404


# --- rotation ---------------------------------------------------------------------------------------------


def test_a_desks_new_key_takes_its_cases_along(admin: User, jun: User, nao: User, desk: Desk):
    old, case = desk_group(desk), make_case(desk_group(desk))
    client = Client()
    sign_in(client, admin)
    client.post(f"{PAGE}desks/{desk.pk}/renew/")
    assert opens(keyring_of(jun), case)  # nothing is lost on the way
    renew_all(jun)
    assert Grant.objects.get(case=case).holder == desk_group(desk) != old
    assert opens(keyring_of(nao), case)


def test_new_sheets_open_what_was_there_before_once_it_is_renewed(
    admin: User, jun: User, nao: User
):
    old = house.make_sheets(by=by(admin), at=AT)
    paper = holder(Holder.RECOVERY, HOUSE)
    assert paper is not None
    case = make_case(jun, nao, paper)
    new = house.make_sheets(by=by(admin), at=AT)
    assert opens(recovery_keyring(old[:2]), case)
    assert not opens(recovery_keyring(new[:2]), case)
    assert count_waiting() == 1
    renew_all(jun)
    assert not opens(recovery_keyring(old[:2]), case)
    assert opens(recovery_keyring(new[:2]), case)


def test_somebody_who_joins_makes_a_key_and_is_let_in(jun: User, desk: Desk):
    case = make_case(desk_group(desk))
    rin = make_user("rin@example.jp", roles=("coordinator",), name="見本 りん")
    give_app(rin)
    joining = Client()
    sign_in(joining, rin)
    joining.post("/accounts/keys/", {"passphrase": WORDS, "passphrase_again": WORDS})
    colleague = seated(jun)
    assert "見本 りん" in colleague.get(PAGE).content.decode()
    colleague.post(f"{PAGE}desks/{desk.pk}/admit/", {"user": str(rin.pk)})
    assert opens(keyring_of(rin), case)
