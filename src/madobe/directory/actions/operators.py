"""Correcting who an operator is. A vetting holds only for the facts it was made on, so it may end here."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.audit.actions import record
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.vetting import (
    FactsChanged,
    MergedAway,
    facts_of,
    void_if_facts_changed,
)
from madobe.directory.choices import Sector
from madobe.directory.models import Organization, Service
from madobe.directory.rules.scope import EDITING, reaches
from madobe.directory.rules.tidy import corporate_number
from madobe.directory.rules.vetting import FACTS, fingerprint, is_web_address
from madobe.lib.actor import Actor

LONGEST_NAME = 200


class OperatorRefusal(Exception):
    """A correction that is not taken; the subclass says why."""


class MayNotCorrect(OperatorRefusal):
    """Somebody who keeps no entries of this operator."""


class NameMissing(OperatorRefusal):
    """An operator has a name, of at most 200 characters."""


class SectorUnknown(OperatorRefusal):
    """None of the sectors."""


class NumberNotSound(OperatorRefusal):
    """A corporate number has thirteen digits, the first of which checks the rest."""


class NoWebAddress(OperatorRefusal):
    """The website is no address of one."""


@transaction.atomic
def correct_operator(
    *, organization: UUID, values: Mapping[str, str], seen: str, by: Actor, at: datetime
) -> bool:
    """This will set name, sector, corporate number and website (`values`, all four); returns whether that changed
    anything. `seen`: `fingerprint` of the facts the person was looking at.

    Who corrects an operator counts as having entered it. Raises an OperatorRefusal or a VettingRefusal.
    """
    locked = Organization.objects.select_for_update(no_key=True, of=("self",)).get(pk=organization)
    if not reaches(by, EDITING, locked.pk):
        raise MayNotCorrect
    if locked.merged_into_id is not None:
        raise MergedAway
    before = facts_of(locked)
    if seen != fingerprint(before):
        raise FactsChanged
    for name, value in _sound(values).items():
        setattr(locked, name, value)
    changed = [name for name in FACTS if getattr(locked, name) != before[name]]
    if not changed:
        return False
    locked.save(update_fields=changed)
    record(
        by=by.id, action="organization.correct", at=at, table="organization", record_id=locked.pk,
        detail={"fields": changed},
    )  # fmt: skip
    if not void_if_facts_changed(organization=locked.pk, by=by.id, at=at):
        services = Service.objects.filter(organization=locked).values_list("pk", flat=True)
        refresh_listing(services=list(services), at=at)
    return True


def _sound(values: Mapping[str, str]) -> dict[str, str]:
    name = " ".join(values["name"].split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise NameMissing
    if values["sector"] not in Sector.values:
        raise SectorUnknown
    written = values["corporate_number"].strip()
    number = corporate_number(written)
    if written and not number:
        raise NumberNotSound
    website = values["website"].strip()
    if website and not is_web_address(website):
        raise NoWebAddress
    return {
        "name": name,
        "sector": values["sector"],
        "corporate_number": number,
        "website": website,
    }
