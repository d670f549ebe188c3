"""Make what the search reads of a service."""

import json
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from madobe.directory.choices import Status
from madobe.directory.models import SearchEntry, Service
from madobe.directory.rules.eligibility import ConditionSet
from madobe.directory.rules.hours_compose import load_rows
from madobe.directory.search.facts import facts_of, kind_mask, mask
from madobe.directory.search.limits import dump_dated, limits_of
from madobe.directory.search.matching import concept_impacts, fields_of
from madobe.directory.search.release import release
from madobe.directory.search.week import week_of

LONGEST_FIELD = 8000  # characters of one field that are searched
WIDEST = ("JP",)


def entry_of(
    service: Service,
    *,
    timetable: str,
    conditions: Iterable[ConditionSet],
    address: str,
    today: date,
) -> SearchEntry:
    """This will give the entry of one service, not saved. `timetable`: as `dump_rows` writes it, "" if not certain.

    The service comes with everything it has (kinds, areas, doors, locations) already read.
    """
    kinds = [one.kind for one in service.kinds.all()]
    fields = fields_of(_texts(service, address))
    always, *dated = limits_of(conditions)
    week = week_of(load_rows(timetable), today)
    facts = facts_of(
        kinds=kinds,
        stages=service.stages,
        methods=service.methods,
        audience=service.audience,
        functions=service.functions,
        door_kinds=[one.kind for one in service.text_doors.all()],
        anonymous_ok=service.anonymous_ok,
        family_only_ok=service.family_only_ok,
        camera_off_ok=service.camera_off_ok,
        reservation=service.reservation,
        fee=service.fee,
        evening=week.evening,
        weekend=week.weekend,
        is_desk=service.is_hikikomori_desk,
        needs_check=service.needs_check or service.status == Status.STALE,
    )
    impacts = concept_impacts(fields, kinds=kinds, facts=facts)
    return SearchEntry(
        service=service,
        release=release(),
        text="\n".join(
            " ".join(stream.text for stream in streams)[:LONGEST_FIELD] for streams in fields
        ),
        concepts="".join(f" {name}:{impact}" for name, impact in sorted(impacts.items())) + " ",
        kinds=kind_mask(kinds),
        facts=mask(facts),
        youngest=always.youngest,
        oldest=always.oldest,
        months=always.months,
        dated_limits=dump_dated(dated),
        timetable=timetable,
        areas=json.dumps(_areas(service), ensure_ascii=False),
        points=json.dumps(_points(service)),
    )


def _texts(service: Service, address: str) -> tuple[list[str], list[str], list[str]]:
    """Names; the three texts; everything else people may remember of it."""
    organization = service.organization
    strong = [
        service.name,
        service.alternate_name,
        *service.aliases,
        organization.name,
        organization.name_kana,
        organization.alternate_name,
        *organization.aliases,
    ]
    middle = [service.when_to_use, service.role_text, service.content_text]
    weak = [
        service.description,
        service.first_visit,
        service.eligibility_description,
        service.application_process,
        service.hours_prose,
        service.fees_description,
        *service.notices,
        *service.professions,
        *(one.department for one in service.contacts.all()),
        *(one.name for one in service.areas.all()),
        address,
    ]
    return (
        [str(text) for text in dict.fromkeys(strong)],
        middle,
        [str(text) for text in dict.fromkeys(weak)],
    )


def _areas(service: Service) -> list[list[str]]:
    """Widest first: the nation, prefectures, municipalities."""
    return sorted(
        ([area.extent, area.name] for area in service.areas.all()),
        key=lambda pair: (pair[0] not in WIDEST, len(pair[0]), pair[0]),
    )


def _points(service: Service) -> list[list[float]]:
    places = (one.location for one in service.service_at_locations.all())
    return sorted(
        [place.latitude, place.longitude]
        for place in places
        if place.latitude is not None and place.longitude is not None
    )


def outdated_entries() -> list[UUID]:
    """This will give the keys of shown services whose entry is missing or of another release."""
    current = SearchEntry.objects.filter(release=release()).values("service")
    return list(Service.objects.shown().exclude(pk__in=current).values_list("pk", flat=True))


def unlisted_services() -> list[UUID]:
    """This will give the keys of shown services without a card, an entry of the search or a document."""
    lacking = Q(card=None) | Q(search_entry=None) | Q(document=None)
    return list(Service.objects.shown().filter(lacking).values_list("pk", flat=True))
