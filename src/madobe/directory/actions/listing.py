"""Make the listing: what pages and guide read, put together from the tables once per change."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from madobe.directory.actions.cards import address_of, card_text, conditions_of, timetable_of
from madobe.directory.actions.changes import lock_revision, note_changes
from madobe.directory.actions.documents import keep_in_order, write_documents
from madobe.directory.actions.merging.following import follow_merges
from madobe.directory.actions.search_entries import entry_of
from madobe.directory.choices import NATION
from madobe.directory.hsds.gather import with_everything
from madobe.directory.models import (
    Card,
    Document,
    Listing,
    SearchEntry,
    Service,
)
from madobe.directory.rules.eligibility import ConditionRow, ConditionSet
from madobe.directory.rules.hours import JAPAN

CHUNK = 500
# Desks made for this before general ones; inside each, those for everyone before those for some, and last
# what nobody can call or write to. Among nationwide lines, those whose hours are known come first.
DESK_RANK, GENERAL_RANK = 0, 10
FOR_SOME, HOURS_UNKNOWN, HARD_TO_REACH = 2, 1, 5


@transaction.atomic
def refresh_listing(*, at: datetime, services: Collection[UUID] | None = None) -> int:
    """This will make listing and cards anew for these services (None: all); returns how many are shown.

    Services that are not to be shown leave the listing; merged ones hand on what changed in them. Each gets the next revision (`models.Change`).
    """
    lock_revision()
    followed = follow_merges(services=services, at=at)
    if services is not None:
        services = {*services, *followed}
    wanted = Service.objects.all() if services is None else Service.objects.filter(pk__in=services)
    cards, listings = Card.objects.all(), Listing.objects.all()
    entries = SearchEntry.objects.all()
    if services is not None:
        cards = cards.filter(service__in=services)
        listings = listings.filter(service__in=services)
        entries = entries.filter(service__in=services)
    before = set(cards.values_list("pk", flat=True))
    cards.delete()
    listings.delete()
    entries.delete()
    Document.objects.filter(service__in=wanted).exclude(service__in=wanted.shown()).delete()
    shown, today = 0, at.astimezone(JAPAN).date()
    renewed: list[UUID] = []
    keys = list(wanted.shown().values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = list(with_everything(Service.objects.filter(pk__in=keys[start : start + CHUNK])))
        Card.objects.bulk_create(Card(service=one, body=card_text(one)) for one in chunk)
        Listing.objects.bulk_create(row for one in chunk for row in _listings(one))
        SearchEntry.objects.bulk_create(_search_entry(one, today) for one in chunk)
        renewed += write_documents(chunk, at=at)
        shown += len(chunk)
    touched = before | set(wanted.values_list("pk", flat=True))
    note_changes(services=touched, shown=set(keys), at=at)
    keep_in_order(renewed, at=at)
    return shown


def _search_entry(service: Service, today: date) -> SearchEntry:
    locations = [one.location for one in service.service_at_locations.all()]
    conditions = (
        ConditionSet(
            tuple(
                ConditionRow(one["kind"], one["number"], tuple(one["values"]), one["note"])
                for one in group["conditions"]
            ),
            group["valid_from"],
            group["valid_to"],
            group["needs_check"],
        )
        for group in conditions_of(service)
    )
    return entry_of(
        service,
        timetable=timetable_of(service),
        conditions=conditions,
        address=" ".join(address_of(one) for one in locations),
        today=today,
    )


def _listings(service: Service) -> Iterable[Listing]:
    rank = DESK_RANK if service.is_hikikomori_desk else GENERAL_RANK
    own = service.phones.all() or service.text_doors.all() or service.url
    if not (own or service.organization.phones.all()):
        rank += HARD_TO_REACH
    if any(area.extent == NATION for area in service.areas.all()):
        rank += FOR_SOME * bool(service.eligibilities.all())
        rank += HOURS_UNKNOWN * (not service.schedules.all())
    return [
        Listing(
            extent=area.extent,
            kind=kind.kind,
            rank=rank,
            verified_date=service.last_verified_date,
            service=service,
            area_name=area.name,
        )
        for area in service.areas.all()
        for kind in service.kinds.all()
    ]
