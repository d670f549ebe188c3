"""What one can turn to. After changing services or anything that hangs on them, call
`actions.listing.refresh_listing(services=…, at=…)`: pages and guide read the listing made there.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from madobe.directory.choices import (
    SHOWN,
    Availability,
    Fee,
    Kind,
    LinkKind,
    Registration,
    Reservation,
    Rhythm,
    Sector,
    Standing,
    Status,
    VettingState,
)
from madobe.directory.models.base import Record, code_list
from madobe.directory.models.organization import Organization
from madobe.directory.models.vetting import Suspension, VettingRound
from madobe.directory.rules.vetting import FACTS
from madobe.lib.privacy import Privacy


class ServiceSet(models.QuerySet["Service"]):
    """Services, with the one question everything public asks first."""

    def shown(self) -> "ServiceSet":
        """This will keep those anyone may read: published, not merged away, of a trusted operator not suspended.

        The one place this is decided: pages, guide, search, API, export and feeds all ask here.
        """
        return self.filter(
            _is_trusted(),
            ~Exists(_suspended()),
            status__in=SHOWN,
            merged_into__isnull=True,
            organization__suspended_at__isnull=True,
        )


def _is_trusted() -> Q:
    """In a public register, or vetted on exactly these facts. A public body's word may be older than vettings."""
    passed = VettingRound.objects.filter(
        organization=OuterRef("organization"), state=VettingState.PASSED
    )
    same_facts = passed.filter(**{fact: OuterRef(f"organization__{fact}") for fact in FACTS})
    return Q(organization__standing=Standing.REGISTER) | (
        Q(organization__standing=Standing.VETTED)
        & (Exists(same_facts) | (Q(organization__sector=Sector.PUBLIC) & ~Exists(passed)))
    )


def _suspended() -> "models.QuerySet[Suspension]":
    """Open suspensions of a service, of its operator, of the body above or the one it was merged into."""
    return Suspension.objects.filter(
        Q(service=OuterRef("pk"))
        | Q(organization=OuterRef("organization"))
        | Q(organization=OuterRef("organization__parent_organization"))
        | Q(organization=OuterRef("organization__merged_into")),
        lifted_at__isnull=True,
    )


class Service(Record):
    """HSDS service with our profile. `status` is the life of the entry; HSDS status is derived from it."""

    privacy = Privacy(
        holds="Public facts about a service; no private person's name or number.",
        keep="While it exists; archived afterwards.",
        exported="public",
    )

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="services"
    )
    name = models.CharField(max_length=200)
    alternate_name = models.CharField(max_length=200, blank=True)
    aliases = code_list()
    description = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    lang = models.CharField(max_length=10, default="ja")

    # the three texts (S1-27) and the first day
    role_text = models.TextField(blank=True)  # 役割
    content_text = models.TextField(blank=True)  # 内容
    when_to_use = models.TextField(blank=True)  # 使い時
    first_visit = models.TextField(blank=True)  # はじめての日の流れ
    application_process = models.TextField(blank=True)
    apply_at_kind = models.CharField(max_length=40, choices=Kind.choices, blank=True)  # S4-19
    eligibility_description = models.TextField(blank=True)
    notices = code_list()  # short sentences shown beside the entry

    sector = models.CharField(max_length=10, choices=Sector.choices, default=Sector.PUBLIC)
    registration = models.CharField(
        max_length=10, choices=Registration.choices, default=Registration.NONE, blank=True
    )
    methods = code_list()  # choices.Method
    audience = code_list()  # choices.Audience; empty: not known
    functions = code_list()  # choices.Function
    professions = code_list()  # 社会福祉士 …
    stages = code_list()  # 1, 2, 3
    anonymous_ok = models.BooleanField(null=True, blank=True)
    family_only_ok = models.BooleanField(null=True, blank=True)
    camera_off_ok = models.BooleanField(null=True, blank=True)  # S0-12, S0-24
    reservation = models.CharField(
        max_length=12, choices=Reservation.choices, default=Reservation.UNKNOWN, blank=True
    )
    fee = models.CharField(max_length=12, choices=Fee.choices, default=Fee.UNKNOWN, blank=True)
    fees_description = models.TextField(blank=True)
    extra_costs = models.TextField(blank=True)  # S2-05
    availability = models.CharField(
        max_length=10, choices=Availability.choices, default=Availability.UNKNOWN, blank=True
    )
    availability_note = models.CharField(max_length=200, blank=True)  # 次の空き・待ち方
    availability_date = models.DateField(null=True, blank=True)  # the day this was said
    capacity = models.PositiveIntegerField(null=True, blank=True)  # 定員
    is_hikikomori_desk = models.BooleanField(
        default=False
    )  # made for this; stands before general windows
    is_unevaluated = models.BooleanField(default=False)  # 評価しません・がんばらなくていい (S1-11)
    max_months = models.PositiveSmallIntegerField(null=True, blank=True)  # S1-16
    hours_prose = models.TextField(blank=True)  # the source's own words where hours are not certain
    alert = models.TextField(blank=True)

    source_name = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    source_page_id = models.CharField(max_length=60, blank=True)  # S4-24
    source_updated_date = models.DateField(null=True, blank=True)
    last_verified_date = models.DateField(null=True, blank=True)
    recheck_months = models.PositiveSmallIntegerField(
        choices=Rhythm.choices, default=Rhythm.HALF_YEAR
    )  # how often the owner wants it checked
    needs_check = models.BooleanField(default=False)  # 要確認
    is_invented = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    updated_at = models.DateTimeField(null=True, blank=True)

    objects = ServiceSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="service_has_name"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="service_status_known"
            ),
            models.CheckConstraint(
                # domain §3.7 no 6: nobody reads an entry that does not say when to use it and who says so
                condition=~Q(status__in=["published", "stale"])
                | (~Q(when_to_use="") & ~Q(source_name="") & Q(last_verified_date__isnull=False)),
                name="service_shown_has_when_source_date",
            ),
            models.CheckConstraint(
                condition=Q(recheck_months__in=Rhythm.values), name="service_recheck_months_known"
            ),
            models.CheckConstraint(condition=Q(fee__in=Fee.values), name="service_fee_known"),
            models.CheckConstraint(
                condition=Q(availability__in=Availability.values), name="service_availability_known"
            ),
            models.CheckConstraint(
                condition=Q(reservation__in=Reservation.values), name="service_reservation_known"
            ),
            models.CheckConstraint(
                condition=Q(sector__in=Sector.values), name="service_sector_known"
            ),
            models.CheckConstraint(
                condition=Q(registration__in=Registration.values), name="service_registration_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceKind(Record):
    """One service type of the guide a service belongs to; exported as an HSDS attribute with a taxonomy term."""

    privacy = Privacy(
        holds="Which kind a public service is.", keep="With its service.", exported="public"
    )

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="kinds")
    kind = models.CharField(max_length=40, choices=Kind.choices)
    is_main = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "kind"], name="service_kind_once"),
            models.UniqueConstraint(
                fields=["service"], condition=Q(is_main=True), name="service_one_main_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="service_kind_known"),
        ]

    def __str__(self) -> str:
        return self.kind


class ServiceArea(Record):
    """HSDS service_area. `extent`: six-digit municipality code, two-digit prefecture code, or "JP"."""

    privacy = Privacy(
        holds="Which areas a public service covers.", keep="With its service.", exported="public"
    )

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="areas")
    extent = models.CharField(max_length=6, db_index=True)
    extent_type = models.CharField(
        max_length=12,
        choices=[("municipality", "市区町村"), ("prefecture", "都道府県"), ("nation", "全国")],
    )
    name = models.CharField(max_length=60)  # 昭島市 / 東京都 / 全国

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "extent"], name="service_area_once"),
            models.CheckConstraint(
                condition=Q(Exact(Length("extent"), 6), extent_type="municipality")
                | (Q(Exact(Length("extent"), 2), extent_type="prefecture") & ~Q(extent="JP"))
                | Q(extent_type="nation", extent="JP"),
                name="service_area_extent_fits",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CostOption(Record):
    """HSDS cost_option: a price, what is in it, and any help with it (S0-35)."""

    privacy = Privacy(holds="Published prices.", keep="With its service.", exported="public")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="cost_options")
    option = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="JPY")
    amount_description = models.TextField(blank=True)
    subsidy = models.TextField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.option


class Language(Record):
    """HSDS language: a language one can speak or write there."""

    privacy = Privacy(holds="Languages served.", keep="With its service.", exported="public")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.code


class Link(Record):
    """A flyer, a related file, a list elsewhere (S4-24, S4-20)."""

    privacy = Privacy(
        holds="Public addresses of documents.", keep="With its service.", exported="public"
    )

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=LinkKind.choices)
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    source_date = models.DateField(null=True, blank=True)
    needs_check = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title
