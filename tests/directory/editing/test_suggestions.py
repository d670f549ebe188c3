"""Word from visitors: kept with the day only, held when it floods, settled once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from madobe.directory.actions.editing import (
    AlreadySettled,
    TooManySuggestionsToday,
    apply_suggestion,
    receive_suggestion,
    set_suggestion_aside,
)
from madobe.directory.models import FieldChange, Suggestion
from tests.factories.directory import make_service
from tests.factories.staff import ADA, BEN

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def receive(text: str, service: Any = None, at: datetime = AT, **more: Any) -> Suggestion:
    said = {"kind": "phone", "answer_to": "", "language": "ja", **more}
    return receive_suggestion(service_id=service and service.pk, text=text, at=at, **said)


def test_the_day_is_kept_and_nothing_about_the_sender():
    receive("番号がちがいます", make_service())
    kept = Suggestion.objects.values().get()
    assert kept["received_date"] == date(2026, 11, 26)
    assert set(kept) == {
        "id",
        "service_id",
        "kind",
        "text",
        "answer_to",
        "language",
        "from_organization",
        "received_date",
        "state",
        "settled_by",
        "settled_at",
        "answer_note",
    }


def test_the_same_words_again_are_kept_once():
    service = make_service()
    assert receive("同じ", service) == receive("同じ", service)
    assert Suggestion.objects.count() == 1


def test_a_flood_about_one_entry_is_held_until_tomorrow():
    service, other = make_service("一"), make_service("二")
    for number in range(20):
        receive(f"{number}", service)
    with pytest.raises(TooManySuggestionsToday):
        receive("21", service)
    receive("ほかの窓口", other)
    receive("あした", service, at=AT + timedelta(days=1))
    receive("窓口の人から", service, from_organization=True)


def test_a_flood_about_anything_is_held(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("madobe.directory.actions.editing.suggestions.A_DAY", 3)
    for number in range(3):
        receive(f"{number}")
    with pytest.raises(TooManySuggestionsToday):
        receive("4", make_service())


def apply(suggestion: Suggestion, by: str = ADA) -> None:
    from tests.directory.editing.test_edit import seen_of

    service = suggestion.service
    assert service is not None
    apply_suggestion(
        suggestion_id=suggestion.pk,
        values={"hours_prose": "9時から"},
        seen=seen_of(service),
        by=by,
        at=AT,
        source_name="公開ページからのお知らせ",
    )


def test_applied_it_is_an_edit_with_its_source():
    service = make_service()
    suggestion = receive("9時からです", service)
    apply(suggestion)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.settled_by, suggestion.settled_at) == ("applied", ADA, AT)
    assert FieldChange.objects.get().source_name == "公開ページからのお知らせ"


def test_settled_once():
    suggestion = receive("9時からです", make_service())
    set_suggestion_aside(
        suggestion_id=suggestion.pk, note="電話で聞くと10時からでした", by=ADA, at=AT
    )
    with pytest.raises(AlreadySettled):
        apply(suggestion, BEN)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.settled_by, suggestion.answer_note) == (
        "set_aside",
        ADA,
        "電話で聞くと10時からでした",
    )
    assert not FieldChange.objects.exists()
