"""Who runs a service."""

from django.apps import apps
from django.db import models

from madobe.directory.choices import Registration, Sector, Standing
from madobe.directory.models.base import Record, code_list
from madobe.lib.privacy import Privacy


class OrganizationSet(models.QuerySet["Organization"]):
    """Organizations, with the one question everything public asks first."""

    def shown(self) -> "OrganizationSet":
        """This will keep those with a service anyone may read (`Service.objects.shown()` decides)."""
        services = apps.get_model("directory", "Service")._default_manager.shown()
        return self.filter(pk__in=services.values("organization"), merged_into__isnull=True)


class Organization(Record):
    """HSDS organization, with the aliases people search by (S4-26) and its standing (S4-20)."""

    privacy = Privacy(
        holds="Public facts about an office or group; no private person.",
        keep="While it exists; archived afterwards.",
        exported="public",
    )

    name = models.CharField(max_length=200)
    name_kana = models.CharField(max_length=200, blank=True)
    alternate_name = models.CharField(max_length=200, blank=True)
    aliases = code_list()  # every other spelling in use
    description = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(max_length=500, blank=True)
    sector = models.CharField(max_length=10, choices=Sector.choices, default=Sector.PUBLIC)
    registration = models.CharField(
        max_length=10, choices=Registration.choices, default=Registration.NONE, blank=True
    )
    corporate_number = models.CharField(max_length=13, blank=True)  # 法人番号, digits only
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.UNVETTED)
    suspended_at = models.DateTimeField(
        null=True, blank=True
    )  # set: shown nowhere, whatever else holds
    suspended_by = models.CharField(max_length=100, blank=True)
    suspension_reason = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    parent_organization = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    lang = models.CharField(max_length=10, default="ja")
    source_name = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    last_verified_date = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)

    objects = OrganizationSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="organization_has_name"),
            models.CheckConstraint(
                condition=models.Q(sector__in=Sector.values), name="organization_sector_known"
            ),
            models.CheckConstraint(
                condition=models.Q(registration__in=Registration.values),
                name="organization_registration_known",
            ),
            models.CheckConstraint(
                condition=models.Q(standing__in=Standing.values), name="organization_standing_known"
            ),
            models.CheckConstraint(
                condition=models.Q(suspended_at__isnull=True) | ~models.Q(suspended_by=""),
                name="organization_suspended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name
