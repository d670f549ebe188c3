"""What waits for a person: suggestions, differences imports found, links of confirmation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from madobe.directory.choices import SuggestionState
from madobe.directory.models import ConfirmationLink, ReviewItem, Service, ServiceAlert, Suggestion
from madobe.directory.queries.editing.entries import A_PAGE, PAIR, in_scope
from madobe.directory.queries.places import place
from madobe.directory.rules.place import Place


@dataclass(frozen=True)
class Confirmation:
    """What a link of confirmation leads to. `state`: "open", "used", "over" or "unknown"."""

    state: str
    service: Service | None = None
    place: Place | None = None


def suggestions(organizations: list[str] | None, *, state: str, page: int = 1) -> Page[Suggestion]:
    """This will give suggestions, the oldest open ones first. Those about no entry only a keeper of all sees."""
    found = _suggestions(organizations)
    if state in SuggestionState.values:
        found = found.filter(state=state)
    return Paginator(found.order_by("received_date", "pk"), A_PAGE).get_page(page)


def suggestion(suggestion_id: UUID, organizations: list[str] | None) -> Suggestion | None:
    """This will give one suggestion, None outside somebody's scope."""
    return _suggestions(organizations).filter(pk=suggestion_id).first()


def review_items(
    organizations: list[str] | None, *, kind: str = "", page: int = 1
) -> Page[ReviewItem]:
    """This will give what imports left to a person, oldest first."""
    found = _reviews(organizations).filter(settled_at__isnull=True)
    if kind:
        found = found.filter(kind=kind)
    return Paginator(found.order_by("opened_at", "pk"), A_PAGE).get_page(page)


def review_item(item_id: UUID, organizations: list[str] | None) -> ReviewItem | None:
    """This will give one review item, None outside somebody's scope."""
    return _reviews(organizations).filter(pk=item_id).first()


def alert_in_scope(alert_id: UUID, organizations: list[str] | None) -> ServiceAlert | None:
    """This will give a short notice of an entry somebody keeps, else None."""
    return ServiceAlert.objects.filter(pk=alert_id, service__in=in_scope(organizations)).first()


def confirmation(token: str, *, at: datetime) -> Confirmation:
    """This will say what a link leads to. Looking uses nothing up."""
    digest = ConfirmationLink.digest(token)
    link = (
        ConfirmationLink.objects.filter(token_digest=digest)
        .select_related("service__organization")
        .first()
    )
    if link is None:
        return Confirmation("unknown")
    if link.used_at is None and link.expires_at <= at:
        return Confirmation("over")
    state = "open" if link.used_at is None else "used"
    return Confirmation(state, link.service, place(link.service_id, at=at))


def _suggestions(organizations: list[str] | None) -> QuerySet[Suggestion]:
    found = Suggestion.objects.select_related("service__organization")
    return found if organizations is None else found.filter(service__in=in_scope(organizations))


def _reviews(organizations: list[str] | None) -> QuerySet[ReviewItem]:
    found = ReviewItem.objects.exclude(PAIR).select_related(
        "service__organization", "source_record"
    )
    return found if organizations is None else found.filter(service__in=in_scope(organizations))
