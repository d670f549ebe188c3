"""The organizations of an import: found again, brought up to date, or made."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from madobe.directory.actions.fields import ImportedFields
from madobe.directory.actions.importing.writing import Writing, chunked, fixed_id
from madobe.directory.choices import ReviewKind, Standing
from madobe.directory.models import FieldSource, Organization, ReviewItem, SourceRecord
from madobe.directory.municipalities import all_municipalities
from madobe.directory.rules.draft import OrganizationDraft, ServiceDraft
from madobe.directory.rules.vetting import FACTS

_FIELDS = (
    "name", "name_kana", "alternate_name", "corporate_number", "website", "email", "description",
)  # fmt: skip


def organizations(
    drafts: Sequence[ServiceDraft], records: Mapping[str, SourceRecord], at: datetime
) -> list[UUID]:
    """This will give the organization of every draft, in their order, made where there was none."""
    found = _Found([one.organization for one in drafts])
    writing = Writing(at)
    keys: list[UUID] = []
    made: dict[UUID, OrganizationDraft] = {}
    for one in drafts:
        home, record = one.organization, records[one.keys[0]]
        key = found.key_of(home)
        keys.append(key)
        if key not in found.there and key not in made:
            made[key] = home
            values = {name: getattr(home, name) for name in _FIELDS}
            writing.add([_new(home, key, values)])
            writing.notes.add("organization", key, {n: v for n, v in values.items() if v}, record)
    writing.save()
    return keys


def renew_organizations(
    drafts: Sequence[ServiceDraft],
    keys: Sequence[UUID],
    records: Mapping[str, SourceRecord],
    at: datetime,
) -> set[UUID]:
    """This will bring organizations up to date with the rows they were taken from, fill what nobody filled,
    and keep every other spelling as an alias. Returns those whose name changed.
    """
    by_key: dict[UUID, list[ServiceDraft]] = defaultdict(list)
    for draft, key in zip(drafts, keys, strict=True):
        by_key[key].append(draft)
    known: dict[UUID, dict[str, FieldSource]] = defaultdict(dict)
    for source in chunked(FieldSource.objects, "record_id__in", list(by_key)):
        known[source.record_id][source.field] = source
    renamed = set()
    for organization in chunked(Organization.objects, "pk__in", list(by_key)):
        before = organization.name
        for draft in by_key[organization.pk]:
            _renew(organization, draft, known[organization.pk], records[draft.keys[0]], at)
        if organization.name != before:
            renamed.add(organization.pk)
    return renamed


class _Found:
    """What is there already, looked up in as few questions as the drafts allow."""

    def __init__(self, homes: Iterable[OrganizationDraft]) -> None:
        homes = list(dict.fromkeys(homes))
        self.survivor: dict[UUID, UUID] = {}  # of those merged into another
        numbers = sorted({one.corporate_number for one in homes} - {""})
        every = Organization.objects.order_by("-pk")
        self.by_number = {
            one.corporate_number: self._key(one)
            for one in chunked(every, "corporate_number__in", numbers)
        }
        self.there = {
            self._key(one) for one in chunked(every, "pk__in", [_own_key(one) for one in homes])
        }
        counted = Counter(one.name for one in all_municipalities())  # 府中市 there are two
        names = sorted(
            {one.name for one in homes if one.is_known_by_name and counted[one.name] < 2}
        )
        real = every.filter(is_invented=False)
        self.by_name = {one.name: self._key(one) for one in chunked(real, "name__in", names)}
        self.there |= {*self.by_number.values(), *self.by_name.values(), *self.survivor.values()}

    def _key(self, organization: Organization) -> UUID:
        if organization.merged_into_id is not None:
            self.survivor[organization.pk] = organization.merged_into_id
        return organization.pk

    def key_of(self, home: OrganizationDraft) -> UUID:
        """The organization meant: one that is there, or the id it will have."""
        key, own = self.by_number.get(home.corporate_number), _own_key(home)
        if key is None and own not in self.there and home.is_known_by_name:
            key = self.by_name.get(home.name)
        key = key or own
        return self.survivor.get(key, key)


def _own_key(home: OrganizationDraft) -> UUID:
    return fixed_id("organization", *home.identity)


def _new(home: OrganizationDraft, key: UUID, values: Mapping[str, str]) -> Organization:
    return Organization(
        id=key,
        sector=home.sector,
        standing=home.standing,
        aliases=list(home.aliases),
        source_name=home.source_name,
        source_url=home.source_url,
        last_verified_date=_date(home.last_verified_date),
        **values,
    )


def _renew(
    organization: Organization,
    draft: ServiceDraft,
    known: Mapping[str, FieldSource],
    record: SourceRecord,
    at: datetime,
) -> None:
    home = draft.organization
    if home.standing == Standing.UNVETTED != organization.standing:
        return  # what nobody has vetted changes nothing of those who are trusted
    values = {name: getattr(home, name) for name in _FIELDS if getattr(home, name)}
    mine = {
        name: value
        for name, value in values.items()
        if (known[name].source_record_id == record.pk if name in known else not getattr(organization, name))
        and getattr(organization, name) != value
    }  # fmt: skip
    if organization.standing == Standing.VETTED:
        for name in set(mine) & set(FACTS):
            _ask(organization, name, mine.pop(name), record, at)
    aliases = [
        name
        for name in (home.name, *home.aliases)
        if name not in (organization.name, mine.get("name"), *organization.aliases)
    ]
    is_register_now = (
        organization.standing == Standing.UNVETTED
        and home.standing == Standing.REGISTER
        and home.corporate_number != ""
        and organization.corporate_number == home.corporate_number
    )
    if not (mine or aliases or is_register_now):
        return
    fields = ImportedFields(record=organization, service=None, source_record=record, at=at)
    for name, value in mine.items():
        fields.take(
            name,
            shown=getattr(organization, name),
            imported=value,
            write=partial(setattr, organization, name),
        )
    fields.finish()
    organization.aliases = [*organization.aliases, *aliases]
    if is_register_now:
        organization.standing = Standing.REGISTER
    organization.save()


def _ask(
    organization: Organization, field: str, theirs: str, record: SourceRecord, at: datetime
) -> None:
    """An operator was vetted on exactly these facts: another value is a person's to take over."""
    ReviewItem.objects.get_or_create(
        kind=ReviewKind.DIFFERENCE,
        table="organization",
        record_id=organization.pk,
        field=field,
        theirs=theirs,
        defaults={
            "source_record": record,
            "ours": getattr(organization, field),
            "reason": "確認ずみの団体のことが、元のデータでは変わっています。",
            "opened_at": at,
        },
    )


def _date(text: str) -> Any:
    return date.fromisoformat(text) if text else None
