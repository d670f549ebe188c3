"""What visitors noticed: received without knowing from whom, settled by somebody who looked."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from madobe.audit.actions import record
from madobe.directory.actions.editing.edit import Edited, edit_service
from madobe.directory.actions.editing.trail import JAPAN
from madobe.directory.choices import SuggestionState
from madobe.directory.models import Suggestion

# A flood is held by how much comes in, never by who sends: nothing about the sender is looked at.
A_DAY_FOR_ONE_SERVICE, A_DAY = 20, 300


class TooManySuggestionsToday(Exception):
    """So much has come in today that no more is taken until tomorrow."""


class AlreadySettled(Exception):
    """Somebody settled it before."""


@transaction.atomic
def receive_suggestion(
    *,
    service_id: UUID | None,
    kind: str,
    text: str,
    answer_to: str,
    language: str,
    at: datetime,
    from_organization: bool = False,
) -> Suggestion:
    """This will keep what a visitor noticed, with the day only. The same words again are kept once.

    Raises TooManySuggestionsToday once a day's measure is full; an organization's own word is always taken.
    """
    today = at.astimezone(JAPAN).date()
    about = (
        Suggestion.objects.filter(service_id=service_id)
        if service_id
        else Suggestion.objects.filter(service__isnull=True)
    )
    same = about.filter(kind=kind, text=text, state=SuggestionState.OPEN).first()
    if same is not None:
        return same
    if not from_organization and _is_full(service_id, today):
        raise TooManySuggestionsToday
    return Suggestion.objects.create(
        service_id=service_id,
        kind=kind,
        text=text,
        answer_to=answer_to,
        language=language,
        from_organization=from_organization,
        received_date=today,
    )


@transaction.atomic
def apply_suggestion(
    *,
    suggestion_id: UUID,
    values: Mapping[str, Any],
    seen: Mapping[str, str],
    by: str,
    at: datetime,
    source_name: str,
    source_url: str = "",
    reason: str = "",
    is_checked: bool = False,
) -> Edited:
    """This will edit the entry a suggestion speaks of and settle it, both or neither; errors as `edit_service`."""
    suggestion = _open(suggestion_id)
    assert suggestion.service_id is not None
    edited = edit_service(
        service_id=suggestion.service_id,
        values=values,
        seen=seen,
        by=by,
        at=at,
        source_name=source_name,
        source_url=source_url,
        reason=reason,
        is_checked=is_checked,
    )
    _settle(suggestion, SuggestionState.APPLIED, "", by, at)
    return edited


@transaction.atomic
def set_suggestion_aside(*, suggestion_id: UUID, note: str, by: str, at: datetime) -> Suggestion:
    """This will settle a suggestion without an edit; the note says why."""
    suggestion = _open(suggestion_id)
    _settle(suggestion, SuggestionState.SET_ASIDE, note, by, at)
    return suggestion


def _is_full(service_id: UUID | None, today: date) -> bool:
    received = Suggestion.objects.filter(received_date=today, from_organization=False)
    if received.count() >= A_DAY:
        return True
    return (
        service_id is not None
        and received.filter(service_id=service_id).count() >= A_DAY_FOR_ONE_SERVICE
    )


def _open(suggestion_id: UUID) -> Suggestion:
    suggestion = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion_id)
    if suggestion.state != SuggestionState.OPEN:
        raise AlreadySettled
    return suggestion


def _settle(
    suggestion: Suggestion, state: SuggestionState, note: str, by: str, at: datetime
) -> None:
    suggestion.state, suggestion.answer_note = state, note
    suggestion.settled_by, suggestion.settled_at = by, at
    suggestion.save()
    record(
        by=by, at=at, action="suggestion.settle", table="suggestion", record_id=suggestion.pk,
        detail={"state": str(state)},
    )  # fmt: skip
