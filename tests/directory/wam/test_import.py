"""What an import of WAM does to the tables, on small releases."""

from datetime import timedelta

import pytest

from madobe.directory.actions.importing import ImportRequest, import_wam
from madobe.directory.choices import GUIDED_KINDS, ReviewKind, Standing, Status
from madobe.directory.models import Listing, Organization, ReviewItem, Service, SourceRecord
from madobe.directory.rules.wam import columns as c
from madobe.directory.rules.wam.kinds import kind_of

from .rows import AT, counts, row, take, write

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=30)
ONE, TWO, THREE = (row(NO=f"A{n}", NAME=f"まどべ{n}", OFFICE_NUMBER=str(n)) for n in (1, 2, 3))
TWIN = ONE | {c.NAME: "ふたごの事業所", c.OFFICE_NUMBER: "9", c.STREET: "昭和町9"}


def test_an_office_is_published_from_the_register_with_everything_a_page_shows(tmp_path):
    assert counts(take(tmp_path, ONE)) == (1, 0, 0, 0, 0, 0)
    service = Service.objects.shown().get()
    assert service.status == Status.PUBLISHED
    assert service.organization.standing == Standing.REGISTER
    assert (service.source_updated_date.isoformat(), service.capacity) == ("2024-09-30", 20)
    assert list(service.phones.values_list("number", "kind")) == [("042-000-0001", "voice"), ("042-000-0002", "fax")]  # fmt: skip
    assert service.eligibilities.get().conditions.count() == 2
    assert service.schedules.get().closed_on_holidays
    assert service.service_at_locations.get().location.municipality == "132071"
    assert Listing.objects.filter(service=service, extent="132071", kind="employment_transition").exists()  # fmt: skip


def test_an_office_of_a_kind_the_guide_has_not_is_published_and_never_suggested(tmp_path, client):
    take(tmp_path, ONE | {c.KIND: "就労継続支援Ａ型"})
    service = Service.objects.shown().get()
    assert (service.status, service.when_to_use) == (
        Status.PUBLISHED,
        kind_of("就労継続支援A型").when,
    )
    assert set(Listing.objects.values_list("kind", flat=True)).isdisjoint(GUIDED_KINDS)
    page = client.get(f"/ja/places/{service.pk}/").content.decode()
    assert service.when_to_use in page
    assert "/ja/kinds/" not in page  # a page of a kind is the guide's


def test_an_office_of_a_kind_nobody_has_read_yet_exists_and_is_not_shown(tmp_path):
    take(tmp_path, ONE | {c.KIND: "新しいサービス"})
    assert Service.objects.get().status == Status.CHECKED
    assert not Service.objects.shown().exists()
    assert not Listing.objects.exists()


def test_a_second_run_changes_nothing_at_all(tmp_path):
    take(tmp_path, ONE, TWO, TWIN)
    before = [sorted(map(str, table.objects.values_list())) for table in (Service, Organization, SourceRecord)]  # fmt: skip
    assert counts(take(tmp_path, ONE, TWO, TWIN, at=LATER)) == (0, 0, 2, 0, 0, 1)
    after = [sorted(map(str, table.objects.values_list())) for table in (Service, Organization, SourceRecord)]  # fmt: skip
    assert before == after


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    said = counts(take(tmp_path, ONE, TWIN, dry_run=True))
    assert not SourceRecord.objects.exists()
    assert said == counts(take(tmp_path, ONE, TWIN)) == (1, 0, 0, 0, 0, 1)


def test_two_offices_that_share_one_no_both_exist_and_stay_themselves(tmp_path):
    assert counts(take(tmp_path, ONE, TWIN)) == (1, 0, 0, 0, 0, 1)
    Service.objects.filter(name="ふたごの事業所").update(first_visit="人が書いた")
    assert counts(take(tmp_path, TWIN, ONE, at=LATER)) == (0, 0, 1, 0, 0, 1)
    assert set(Service.objects.values_list("name", "first_visit")) == {
        ("まどべ1", ""),
        ("ふたごの事業所", "人が書いた"),
    }


def test_an_office_that_shared_its_no_and_is_gone_goes_to_review(tmp_path):
    take(tmp_path, ONE, TWIN)
    assert counts(take(tmp_path, ONE, at=LATER)) == (0, 0, 1, 1, 0, 0)
    assert ReviewItem.objects.get().service.name == "ふたごの事業所"


def test_changed_is_any_column_shown_to_people_or_not(tmp_path):
    take(tmp_path, ONE)
    assert counts(take(tmp_path, ONE | {"法人電話番号": "03-0000-0000"}, at=LATER))[:3] == (0, 1, 0)
    assert counts(take(tmp_path, ONE | {c.NAME: "まどべ1 "}, at=LATER))[:3] == (0, 1, 0)


def test_a_fact_a_person_edited_is_not_written_over(tmp_path):
    take(tmp_path, ONE)
    Service.objects.update(name="人が直した名前")
    take(tmp_path, ONE | {c.NAME: "元の新しい名前", c.CAPACITY: "6"}, at=LATER)
    service = Service.objects.get()
    assert (service.name, service.capacity) == ("人が直した名前", 6)
    item = ReviewItem.objects.get()
    assert (item.kind, item.field, item.ours, item.theirs) == (
        ReviewKind.DIFFERENCE, "name", "人が直した名前", "元の新しい名前",
    )  # fmt: skip


def test_a_row_that_is_gone_goes_to_review_is_kept_and_is_counted_once(tmp_path):
    take(tmp_path, ONE, TWO)
    assert counts(take(tmp_path, ONE, at=LATER)) == (0, 0, 1, 1, 0, 0)
    assert counts(take(tmp_path, ONE, at=LATER)) == (0, 0, 1, 0, 0, 0)
    gone = Service.objects.get(name="まどべ2")
    assert (gone.needs_check, gone.status) == (True, Status.PUBLISHED)
    assert ReviewItem.objects.get(kind=ReviewKind.REMOVED).service == gone


def test_a_row_that_comes_back_settles_what_was_asked(tmp_path):
    take(tmp_path, ONE, TWO)
    take(tmp_path, ONE, at=LATER)
    assert counts(take(tmp_path, ONE, TWO, at=LATER)) == (0, 1, 1, 0, 0, 0)
    assert not Service.objects.get(name="まどべ2").needs_check
    assert ReviewItem.objects.get(kind=ReviewKind.REMOVED).settled_by == "import wam"


def test_a_rejected_row_is_not_missing(tmp_path):
    take(tmp_path, ONE, TWO)
    assert counts(take(tmp_path, ONE, TWO | {c.NAME: ""}, at=LATER)) == (0, 0, 1, 0, 1, 0)


def test_one_kind_alone_leaves_the_others_untouched(tmp_path):
    take(tmp_path, ONE, TWO | {c.KIND: "自立訓練（生活訓練）"})
    assert counts(take(tmp_path, THREE, at=LATER)) == (1, 0, 0, 1, 0, 0)
    assert ReviewItem.objects.get().service.name == "まどべ1"


def test_one_prefecture_alone_leaves_the_others_out_and_calls_nothing_gone(tmp_path):
    take(tmp_path, ONE, TWO)
    path = write(tmp_path, THREE, THREE | {c.NO: "A9", c.CITY: "大阪府大阪市北区"})
    tokyo = ImportRequest(files=[path], by="demo", at=LATER, prefecture="東京都")
    assert counts(import_wam(request=tokyo)) == (1, 0, 0, 0, 0, 0)
    assert set(Service.objects.values_list("name", flat=True)) == {"まどべ1", "まどべ2", "まどべ3"}


def test_several_rows_of_one_corporation_are_one_organization_with_its_other_spellings(tmp_path):
    take(tmp_path, ONE, TWO | {c.COMPANY: "（福）まどべ会"}, THREE | {c.CORPORATE_NUMBER: ""})
    numbered = Organization.objects.get(corporate_number="7000012050002")
    assert (numbered.name, numbered.aliases) == ("社会福祉法人 まどべ会", ["(福)まどべ会"])
    assert Organization.objects.count() == 2
    assert numbered.services.count() == 2


def test_an_organization_of_this_number_that_is_there_already_is_used(tmp_path):
    mine = Organization.objects.create(name="まどべ会", corporate_number="7000012050002")
    take(tmp_path, ONE)
    mine.refresh_from_db()
    assert Service.objects.get().organization == mine
    assert (mine.name, mine.standing) == ("まどべ会", Standing.REGISTER)


def test_a_suspended_operator_stays_unseen_whatever_the_register_says(tmp_path):
    Organization.objects.create(
        name="まどべ会", corporate_number="7000012050002", suspended_at=AT, suspended_by="test"
    )
    take(tmp_path, ONE)
    assert not Service.objects.shown().exists()
    assert not Listing.objects.exists()


def test_services_of_an_organization_merged_away_go_to_the_one_it_became(tmp_path):
    mine = Organization.objects.create(name="いまの法人", standing=Standing.VETTED)
    Organization.objects.create(name="まどべ会", corporate_number="7000012050002", merged_into=mine)
    take(tmp_path, ONE)
    assert Service.objects.get().organization == mine


def test_a_corporation_that_changes_its_name_changes_it_here_and_keeps_the_old_one_to_be_found(tmp_path):  # fmt: skip
    take(tmp_path, ONE)
    take(tmp_path, ONE | {c.COMPANY: "社会福祉法人ひなた会"}, at=LATER)
    assert Organization.objects.get().name == "社会福祉法人ひなた会"


def test_the_name_of_a_corporation_a_person_mended_stays(tmp_path):
    take(tmp_path, ONE)
    Organization.objects.update(name="人が直した法人")
    take(tmp_path, ONE | {c.COMPANY: "社会福祉法人ひなた会"}, at=LATER)
    assert Organization.objects.get().name == "人が直した法人"
    assert ReviewItem.objects.get().theirs == "社会福祉法人ひなた会"


def test_what_an_operator_was_vetted_on_is_asked_about_and_not_changed(tmp_path):
    take(tmp_path, ONE)
    Organization.objects.update(standing=Standing.VETTED)
    for at in (LATER, LATER + timedelta(days=1)):
        take(tmp_path, ONE | {c.COMPANY: "社会福祉法人ひなた会", c.CAPACITY: str(at.day)}, at=at)
    assert Organization.objects.get().name == "社会福祉法人 まどべ会"
    item = ReviewItem.objects.get(table="organization")
    assert (item.ours, item.theirs) == ("社会福祉法人 まどべ会", "社会福祉法人ひなた会")


def test_a_release_without_a_day_is_kept_unseen_and_says_so(tmp_path):
    path = write(tmp_path, ONE).rename(tmp_path / "offices.csv")
    report = import_wam(request=ImportRequest(files=[path], by="import wam", at=AT))
    assert "--release" in report.problems[0].reason
    assert not Service.objects.shown().exists()
    dated = ImportRequest(files=[path], by="import wam", at=AT, released="2024-09")
    assert import_wam(request=dated).release == "2024-09-30"
    assert Service.objects.shown().exists()
