"""Other spellings: added, taken away, written down, shown to the search."""

import pytest
from django.db import transaction

from madobe.audit.models import AuditEvent
from madobe.directory.actions.aliases import (
    AliasEmpty,
    AliasKnown,
    AliasTooLong,
    AliasUnknown,
    MayNotName,
    add_alias,
    remove_alias,
)
from madobe.directory.models import Card
from tests.directory.merging.support import AT, WORKER
from tests.factories.directory import make_service
from tests.factories.staff import actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["service", "organization"])
def test_a_spelling_is_added_and_taken_away(table: str):
    service = make_service("サポステ昭島")
    key = service.pk if table == "service" else service.organization_id
    add_alias(table=table, key=key, alias=" さぽすて　あきしま ", by=WORKER, at=AT)
    assert '"さぽすて あきしま"' in Card.objects.get(pk=service.pk).body
    remove_alias(table=table, key=key, alias="さぽすて あきしま", by=WORKER, at=AT)
    assert "さぽすて" not in Card.objects.get(pk=service.pk).body
    said = AuditEvent.objects.filter(record_id=str(key)).values_list("action", "detail")
    assert list(said) == [
        ("alias.add", {"alias": "さぽすて あきしま"}),
        ("alias.remove", {"alias": "さぽすて あきしま"}),
    ]


@pytest.mark.parametrize(
    ("alias", "refusal"),
    [("  ", AliasEmpty), ("あ" * 201, AliasTooLong), ("窓口", AliasKnown), ("まど", AliasKnown)],
)
def test_what_is_no_other_spelling_is_not_taken(alias: str, refusal: type[Exception]):
    service = make_service("窓口", aliases=["まど"])
    with pytest.raises(refusal), transaction.atomic():
        add_alias(table="service", key=service.pk, alias=alias, by=WORKER, at=AT)


def test_a_spelling_nobody_gave_cannot_be_taken_away():
    with pytest.raises(AliasUnknown):
        remove_alias(table="service", key=make_service().pk, alias="なし", by=WORKER, at=AT)


def test_others_may_not():
    with pytest.raises(MayNotName):
        add_alias(
            table="service", key=make_service().pk, alias="べつ名", by=actor("counsellor"), at=AT
        )
