"""Keys in every state for the look at every page: a desk two people hold, somebody who forgot, cases that wait."""

from django.utils import timezone

from madobe.accounts.actions.keys import lives
from madobe.accounts.actions.keys.groups import begin_group
from madobe.accounts.actions.keys.house import make_sheets
from madobe.accounts.models import User
from madobe.accounts.queries.seats import actor_of
from madobe.desks.models import Desk
from tests.desks.calendars import make_desk
from tests.factories.accounts import give_app, make_user
from tests.factories.keys import desk_group, give_key, make_case, make_reader

DESK, EMPTY = "まどべの見本窓口", "まどべのとなり窓口"


def make_keys(hana: User) -> None:
    """Hana sets up; Jun and Nao read; Mio has forgotten, and Hana has confirmed that it is her."""
    at, by = timezone.now(), actor_of(hana)
    give_key(hana)
    desk: Desk = make_desk(name=DESK, is_open=False)
    make_desk(name=EMPTY, is_open=False)
    jun, nao, mio, ryo = [
        make_reader(f"keys-{short}@demo.example", name=f"見本 {name}")
        for short, name in (
            ("jun", "ひより"),
            ("nao", "わたる"),
            ("mio", "そめい"),
            ("ryo", "ひかる"),
        )
    ]
    make_reader("keys-new@demo.example", name="見本 わかば", roles=("coordinator",))
    begin_group(desk_id=desk.pk, users=[jun.pk, nao.pk, mio.pk], by=by, at=at)
    make_case(mio, nao)
    make_case(desk_group(desk))
    make_case(ryo)
    make_sheets(by=by, at=at)
    for one in (mio, ryo):
        lives.make_key_anew(user=one, passphrase="tori ga naite iru asa", at=at)
    wish = mio.key_wish
    lives.approve(wish_id=wish.pk, by=by, at=at)
    lives.end_key(user=make_and_leave(desk, jun), by=by.id, at=at)


def make_and_leave(desk: Desk, colleague: User) -> User:
    """Somebody who held cases and goes: these want a new key."""
    gone = make_reader("keys-gone@demo.example", name="見本 たび")
    make_case(gone, colleague, desk_group(desk))
    return gone


def new_house() -> None:
    """Print the name of a desk nobody holds the key of; beside it an administrator and two counsellors, all new."""
    for short, name, role in (
        ("house-admin", "見本 かなめ", "admin"),
        ("house-one", "見本 いち", "counsellor"),
        ("house-two", "見本 にい", "coordinator"),
        ("keyless", "見本 これから", "counsellor"),
    ):
        give_app(make_user(f"{short}@demo.example", name=name, roles=(role,)))
    print(make_desk(name="まどべの新しい窓口", is_open=False).name)  # noqa: T201


def desk_held_by(short: str) -> None:
    """Print the name of a desk whose key somebody new and a colleague hold."""
    desk = make_desk(name="まどべの二人の窓口", is_open=False)
    users = [
        make_reader(f"{who}@demo.example", name=name)
        for who, name in ((short, "見本 もちて"), (f"{short}-too", "見本 ともに"))
    ]
    hana = User.objects.get(email="hana@demo.example")
    begin_group(
        desk_id=desk.pk, users=[user.pk for user in users], by=actor_of(hana), at=timezone.now()
    )
    print(desk.name)  # noqa: T201
