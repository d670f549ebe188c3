"""What journeys of staff find on the demo besides: people with known codes, a pair that looks the same, an operator.

Run inside the product (`madobe shell`), beside a server that goes on serving.
"""

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from madobe.accounts.actions.inviting import invite, token_of
from madobe.accounts.models import StaffSession, User
from madobe.accounts.queries.seats import actor_of
from madobe.accounts.sessions import SessionStore
from madobe.desks.actions import close_days
from madobe.desks.actions.inventing import invent_desk
from madobe.directory.actions.duplicates import note_duplicates
from madobe.directory.actions.editing import make_confirmation_link
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.merging.services import merge_services, preview_merge
from madobe.directory.models import Organization, Suggestion
from madobe.directory.queries.duplicates import organization_entries, service_entries
from tests.factories.accounts import give_app, make_user, sign_in
from tests.factories.directory import make_service
from tests.journeys.doors_world import offered
from tests.journeys.keys_world import desk_held_by, make_keys, new_house
from tests.journeys.talk_world import counsellor, make_talk

__all__ = ["counsellor", "desk_held_by", "leave_alone", "make", "new_house", "offered", "seat"]
ONE, TWO, DRAFTED = "まどべ相談室ひだまり", "まどべ相談室こもれび", "まどべの縁側"
OPERATOR = "まどべ縁側舎"


def make() -> None:
    """Print what was made as JSON: ids of entries."""
    one, other, two, _its_pair = [
        make_service(name, phones=[{"number": number}])
        for name, number in ((ONE, "042-000-1122"), (TWO, "042-000-3344"))
        for _ in range(2)
    ]
    lone = make_service(DRAFTED, kinds=("ibasho",), listed=False)
    Organization.objects.filter(pk=lone.organization_id).update(
        name=OPERATOR, sector="private", standing="unvetted"
    )
    refresh_listing(services=[lone.pk], at=timezone.now())
    suggestion = Suggestion.objects.create(
        service=one, kind="phone", text="電話が変わったようです。", language="ja",
        received_date=timezone.localdate(),
    )  # fmt: skip
    note_duplicates(
        services=service_entries(), organizations=organization_entries(), at=timezone.now()
    )
    pair = make_service("まどべの川辺"), make_service("まどべの川べ")
    keep, gone = (one.pk for one in pair)
    hana = actor_of(User.objects.get(email="hana@demo.example"))
    seen = preview_merge(keep=keep, other=gone).mark
    at = timezone.now()
    merged = merge_services(keep=keep, other=gone, choices={}, seen=seen, by=hana, at=at)
    link = make_confirmation_link(service_id=keep, by=hana.id, at=at)
    invitation = invite(email="mei@demo.example", roles=["editor"], by=hana, at=at)
    for short, name, role in (
        ("rin", "見本 りん", "coordinator"),
        ("sora", "見本 そら", "verifier"),
        ("umi", "見本 うみ", "verifier"),
    ):
        give_app(make_user(f"{short}@demo.example", name=name, roles=(role,)))
    desk = invent_desk(
        by=hana.id, at=at, members=[User.objects.get(email="nao@demo.example").actor_id, hana.id]
    )
    training = timezone.localdate() + timedelta(days=40)
    close_days(
        desk_id=desk.pk, first=training, last=training, reason="研修の日です。", by=hana.id, at=at
    )
    make_keys(User.objects.get(email="hana@demo.example"))
    made = make_talk(User.objects.get(email="hana@demo.example")) | {
        "desk": desk.pk,
        "one": one.pk, "two": two.pk, "other": other.pk, "lone": lone.pk, "operator": lone.organization_id,
        "owner": one.organization_id, "owner_of_other": other.organization_id, "merge": merged.pk,
        "suggestion": suggestion.pk, "confirmation": link.token, "invitation": token_of(invitation),
        "person": User.objects.get(email="hana@demo.example").pk,
    }  # fmt: skip
    print(json.dumps({name: str(key) for name, key in made.items()}))  # noqa: T201


def seat(email: str, **changes: Any) -> None:
    """Print the cookie of a session in which this person has come in by both steps."""
    user = User.objects.get(email=email)
    if changes:
        User.objects.filter(pk=user.pk).update(**changes)
    client = Client()
    sign_in(client, user)
    print(client.cookies["madobe"].value)  # noqa: T201


def leave_alone(email: str) -> None:
    """Let a quarter of an hour and more pass since somebody touched a key."""
    key = str(User.objects.get(email=email).pk)
    for row in StaffSession.objects.all():
        store = SessionStore(row.session_key)
        if store.get("_auth_user_id") == key:
            store["seen_at"] -= 3600
            store.save()
