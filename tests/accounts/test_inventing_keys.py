"""A demo has people who read, a desk they hold the key of, and sheets that were tried."""

import pytest

from madobe.accounts.actions.inventing import invent_people, invented
from madobe.accounts.actions.inventing_keys import WORDS, invent_keys
from madobe.accounts.readers import readiness
from madobe.vault.actions.recovery import recovery_keyring
from madobe.vault.models import HolderKey
from tests.desks.calendars import make_desk
from tests.factories.accounts import AT
from tests.factories.keys import desk_group, keyring_of, make_case, opens

pytestmark = pytest.mark.django_db


def test_three_invented_people_read_at_the_invented_desk():
    invent_people(by="tests", at=AT)
    desk, real = make_desk(is_open=False, is_invented=True), make_desk(is_open=False)
    sheets = invent_keys(by="tests", at=AT)
    case = make_case(desk_group(desk))
    who = {user.email.partition("@")[0]: user for user in invented()}
    for name in ("nao", "ao", "midori"):
        assert opens(keyring_of(who[name], WORDS), case)
    assert readiness(desk.pk).key_holders == 3
    assert readiness(desk.pk).drill_passed
    assert readiness(real.pk).key_holders == 0
    assert recovery_keyring(sheets[1:]).holder.retired_at is None


def test_invented_keys_are_made_once():
    invent_people(by="tests", at=AT)
    make_desk(is_open=False, is_invented=True)
    invent_keys(by="tests", at=AT)
    before = HolderKey.objects.count()
    assert invent_keys(by="tests", at=AT) == ()
    assert HolderKey.objects.count() == before == 5


def test_whoever_does_not_read_gets_no_invented_key():
    invent_people(by="tests", at=AT)
    invent_keys(by="tests", at=AT)
    owners = set(HolderKey.objects.filter(kind="member").values_list("owner", flat=True))
    hana = next(user for user in invented() if user.email.startswith("hana"))
    assert hana.actor_id not in owners
    assert len(owners) == 3
