"""A person's key: their passphrase opens it, nothing else does, and an end is an end."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from madobe.vault.actions import members
from madobe.vault.actions.groups import make_group
from madobe.vault.actions.members import (
    HasAKeyAlready,
    NoKeyYet,
    PassphraseIsNotRight,
    change_passphrase,
    hold_keyring,
    keyring_held,
    make_member_key,
    retire_member_key,
    unlock_member_key,
)
from madobe.vault.granting import KeyIsRetired
from madobe.vault.models import Grant, GroupSeal, HolderKey
from tests.factories.accounts import make_user

from .people import AT, CHEAP, PASSPHRASE, begun, opens, somebody

pytestmark = pytest.mark.django_db
OWNER = "staff:1"


@pytest.fixture
def aoki() -> Any:
    return make_member_key(owner=OWNER, passphrase=PASSPHRASE, at=AT, cost=CHEAP)


def test_the_passphrase_opens_the_key_and_with_it_the_cases(aoki: Any):
    case = begun(aoki).of.case
    assert opens(unlock_member_key(owner=OWNER, passphrase=PASSPHRASE), case)


@pytest.mark.parametrize("wrong", ["", "ame no hi", PASSPHRASE + " ", PASSPHRASE.upper()])
def test_another_passphrase_does_not(aoki: Any, wrong: str):
    with pytest.raises(PassphraseIsNotRight):
        unlock_member_key(owner=OWNER, passphrase=wrong)


def test_the_same_words_from_another_keyboard_do():
    make_member_key(owner=OWNER, passphrase="ﾊﾞﾅﾅ 2026 がある", at=AT, cost=CHEAP)
    typed = "バナナ　２０２６ か\u3099ある"  # full width, and a sound mark of its own as some phones write it
    assert unlock_member_key(owner=OWNER, passphrase=typed).holder.owner == OWNER


def test_somebody_without_a_key_is_told_so():
    with pytest.raises(NoKeyYet):
        unlock_member_key(owner="staff:nobody", passphrase=PASSPHRASE)


def test_a_changed_passphrase_opens_what_the_old_one_did(aoki: Any):
    case = begun(aoki).of.case
    change_passphrase(owner=OWNER, old=PASSPHRASE, new="yuki no hi no kissaten", cost=CHEAP)
    assert opens(unlock_member_key(owner=OWNER, passphrase="yuki no hi no kissaten"), case)
    with pytest.raises(PassphraseIsNotRight):
        unlock_member_key(owner=OWNER, passphrase=PASSPHRASE)


def test_nobody_changes_a_passphrase_without_the_old_one(aoki: Any):
    with pytest.raises(PassphraseIsNotRight):
        change_passphrase(owner=OWNER, old="something else", new="mine", cost=CHEAP)
    assert unlock_member_key(owner=OWNER, passphrase=PASSPHRASE)


def test_of_two_changes_at_once_the_second_is_told(aoki: Any, monkeypatch: pytest.MonkeyPatch):
    real = members.lock

    def slow(*args: Any, **options: Any) -> bytes:
        monkeypatch.setattr(members, "lock", real)
        change_passphrase(owner=OWNER, old=PASSPHRASE, new="the first", cost=CHEAP)
        return real(*args, **options)

    monkeypatch.setattr(members, "lock", slow)
    with pytest.raises(PassphraseIsNotRight):
        change_passphrase(owner=OWNER, old=PASSPHRASE, new="the second", cost=CHEAP)
    assert unlock_member_key(owner=OWNER, passphrase="the first")


def test_a_key_retired_while_its_passphrase_is_changed_stays_without_its_private_half(
    aoki: Any, monkeypatch: pytest.MonkeyPatch
):
    real = members.lock

    def slow(*args: Any, **options: Any) -> bytes:
        retire_member_key(owner=OWNER, at=AT)
        return real(*args, **options)

    monkeypatch.setattr(members, "lock", slow)
    with pytest.raises(PassphraseIsNotRight):
        change_passphrase(owner=OWNER, old=PASSPHRASE, new="new", cost=CHEAP)
    assert HolderKey.objects.get(pk=aoki.holder.pk).locked is None


def test_a_person_has_one_key(aoki: Any):
    with pytest.raises(HasAKeyAlready):
        make_member_key(owner=OWNER, passphrase="another", at=AT, cost=CHEAP)
    assert unlock_member_key(owner=OWNER, passphrase=PASSPHRASE)


# --- for the time of a session -----------------------------------------------------------------------------


def test_token_and_blob_together_give_the_keyring_back(aoki: Any):
    case = begun(aoki).of.case
    token, blob = hold_keyring(aoki)
    keyring = keyring_held(owner=OWNER, token=token, blob=blob)
    assert keyring is not None
    assert opens(keyring, case)


def test_neither_is_of_use_alone_or_with_those_of_another_time(aoki: Any):
    token, blob = hold_keyring(aoki)
    other_token, other_blob = hold_keyring(aoki)
    for pair in (
        (token, b""),
        (b"", blob),
        (token, other_blob),
        (other_token, blob),
        (blob, token),
    ):
        assert keyring_held(owner=OWNER, token=pair[0], blob=pair[1]) is None
    private = aoki.private_of(aoki.holder.pk)
    assert private not in blob
    assert private not in token


def test_a_held_key_of_one_person_is_not_anothers(aoki: Any):
    make_member_key(owner="staff:2", passphrase=PASSPHRASE, at=AT, cost=CHEAP)
    token, blob = hold_keyring(aoki)
    assert keyring_held(owner="staff:2", token=token, blob=blob) is None


def test_a_held_key_ends_with_the_key(aoki: Any):
    token, blob = hold_keyring(aoki)
    retire_member_key(owner=OWNER, at=AT)
    assert keyring_held(owner=OWNER, token=token, blob=blob) is None
    make_member_key(owner=OWNER, passphrase=PASSPHRASE, at=AT, cost=CHEAP)
    assert keyring_held(owner=OWNER, token=token, blob=blob) is None


# --- the end -----------------------------------------------------------------------------------------------


def test_a_retired_key_opens_nothing_and_its_private_half_is_gone(aoki: Any):
    baba = somebody()
    group = make_group(owner="desk:1", members=[aoki.holder, baba.holder], at=AT)
    direct, through = begun(aoki, baba).of.case, begun(group).of.case
    assert retire_member_key(owner=OWNER, at=AT) == [direct]
    assert aoki.open_all([direct, through]) == {}  # though the request still has it in memory
    row = HolderKey.objects.get(pk=aoki.holder.pk)
    assert (row.locked, row.retired_at) == (None, AT)
    assert not Grant.objects.filter(holder=row).exists()
    assert not GroupSeal.objects.filter(member=row).exists()
    with pytest.raises(NoKeyYet):
        unlock_member_key(owner=OWNER, passphrase=PASSPHRASE)
    assert set(baba.open_all([direct, through])) == {direct, through}


def test_a_retired_key_is_given_nothing(aoki: Any):
    retire_member_key(owner=OWNER, at=AT)
    with pytest.raises(KeyIsRetired):
        begun(somebody(), aoki)


def test_a_new_key_after_the_end_of_the_old_opens_nothing_by_itself(aoki: Any):
    case = begun(aoki, somebody()).of.case
    retire_member_key(owner=OWNER, at=AT)
    again = make_member_key(owner=OWNER, passphrase=PASSPHRASE, at=AT, cost=CHEAP)
    assert not opens(again, case)


def test_nobody_is_retired_twice(aoki: Any):
    retire_member_key(owner=OWNER, at=AT)
    assert retire_member_key(owner=OWNER, at=AT) == []


def test_a_new_password_by_mail_gives_no_key(client: Client, settings: Any):
    settings.MAIL = True
    user = make_user()
    owner = f"staff:{user.pk}"
    make_member_key(owner=owner, passphrase=PASSPHRASE, at=AT, cost=CHEAP)
    before = list(HolderKey.objects.values())
    client.post("/accounts/forgotten/", {"email": user.email})
    path = mail.outbox[0].body.split("http://testserver")[1].split()[0]
    new = "a word I will remember"
    client.post(client.get(path)["Location"], {"password1": new})
    user.refresh_from_db()
    assert user.check_password(new)  # signing in was given back
    assert list(HolderKey.objects.values()) == before
    with pytest.raises(PassphraseIsNotRight):
        unlock_member_key(owner=owner, passphrase=new)
    assert unlock_member_key(owner=owner, passphrase=PASSPHRASE)
