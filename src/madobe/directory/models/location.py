"""Where a service is."""

from django.db import models

from madobe.directory.models.base import Record
from madobe.directory.models.organization import Organization
from madobe.directory.models.service import Service
from madobe.lib.privacy import Privacy


class Location(Record):
    """HSDS location. Without a certain postal code the address stands in `description` (contract.md)."""

    privacy = Privacy(
        holds="Public addresses of offices and meeting places.",
        keep="With its services.",
        exported="public",
    )

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="locations"
    )
    location_type = models.CharField(
        max_length=10,
        choices=[("physical", "場所"), ("postal", "郵便"), ("virtual", "オンライン")],
        default="physical",
    )
    name = models.CharField(max_length=200, blank=True)
    alternate_name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    transportation = models.TextField(blank=True)
    sensory_notes = models.TextField(blank=True)  # quiet, entrance, who sees you
    url = models.URLField(max_length=500, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    municipality = models.CharField(max_length=6, blank=True, db_index=True)  # six-digit code

    def __str__(self) -> str:
        return self.name or self.description


class Address(Record):
    """HSDS address, with building, floor and window apart (S4-23)."""

    privacy = Privacy(
        holds="Public office addresses.", keep="With its location.", exported="public"
    )

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="addresses")
    postal_code = models.CharField(max_length=8, blank=True)  # 196-8511
    state_province = models.CharField(max_length=20, blank=True)  # 東京都
    city = models.CharField(max_length=60, blank=True)  # 昭島市
    region = models.CharField(max_length=60, blank=True)
    address_1 = models.CharField(max_length=200)  # 田中町1-17-1
    address_2 = models.CharField(max_length=200, blank=True)
    building = models.CharField(max_length=200, blank=True)
    floor = models.CharField(max_length=20, blank=True)  # 2階
    window = models.CharField(max_length=20, blank=True)  # 9番窓口
    country = models.CharField(max_length=2, default="JP")
    address_type = models.CharField(max_length=10, default="physical")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(address_1=""), name="address_has_street"),
        ]

    def __str__(self) -> str:
        return f"{self.state_province}{self.city}{self.address_1}"


class ServiceAtLocation(Record):
    """HSDS service_at_location: this service is given here."""

    privacy = Privacy(
        holds="Which public service is given where.", keep="With its service.", exported="public"
    )

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="service_at_locations"
    )
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, related_name="service_at_locations"
    )
    description = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "location"], name="service_once_a_location"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} @ {self.location_id}"
