"""The house is set up: two people with keys, three sheets of paper, a drill, a key for the desk, letters arrive."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from madobe.accounts.actions.keys.house import make_sheets, read_back
from madobe.accounts.actions.roles import NotYoursToGive
from madobe.accounts.models import User
from madobe.accounts.queries.seats import actor_of
from madobe.accounts.readers import readiness
from madobe.audit.models import AuditEvent
from madobe.desks.models import Desk
from madobe.directory.models import Organization
from madobe.vault.actions.recovery import recovery_keyring
from madobe.vault.choices import Holder
from madobe.vault.holders import HOUSE, holder, members_of
from madobe.vault.models import Installation
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
    told_of,
)

pytestmark = pytest.mark.django_db
HOUSE_PAGE = "/staff/keys/"


@pytest.fixture
def admin(client: Client) -> User:
    user = make_user("kanri@example.jp", roles=("admin",), name="見本 かんり")
    give_app(user)
    sign_in(client, user)
    return user


@pytest.fixture
def desk() -> Desk:
    return make_desk(is_open=False)


def two_readers() -> tuple[User, User]:
    return make_reader("jun@example.jp", name="見本 じゅん"), make_reader(
        "nao@example.jp", name="見本 なお"
    )


def begin(client: Client, desk: Desk, *users: User) -> int:
    sent = {"users": [str(user.pk) for user in users]}
    return client.post(f"{HOUSE_PAGE}desks/{desk.pk}/begin/", sent).status_code


def sheets_of(page: str) -> list[str]:
    papers = re.findall(r'<ol class="sheet code" lang="en">(.*?)</ol>', page, re.DOTALL)
    return [" ".join(re.findall(r"<li>(\w+)</li>", paper)) for paper in papers]


def inside(desk: Desk) -> set[str]:
    return {key.owner for key in members_of(desk_group(desk))}


# --- sheets of paper --------------------------------------------------------------------------------------


def test_three_sheets_of_thirty_three_words_are_shown_and_open(client: Client, admin: User):
    answer = client.post(f"{HOUSE_PAGE}sheets/")
    assert answer["Cache-Control"] == "no-store"
    sheets = sheets_of(answer.content.decode())
    assert [len(sheet.split()) for sheet in sheets] == [33, 33, 33]
    assert recovery_keyring(sheets[1:]).holder.kind == Holder.RECOVERY


def test_they_are_shown_once(client: Client, admin: User):
    first = sheets_of(client.post(f"{HOUSE_PAGE}sheets/").content.decode())
    assert sheets_of(client.get(f"{HOUSE_PAGE}sheets/").content.decode()) == []
    assert first[0] not in client.get(HOUSE_PAGE).content.decode()
    assert told_of(first[0], str(list(AuditEvent.objects.values_list()))) == []


def test_sheets_want_a_fresh_proof(client: Client, admin: User):
    session = client.session
    session["proved_at"] = (timezone.now() - timedelta(minutes=6)).timestamp()
    session.save()
    assert client.post(f"{HOUSE_PAGE}sheets/").status_code == 403
    assert holder(Holder.RECOVERY, HOUSE) is None


def test_the_administrator_of_one_organization_makes_none(client: Client):
    office = Organization.objects.create(name="見本団体", sector="npo")
    user = make_user("one@example.jp", roles=("admin",), organization=office)
    give_app(user)
    sign_in(client, user)
    assert client.post(f"{HOUSE_PAGE}sheets/").status_code == 404
    with pytest.raises(NotYoursToGive):
        make_sheets(by=actor_of(user), at=AT)
    with pytest.raises(NotYoursToGive):
        read_back(sheets=("", ""), by=actor_of(user), at=AT)
    assert holder(Holder.RECOVERY, HOUSE) is None


# --- the drill --------------------------------------------------------------------------------------------


def drilled(client: Client, first: str, second: str) -> str:
    answer = client.post(f"{HOUSE_PAGE}drill/", {"first": first, "second": second})
    return "" if answer.status_code == 302 else answer.content.decode()


def test_two_sheets_typed_back_in_any_dress_pass(client: Client, admin: User):
    one, _two, three = sheets_of(client.post(f"{HOUSE_PAGE}sheets/").content.decode())
    assert drilled(client, one.upper(), three.replace(" ", "\n")) == ""
    assert Installation.objects.get().drilled_at is not None
    assert AuditEvent.objects.filter(action="recovery.drill").count() == 1


def test_a_misspelt_word_is_pointed_at(client: Client, admin: User):
    one, two, _three = sheets_of(client.post(f"{HOUSE_PAGE}sheets/").content.decode())
    words = one.split()
    right = words[6]
    words[6] = right[:2] + "q" + right[2:]
    page = drilled(client, " ".join(words), two)
    assert f"7番目の「{words[6]}」は、「" in page
    assert right in page.split("7番目の")[1].split("でしょうか")[0]
    assert Installation.objects.get().drilled_at is None


def test_one_sheet_twice_does_not_pass(client: Client, admin: User):
    one, *_ = sheets_of(client.post(f"{HOUSE_PAGE}sheets/").content.decode())
    assert "1枚目と同じ紙" in drilled(client, one, f"  {one.upper()} ")
    assert Installation.objects.get().drilled_at is None


def test_a_word_swapped_for_another_of_the_list_is_said(client: Client, admin: User):
    one, two, _ = sheets_of(client.post(f"{HOUSE_PAGE}sheets/").content.decode())
    words = one.split()
    words[20] = "academic" if words[20] != "academic" else "acid"
    assert "べつの言葉になっている" in drilled(client, " ".join(words), two)


def test_sheets_made_before_are_told_from_those_of_now(client: Client, admin: User):
    old = sheets_of(client.post(f"{HOUSE_PAGE}sheets/").content.decode())
    new = sheets_of(client.post(f"{HOUSE_PAGE}sheets/").content.decode())
    assert "前に作った紙" in drilled(client, old[0], old[1])
    assert "べつべつの組" in drilled(client, old[0], new[1])
    assert Installation.objects.get().drilled_at is None
    assert drilled(client, new[0], new[1]) == ""


# --- the key of a desk ------------------------------------------------------------------------------------


def test_an_administrator_makes_the_key_of_a_desk_and_cannot_use_it(
    client: Client, admin: User, desk: Desk
):
    jun, nao = two_readers()
    assert begin(client, desk, jun, nao) == 302
    assert inside(desk) == {jun.actor_id, nao.actor_id}
    case = make_case(desk_group(desk))
    assert opens(keyring_of(jun), case)
    assert opens(keyring_of(nao), case)


def test_an_administrators_key_opens_none_of_the_cases(client: Client, admin: User, desk: Desk):
    """T19: all that an administrator can do, done; what they can open is counted."""
    client.post("/accounts/keys/", {"passphrase": WORDS, "passphrase_again": WORDS})
    jun, nao = two_readers()
    begin(client, desk, jun, nao)
    begin(client, desk, admin, jun)
    for act in ("admit", "dismiss", "renew"):
        client.post(f"{HOUSE_PAGE}desks/{desk.pk}/{act}/", {"user": str(admin.pk)})
    cases = [make_case(desk_group(desk)) for _ in range(5)] + [
        make_case(jun, nao) for _ in range(5)
    ]
    client.post(f"{HOUSE_PAGE}sheets/")
    client.post(f"{HOUSE_PAGE}cases/renew/")
    assert len(keyring_of(admin).open_all(cases)) == 0
    assert len(keyring_of(jun).open_all(cases)) == 10


def test_whoever_reads_nothing_is_given_no_key_of_a_desk(client: Client, admin: User, desk: Desk):
    jun, _ = two_readers()
    editor = make_reader("ed@example.jp", roles=("editor",))
    begin(client, desk, jun, editor)
    assert holder(Holder.DUTY, f"desk:{desk.pk}") is None


def test_one_person_alone_is_too_few(client: Client, admin: User, desk: Desk):
    jun, _ = two_readers()
    answer = client.post(f"{HOUSE_PAGE}desks/{desk.pk}/begin/", {"users": [str(jun.pk)]})
    assert answer.status_code == 422
    assert "二人以上" in answer.content.decode()
    assert holder(Holder.DUTY, f"desk:{desk.pk}") is None


def test_the_second_person_of_a_small_desk_may_sit_at_another(client: Client, admin: User):
    here, there = [
        Organization.objects.create(name=name, sector="npo") for name in ("ここ", "となり")
    ]
    desk = make_desk(is_open=False, organization=here)
    jun = make_reader("jun@example.jp", organization=here)
    nao = make_reader("nao@example.jp", organization=there)
    umi = make_reader("umi@example.jp", organization=there)
    assert begin(client, desk, nao, umi) == 422  # nobody of the desk itself
    assert begin(client, desk, jun, nao) == 302
    assert inside(desk) == {jun.actor_id, nao.actor_id}


def test_whoever_holds_the_key_gives_it_to_a_colleague(client: Client, admin: User, desk: Desk):
    jun, nao = two_readers()
    begin(client, desk, jun, nao)
    case = make_case(desk_group(desk))
    umi = make_reader("umi@example.jp")
    colleague = Client()
    open_key(colleague, jun)
    colleague.post(f"{HOUSE_PAGE}desks/{desk.pk}/admit/", {"user": str(umi.pk)})
    assert opens(keyring_of(umi), case)
    event = AuditEvent.objects.get(action="desk_key.admit")
    assert (event.by, event.detail["people"]) == (jun.actor_id, [umi.actor_id])


def test_a_locked_key_gives_nothing_until_its_words_come(client: Client, admin: User, desk: Desk):
    jun, nao = two_readers()
    begin(client, desk, jun, nao)
    umi = make_reader("umi@example.jp")
    colleague = Client()
    sign_in(colleague, jun)
    where, sent = f"{HOUSE_PAGE}desks/{desk.pk}/admit/", {"user": str(umi.pk)}
    assert colleague.post(where, sent).status_code == 403
    assert umi.actor_id not in inside(desk)
    colleague.post(where, sent | {"keyring_passphrase": WORDS})
    assert umi.actor_id in inside(desk)


def test_whoever_does_not_hold_the_key_gives_it_to_nobody(client: Client, admin: User, desk: Desk):
    jun, nao = two_readers()
    begin(client, desk, jun, nao)
    umi, rin = make_reader("umi@example.jp"), make_reader("rin@example.jp")
    outsider = Client()
    open_key(outsider, umi)
    answer = outsider.post(f"{HOUSE_PAGE}desks/{desk.pk}/admit/", {"user": str(rin.pk)})
    assert answer.status_code == 404
    assert rin.actor_id not in inside(desk)


def test_whoever_is_dismissed_opens_what_comes_in_no_more(client: Client, admin: User, desk: Desk):
    jun, nao = two_readers()
    begin(client, desk, jun, nao)
    before = make_case(desk_group(desk))
    client.post(f"{HOUSE_PAGE}desks/{desk.pk}/dismiss/", {"user": str(nao.pk)})
    after = make_case(desk_group(desk))
    assert inside(desk) == {jun.actor_id}
    assert not opens(keyring_of(nao), before)
    assert not opens(keyring_of(nao), after)
    assert opens(keyring_of(jun), before)
    assert opens(keyring_of(jun), after)


def test_the_last_one_is_not_dismissed(client: Client, admin: User, desk: Desk):
    jun, nao = two_readers()
    begin(client, desk, jun, nao)
    for user in (nao, jun):
        client.post(f"{HOUSE_PAGE}desks/{desk.pk}/dismiss/", {"user": str(user.pk)})
    assert inside(desk) == {jun.actor_id}


def test_an_administrator_of_elsewhere_arranges_nothing(client: Client, desk: Desk):
    office = Organization.objects.create(name="となり", sector="npo")
    user = make_user("one@example.jp", roles=("admin",), organization=office)
    give_app(user)
    sign_in(client, user)
    jun, nao = two_readers()
    assert begin(client, desk, jun, nao) == 404
    assert holder(Holder.DUTY, f"desk:{desk.pk}") is None


@pytest.mark.parametrize("user", ["", "x", "6f1c2f4e-0000-4000-8000-000000000000"])
def test_nobody_known_is_given_nothing(client: Client, admin: User, desk: Desk, user: str):
    jun, nao = two_readers()
    begin(client, desk, jun, nao)
    colleague = Client()
    open_key(colleague, jun)
    answer = colleague.post(f"{HOUSE_PAGE}desks/{desk.pk}/admit/", {"user": user})
    assert answer.status_code in {302, 404}
    assert inside(desk) == {jun.actor_id, nao.actor_id}


# --- letters arrive ---------------------------------------------------------------------------------------


def test_the_desk_opens_only_once_two_hold_its_key_and_the_sheets_were_tried(
    client: Client, admin: User, desk: Desk
):
    where = f"{HOUSE_PAGE}desks/{desk.pk}/open/"
    jun, nao = two_readers()
    page = client.post(where, follow=True).content.decode()
    assert "まだ残っていることがあります：鍵を持つ二人、紙で開く練習" in page
    assert not Desk.objects.get().is_open
    begin(client, desk, jun, nao)
    client.post(where)
    assert not Desk.objects.get().is_open
    sheets = sheets_of(client.post(f"{HOUSE_PAGE}sheets/").content.decode())
    client.post(where)
    assert not Desk.objects.get().is_open
    drilled(client, *sheets[:2])
    client.post(where)
    assert Desk.objects.get().is_open


def test_new_sheets_want_a_new_drill(client: Client, admin: User, desk: Desk):
    sheets = sheets_of(client.post(f"{HOUSE_PAGE}sheets/").content.decode())
    drilled(client, *sheets[:2])
    assert readiness(desk.pk).drill_passed
    client.post(f"{HOUSE_PAGE}sheets/")
    assert not readiness(desk.pk).drill_passed


def test_the_page_says_what_is_there_and_what_is_not_yet(client: Client, admin: User, desk: Desk):
    page = client.get(HOUSE_PAGE).content.decode()
    assert page.count("これから") == 3
    two_readers()
    sheets = sheets_of(client.post(f"{HOUSE_PAGE}sheets/").content.decode())
    drilled(client, *sheets[:2])
    page = client.get(HOUSE_PAGE).content.decode()
    assert page.count("できています") == 3
    assert desk.name in page
    assert AuditEvent.objects.filter(action="keys.view").count() == 2


def test_a_counsellor_sees_the_page_and_none_of_its_levers(client: Client, desk: Desk):
    jun, _ = two_readers()
    sign_in(client, jun)
    page = client.get(HOUSE_PAGE).content.decode()
    assert "/begin/" not in page
    assert "/sheets/" not in page
    assert client.post(f"{HOUSE_PAGE}desks/{desk.pk}/begin/").status_code == 404


def test_no_key_stands_in_the_trail_of_all_this(client: Client, admin: User, desk: Desk):
    jun, nao = two_readers()
    begin(client, desk, jun, nao)
    client.post(f"{HOUSE_PAGE}desks/{desk.pk}/renew/")
    everything = str(list(AuditEvent.objects.values_list()))
    assert "desk_key.renew" in everything
    keyring = keyring_of(jun)
    for private in keyring.private_keys().values():
        assert private.hex() not in everything
        assert str(private) not in everything
