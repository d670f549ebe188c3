"""How to reach a service: by voice, and without."""

from django.db import models
from django.db.models import F, Q

from madobe.directory.choices import DoorKind, PhoneKind
from madobe.directory.models.base import Record
from madobe.directory.models.location import Location
from madobe.directory.models.organization import Organization
from madobe.directory.models.service import Service
from madobe.lib.privacy import Privacy


class Phone(Record):
    """HSDS phone. An extension may be a range: `extension`–`extension_last` (S4-23)."""

    privacy = Privacy(
        holds="Published numbers of offices; never a private person's.",
        keep="With its service.",
        exported="public",
    )

    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    location = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    number = models.CharField(max_length=20)  # as written with hyphens; "#8008"
    extension = models.PositiveIntegerField(null=True, blank=True)
    extension_last = models.PositiveIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=PhoneKind.choices, default=PhoneKind.VOICE)
    description = models.CharField(max_length=200, blank=True)
    is_toll_free = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "number", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="phone_has_number"),
            models.CheckConstraint(condition=Q(kind__in=PhoneKind.values), name="phone_kind_known"),
            models.CheckConstraint(
                condition=Q(service__isnull=False)
                | Q(organization__isnull=False)
                | Q(location__isnull=False),
                name="phone_belongs_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(extension_last__isnull=True)
                | (Q(extension__isnull=False) & Q(extension_last__gt=F("extension"))),
                name="phone_extension_range_rises",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class TextDoor(Record):
    """A way in without a voice, with whose word we have for it. Hours in opening_hours notation if certain."""

    privacy = Privacy(
        holds="Published addresses of forms, mailboxes and accounts.",
        keep="With its service.",
        exported="public",
    )

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="text_doors")
    kind = models.CharField(max_length=14, choices=DoorKind.choices)
    address = models.CharField(max_length=500, blank=True)
    label = models.CharField(max_length=200, blank=True)
    reply_note = models.CharField(max_length=200, blank=True)  # S4-16
    hours_rule = models.CharField(
        max_length=500, blank=True
    )  # empty: answered later, or not certain
    source_name = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    verified_date = models.DateField(null=True, blank=True)
    needs_check = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DoorKind.values), name="text_door_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(address="") | Q(kind="counter_memo") | Q(needs_check=True),
                name="text_door_has_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.address}"


class Contact(Record):
    """HSDS contact, as a section of an office ("福祉総務課 福祉総務係"); people are not named."""

    privacy = Privacy(
        holds="Sections and their titles; never a private person's name.",
        keep="With its service.",
        exported="public",
    )

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="contacts")
    department = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.department
