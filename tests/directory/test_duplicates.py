"""The list of pairs: made once, remembered, opened again when a merge is taken back."""

import json

import pytest
from django.core.management import call_command

from madobe.audit.models import AuditEvent
from madobe.directory.actions.duplicates import (
    DecidedAlready,
    MayNotDecide,
    mark_not_same,
    note_duplicates,
)
from madobe.directory.models import Organization, ReviewItem
from madobe.directory.queries.duplicates import open_pairs, organization_entries, service_entries
from tests.directory.merging.support import AT, WORKER, merge, undo
from tests.factories.directory import make_service
from tests.factories.staff import actor

pytestmark = pytest.mark.django_db


def look():
    return note_duplicates(services=service_entries(), organizations=organization_entries(), at=AT)


def two_alike():
    return make_service("ひろば"), make_service("ヒロバ", phones=[{"number": "0000000000"}])


def test_a_pair_is_listed_once_with_its_reasons_in_words():
    services = two_alike()
    noted = look()
    assert noted.added == noted.pairs
    item = ReviewItem.objects.get(table="service")
    assert {str(item.record_id), item.field} == {str(one.pk) for one in services}
    assert item.reason == "名前が同じ・電話番号が同じ"
    again = look()
    assert (again.added, again.known, again.gone) == (0, noted.pairs, 0)


def test_not_the_same_is_remembered():
    two_alike()
    look()
    item = ReviewItem.objects.get(table="service")
    mark_not_same(item=item.pk, by=WORKER, at=AT)
    assert open_pairs("service") == ([], 0)
    assert look().added == 0
    assert AuditEvent.objects.filter(action="duplicate.not_same", by=WORKER.id).exists()
    with pytest.raises(DecidedAlready):
        mark_not_same(item=item.pk, by=WORKER, at=AT)


def test_others_may_not_decide():
    two_alike()
    look()
    with pytest.raises(MayNotDecide):
        mark_not_same(item=ReviewItem.objects.first().pk, by=actor("counsellor"), at=AT)


def test_a_pair_no_longer_alike_leaves_the_list():
    first, _ = two_alike()
    look()
    first.phones.all().delete()
    first.name = "まったくべつの窓口"
    first.save()
    look()
    assert not ReviewItem.objects.filter(table="service").exists()


def test_merged_entries_are_compared_no_more_until_the_merge_is_taken_back():
    first, second = two_alike()
    look()
    one = merge(first, second)
    assert open_pairs("service")[1] == 0
    look()
    assert open_pairs("service")[1] == 0
    undo(one)
    pairs, count = open_pairs("service")
    assert count == 1
    assert {pairs[0].first.id, pairs[0].second.id} == {first.pk, second.pk}
    assert set(pairs[0].reasons) == {"name", "phone"}


def test_operators_with_one_corporate_number_are_listed():
    for name in ("まどべの会", "灯台"):
        Organization.objects.create(name=name, corporate_number="1234567890123")
    look()
    assert open_pairs("organization")[0][0].reasons == ("number",)


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]):
    two_alike()
    call_command("duplicates", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["added"], said["known"]) == (said["pairs"], 0)
    call_command("duplicates")
    assert "added: 0" in capsys.readouterr().out
