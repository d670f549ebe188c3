"""A link works once, for a while, and only as it was made."""

from datetime import UTC, date, datetime, timedelta

import pytest

from madobe.directory.actions.editing import (
    LinkNotGood,
    confirm_by_link,
    make_confirmation_link,
    report_by_link,
)
from madobe.directory.models import ConfirmationLink, FieldChange, Suggestion
from madobe.directory.queries.editing import confirmation
from tests.factories.directory import make_service
from tests.factories.staff import ADA

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def test_one_tap_and_the_entry_is_checked_by_the_organization():
    service = make_service(status="stale", last_verified_date=date(2025, 1, 1))
    link = make_confirmation_link(service_id=service.pk, by=ADA, at=AT)
    confirm_by_link(token=link.token, at=AT)
    service.refresh_from_db()
    assert (service.status, service.last_verified_date) == ("published", date(2026, 11, 26))
    change = FieldChange.objects.get()
    assert change.by == f"link:{ConfirmationLink.objects.get().pk}"
    assert change.source_name == "見本市"


def test_a_second_tap_changes_nothing():
    link = make_confirmation_link(service_id=make_service().pk, by=ADA, at=AT)
    confirm_by_link(token=link.token, at=AT)
    for act in (lambda: confirm_by_link(token=link.token, at=AT), lambda: report(link.token)):
        with pytest.raises(LinkNotGood) as refusal:
            act()
        assert refusal.value.reason == "used"
    assert not Suggestion.objects.exists()


def report(token: str) -> Suggestion:
    return report_by_link(
        token=token, kind="phone", text="番号が変わりました", answer_to="", language="ja", at=AT
    )


def test_after_its_time_it_rests():
    service = make_service(last_verified_date=date(2026, 1, 1))
    link = make_confirmation_link(service_id=service.pk, by=ADA, at=AT)
    later = AT + timedelta(days=30)
    assert confirmation(link.token, at=later - timedelta(seconds=1)).state == "open"
    with pytest.raises(LinkNotGood) as refusal:
        confirm_by_link(token=link.token, at=later)
    assert refusal.value.reason == "over"
    service.refresh_from_db()
    assert service.last_verified_date == date(2026, 1, 1)


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "A", lambda t: t[::-1], str.swapcase]
)
def test_a_link_that_was_changed_is_none(change):
    link = make_confirmation_link(service_id=make_service().pk, by=ADA, at=AT)
    with pytest.raises(LinkNotGood) as refusal:
        confirm_by_link(token=change(link.token), at=AT)
    assert refusal.value.reason == "unknown"


def test_looking_uses_nothing_up():
    link = make_confirmation_link(service_id=make_service().pk, by=ADA, at=AT)
    for _time in range(3):
        assert confirmation(link.token, at=AT).state == "open"


def test_the_token_itself_is_kept_nowhere():
    link = make_confirmation_link(service_id=make_service().pk, by=ADA, at=AT)
    assert link.token not in str(ConfirmationLink.objects.values().get())
    assert len(link.token) >= 43


def test_something_changed_becomes_the_organizations_own_word():
    service = make_service()
    link = make_confirmation_link(service_id=service.pk, by=ADA, at=AT)
    suggestion = report(link.token)
    assert (suggestion.service, suggestion.from_organization) == (service, True)
