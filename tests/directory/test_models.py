"""What the tables themselves refuse, and what each says about privacy."""

from datetime import date, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from madobe.directory.models import (
    FieldSource,
    Organization,
    Phone,
    Schedule,
    ScheduleException,
    Service,
    ServiceArea,
    ServiceKind,
    TextDoor,
)
from madobe.directory.rules.hours import JAPAN
from madobe.lib.privacy import Privacy
from tests.factories.directory import make_service

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=JAPAN)


def refused(make) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_every_table_says_what_it_keeps_and_for_how_long():
    for model in apps.get_app_config("directory").get_models():
        assert isinstance(model.privacy, Privacy), model.__name__
        assert model.privacy.holds
        assert model.privacy.keep


@pytest.mark.django_db
class TestServices:
    @pytest.mark.parametrize(
        "missing", [{"when_to_use": ""}, {"source_name": ""}, {"last_verified_date": None}]
    )
    def test_s1_27_publishing_without_when_to_use_source_or_date_is_refused(self, missing):
        refused(lambda: make_service(listed=False, **missing))

    def test_the_same_entry_may_wait_as_a_draft(self):
        assert make_service(listed=False, status="draft", when_to_use="", source_name="").pk

    def test_an_unknown_fee_word_is_refused(self):
        refused(lambda: make_service(listed=False, fee="cheap"))

    def test_a_kind_nobody_knows_is_refused(self):
        service = make_service(listed=False)
        refused(lambda: ServiceKind.objects.create(service=service, kind="rescue_by_force"))

    def test_a_service_has_one_main_kind(self):
        service = make_service(listed=False)
        refused(lambda: ServiceKind.objects.create(service=service, kind="ibasho", is_main=True))
        ServiceKind.objects.create(service=service, kind="ibasho")

    @pytest.mark.parametrize(
        ("extent", "level"),
        [("13", "municipality"), ("132071", "prefecture"), ("JP", "prefecture"), ("13", "nation")],
    )
    def test_an_area_code_fits_its_level(self, extent, level):
        service = make_service(listed=False, areas=())
        refused(
            lambda: ServiceArea.objects.create(
                service=service, extent=extent, extent_type=level, name="x"
            )
        )


@pytest.mark.django_db
class TestContacts:
    def test_an_extension_range_rises(self):
        service = make_service(listed=False)
        Phone.objects.create(
            service=service, number="042-544-5111", extension=2853, extension_last=2856
        )
        refused(
            lambda: Phone.objects.create(
                service=service, number="1", extension=2856, extension_last=2853
            )
        )
        refused(lambda: Phone.objects.create(service=service, number="1", extension_last=2856))

    def test_a_number_belongs_to_something(self):
        refused(lambda: Phone.objects.create(number="042-544-5111"))

    def test_a_door_has_an_address_unless_it_is_a_memo_or_still_to_be_checked(self):
        service = make_service(listed=False)
        TextDoor.objects.create(service=service, kind="counter_memo")
        TextDoor.objects.create(service=service, kind="sns", needs_check=True)
        refused(lambda: TextDoor.objects.create(service=service, kind="mail"))


@pytest.mark.django_db
class TestSchedules:
    def test_opening_without_closing_is_refused(self):
        service = make_service(listed=False)
        refused(lambda: Schedule.objects.create(service=service, byday="MO", opens_at="10:00"))

    def test_every_other_week_needs_a_date_to_count_from(self):
        service = make_service(listed=False)
        refused(lambda: Schedule.objects.create(service=service, byday="MO", interval=2))

    def test_a_moved_date_says_where_to(self):
        schedule = Schedule.objects.create(service=make_service(listed=False), byday="MO")
        refused(
            lambda: ScheduleException.objects.create(
                schedule=schedule, date=date(2026, 1, 31), kind="moved"
            )
        )

    def test_one_date_differs_once(self):
        schedule = Schedule.objects.create(service=make_service(listed=False), byday="MO")
        ScheduleException.objects.create(
            schedule=schedule, date=date(2026, 1, 31), kind="cancelled"
        )
        refused(
            lambda: ScheduleException.objects.create(
                schedule=schedule, date=date(2026, 1, 31), kind="cancelled"
            )
        )


@pytest.mark.django_db
def test_every_published_field_has_an_author():
    service = make_service(listed=False)
    refused(
        lambda: FieldSource.objects.create(
            table="service", record_id=service.pk, field="name", set_at=NOW
        )
    )
    FieldSource.objects.create(
        table="service", record_id=service.pk, field="name", set_at=NOW, set_by="staff:1"
    )


@pytest.mark.django_db
def test_an_organization_with_services_is_not_lost_by_deleting_it():
    from django.db.models import ProtectedError

    service = make_service(listed=False)
    with pytest.raises(ProtectedError):
        Organization.objects.get(pk=service.organization_id).delete()
    assert Service.objects.filter(pk=service.pk).exists()
