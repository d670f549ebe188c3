"""Other spellings of a service or an operator (S4-26), so that people find it by any of them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.audit.actions import record
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.models import Organization, Service
from madobe.directory.rules.scope import EDITING, reaches
from madobe.lib.actor import Actor

MAY_NAME = EDITING
LONGEST = 200
TABLES: dict[str, type[Organization] | type[Service]] = {
    "organization": Organization,
    "service": Service,
}


class AliasRefusal(Exception):
    """A spelling that is not taken; the subclass says why."""


class MayNotName(AliasRefusal):
    """Somebody without one of the roles."""


class AliasEmpty(AliasRefusal):
    """Nothing was written."""


class AliasTooLong(AliasRefusal):
    """Longer than a name can be."""


class AliasKnown(AliasRefusal):
    """It is the name itself, or among the spellings already."""


class AliasUnknown(AliasRefusal):
    """It is not among the spellings."""


@transaction.atomic
def add_alias(*, table: str, key: UUID, alias: str, by: Actor, at: datetime) -> list[str]:
    """This will add a spelling to a "service" or an "organization"; returns all of them."""
    entry = _locked(table, key, by)
    words = " ".join(alias.split())
    if not words:
        raise AliasEmpty
    if len(words) > LONGEST:
        raise AliasTooLong
    if words == entry.name or words in entry.aliases:
        raise AliasKnown
    return _save(entry, [*entry.aliases, words], "alias.add", words, by, at)


@transaction.atomic
def remove_alias(*, table: str, key: UUID, alias: str, by: Actor, at: datetime) -> list[str]:
    """This will take a spelling away; returns those that are left."""
    entry = _locked(table, key, by)
    if alias not in entry.aliases:
        raise AliasUnknown
    left = [one for one in entry.aliases if one != alias]
    return _save(entry, left, "alias.remove", alias, by, at)


def _locked(table: str, key: UUID, by: Actor) -> Organization | Service:
    model = TABLES[table]
    found = model._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=key)
    owner = found.organization_id if isinstance(found, Service) else found.pk
    if not reaches(by, MAY_NAME, owner):
        raise MayNotName
    return found


def _save(
    entry: Organization | Service,
    aliases: list[str],
    action: str,
    words: str,
    by: Actor,
    at: datetime,
) -> list[str]:
    entry.aliases = aliases
    entry.save(update_fields=["aliases"])
    is_service = isinstance(entry, Service)
    record(
        by=by.id, action=action, at=at, table="service" if is_service else "organization",
        record_id=entry.pk, detail={"alias": words},
    )  # fmt: skip
    services = Service.objects.filter(
        **({"pk": entry.pk} if is_service else {"organization": entry})
    )
    refresh_listing(services=list(services.values_list("pk", flat=True)), at=at)
    return aliases
