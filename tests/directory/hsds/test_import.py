"""What an import of HSDS records does to the tables."""

import gzip
import json
from datetime import timedelta

import pytest

from madobe.directory.actions.importing import FileRefusedError
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import ReviewKind, Standing, Status
from madobe.directory.models import Organization, Phone, ReviewItem, Service, SourceRecord
from tests.factories.directory import AT, make_service

from .asking import get, ids, said
from .records import TRUST, key, organization, service, take, write

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)


def counts(report):
    return (
        report.added,
        report.changed,
        report.unchanged,
        report.removed,
        report.rejected,
        report.duplicates,
    )


def test_a_record_nobody_vouches_for_is_kept_and_shown_nowhere(tmp_path):
    assert counts(take(write(tmp_path, [service()]))) == (1, 0, 0, 0, 0, 0)
    row = Service.objects.get(pk=key("service:tea"))
    assert (row.status, row.organization.standing) == (Status.CHECKED, Standing.UNVETTED)
    assert get(f"services/{row.pk}").status_code == 404
    assert get(f"organizations/{row.organization_id}").status_code == 404


def test_a_record_the_operator_vouches_for_is_shown(tmp_path):
    take(write(tmp_path, [service()]), **TRUST)
    row = Service.objects.get(pk=key("service:tea"))
    assert (row.status, row.organization.standing) == (Status.PUBLISHED, Standing.REGISTER)
    assert row.source_name == "見本の名簿"
    assert str(row.pk) in ids("services")


def test_vouching_later_shows_what_waited(tmp_path):
    path = write(tmp_path, [service()])
    take(path)
    assert counts(take(path, at=LATER, **TRUST)) == (0, 1, 0, 0, 0, 0)
    assert key("service:tea") in ids("services")


def test_a_record_without_a_kind_waits_and_says_so(tmp_path):
    report = take(write(tmp_path, [service()]), trust_source="見本の名簿")
    assert [one.column for one in report.problems] == ["/attributes"]
    assert get(f"services/{key('service:tea')}").status_code == 404


def test_a_second_run_changes_nothing(tmp_path):
    path = write(tmp_path, [service(), service("soup")])
    take(path, **TRUST)
    before = said("changes")["revision"]
    assert counts(take(path, at=LATER, **TRUST)) == (0, 0, 2, 0, 0, 0)
    assert said("changes")["revision"] == before


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    path = write(tmp_path, [service(), service("soup")])
    assert counts(take(path, dry_run=True, **TRUST)) == (2, 0, 0, 0, 0, 0)
    assert not SourceRecord.objects.filter(source="hsds").exists()


def test_an_upstream_change_comes_in(tmp_path):
    take(write(tmp_path, [service()]), **TRUST)
    new = service(
        name_="x", name="Service new", phones=[{"id": key("phone:tea"), "number": "042-000-0002"}]
    )
    assert counts(take(write(tmp_path, [new]), at=LATER, **TRUST)) == (0, 1, 0, 0, 0, 0)
    row = Service.objects.get(pk=key("service:tea"))
    assert (row.name, [one.number for one in row.phones.all()]) == ("Service new", ["042-000-0002"])
    assert said(f"services/{row.pk}")["name_"] == "x"


def test_what_a_person_edited_is_not_written_over(tmp_path):
    take(write(tmp_path, [service()]), **TRUST)
    Service.objects.filter(pk=key("service:tea")).update(name="ここで直した名", alert="本日休み")
    Phone.objects.filter(service=key("service:tea")).update(number="042-000-0009")
    new = service(name="Upstream name", description="Upstream words.")
    take(write(tmp_path, [new]), at=LATER, **TRUST)
    row = Service.objects.get(pk=key("service:tea"))
    assert (row.name, row.alert, row.description) == (
        "ここで直した名",
        "本日休み",
        "Upstream words.",
    )
    assert row.phones.get().number == "042-000-0009"
    item = ReviewItem.objects.get(kind=ReviewKind.DIFFERENCE)
    assert (item.field, item.ours, item.theirs) == ("name", "ここで直した名", "Upstream name")
    newer = service(name="Upstream name", description="Again.")
    take(write(tmp_path, [newer]), at=LATER, **TRUST)
    row.refresh_from_db()
    assert (row.name, row.description) == ("ここで直した名", "Again.")
    assert ReviewItem.objects.filter(kind=ReviewKind.DIFFERENCE).count() == 1


def test_a_service_somebody_put_away_stays_away(tmp_path):
    take(write(tmp_path, [service()]), **TRUST)
    Service.objects.filter(pk=key("service:tea")).update(status=Status.SUSPENDED)
    take(write(tmp_path, [service(description="New.")]), at=LATER, **TRUST)
    assert Service.objects.get(pk=key("service:tea")).status == Status.SUSPENDED


def test_a_suspended_operator_stays_suspended(tmp_path):
    take(write(tmp_path, [service()]), **TRUST)
    Organization.objects.filter(pk=key("organization:club")).update(
        suspended_at=AT, suspended_by="somebody"
    )
    changed = service(organization=organization(name="Club with a new name"))
    take(write(tmp_path, [changed]), at=LATER, **TRUST)
    assert get(f"services/{key('service:tea')}").status_code == 404


def test_a_record_that_is_gone_is_marked_and_not_deleted(tmp_path):
    take(write(tmp_path, [service(), service("soup")]), **TRUST)
    assert counts(take(write(tmp_path, [service()]), at=LATER, **TRUST)) == (0, 0, 1, 1, 0, 0)
    assert Service.objects.get(pk=key("service:soup")).needs_check
    assert counts(take(write(tmp_path, [service()]), at=LATER, **TRUST)) == (0, 0, 1, 0, 0, 0)


def test_a_service_of_our_own_is_not_written_over(tmp_path):
    ours = make_service("わたしたちの窓口")
    foreign = service(name="Theirs") | {"id": str(ours.pk)}
    report = take(write(tmp_path, [foreign]), **TRUST)
    assert counts(report) == (0, 0, 0, 0, 0, 1)
    assert report.problems[0].value == str(ours.pk)
    ours.refresh_from_db()
    assert ours.name == "わたしたちの窓口"


def test_the_same_service_twice_in_a_file_is_told(tmp_path):
    report = take(write(tmp_path, [service(), service(description="Other.")]), **TRUST)
    assert counts(report) == (1, 0, 0, 0, 0, 1)
    assert (report.problems[0].row, report.problems[0].column) == (2, "/id")


@pytest.mark.parametrize(
    ("spoiled", "column", "value"),
    [
        ({"id": "12"}, "/id", "12"),
        ({"status": "open"}, "/status", "open"),
        ({"url": "example.org"}, "/url", "example.org"),
        ({"email": "nobody"}, "/email", "nobody"),
        ({"phones": [{"id": "x", "number": 3}]}, "/phones/0/id", "x"),
        ({"phones": "042"}, "/phones", "042"),
        ({"organization": {"id": "1", "name": "n", "description": ""}}, "/organization/id", "1"),
        ({"last_modified": "today"}, "/last_modified", "today"),
        ({"name": "\ud800"}, "/", "'\\ud800'"),
    ],
)
def test_a_bad_record_is_told_with_its_place_and_the_others_are_taken(
    tmp_path, spoiled, column, value
):
    (tmp_path / "services.json").write_text(json.dumps([service(), service("soup") | spoiled]))
    report = take(tmp_path / "services.json", **TRUST)
    assert counts(report) == (1, 0, 0, 0, 1, 0)
    first = report.problems[0]
    assert (first.row, first.column, first.value) == (2, column, value)
    assert first.reason.endswith(".")


def test_a_service_without_any_organization_is_told(tmp_path):
    alone = {name: value for name, value in service().items() if name != "organization"}
    report = take(write(tmp_path, [alone]), **TRUST)
    assert counts(report) == (0, 0, 0, 0, 1, 0)
    assert report.problems[0].column == "/organization"


def test_every_shape_of_a_file_is_read(tmp_path):
    whole = service()
    nested = organization() | {
        "services": [{k: v for k, v in whole.items() if k != "organization"}]
    }
    page = {"total_items": 1, "contents": [whole]}
    shapes = {
        "one.json": whole, "list.json": [whole], "page.json": page, "organizations.json": [nested],
        "lines.ndjson": [whole],
    }  # fmt: skip
    for number, (name, document) in enumerate(shapes.items()):
        report = take(write(tmp_path / str(number), document, name), dry_run=True)
        assert counts(report) == (1, 0, 0, 0, 0, 0), name
    packed = tmp_path / "services.ndjson.gz"
    packed.write_bytes(gzip.compress(json.dumps(whole).encode()))
    assert counts(take(packed, dry_run=True)) == (1, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        ('{"name": "窓口"}'.encode("cp932"), "not UTF-8"),
        (b"\x1f\x8b\x08\x00broken", "gzip"),
        (b'[{"id": NaN}]', "not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(tmp_path, content, words):
    path = tmp_path / "services.json"
    path.write_bytes(content)
    with pytest.raises(FileRefusedError, match=words):
        take(path)


def test_bad_lines_are_told_and_the_others_are_taken(tmp_path):
    path = tmp_path / "services.ndjson"
    lines = [json.dumps(service()).encode(), b"{", b"\xff", b'{"x": "' + b"y" * 5_000_000 + b'"}']
    path.write_bytes(b"\n".join([*lines, json.dumps(service("soup")).encode()]))
    report = take(path, **TRUST)
    assert counts(report) == (2, 0, 0, 0, 3, 0)
    assert [one.row for one in report.problems] == [2, 3, 4]


def test_texts_longer_than_a_column_and_strange_letters_are_taken(tmp_path):
    odd = service(
        name="あ" * 900,
        alert="a\0b",
        url=f"https://example.org/{'x' * 900}",
        phones=[{"id": key("p"), "number": "1" * 60}, {"id": key("q"), "number": "03-0000-0000", "extension": 1e30}],
        maximum_age=1e9,
        x_odd={"attributes": ["a", {"taxonomy_term_id": 3, "taxonomy_term": "b"}], "taxonomy_term_id": [], "taxonomy_term": 1},
        service_areas=[{"id": key("a"), "extent": "132071", "extent_type": "municipality"}, {"id": key("b"), "extent": "99"}],
        schedules=[{"id": key("s"), "freq": "WEEKLY", "byday": "XX", "opens_at": "25:00"}],
        service_at_locations=[{"id": key("l"), "location": {"id": key("m"), "location_type": "physical", "latitude": 1e300}}],
    )  # fmt: skip
    assert counts(take(write(tmp_path, [odd]), **TRUST)) == (1, 0, 0, 0, 0, 0)
    row = Service.objects.get(pk=odd["id"])
    assert (len(row.name), row.alert, row.url) == (200, "ab", "")
    assert [one.extent for one in row.areas.all()] == ["132071"]
    whole = said(f"services/{row.pk}")
    assert whole["name"] == odd["name"]


def test_hours_of_another_zone_are_not_taken_for_hours_of_japan(tmp_path):
    hours = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "10:00", "closes_at": "18:00:00"}
    take(
        write(tmp_path, [service(schedules=[
            {"id": key("a"), **hours, "timezone": 1}, {"id": key("b"), **hours, "timezone": 9},
            {"id": key("c"), "description": "By appointment"},
        ])]), **TRUST,
    )  # fmt: skip
    row = Service.objects.get(pk=key("service:tea"))
    assert [str(one.pk) for one in row.schedules.all()] == [key("b")]
    assert row.hours_prose == "By appointment"


def test_two_services_of_one_source_share_their_place(tmp_path):
    there = {"id": key("location"), "location_type": "physical", "name": "Hall"}
    both = [
        service(name, service_at_locations=[{"id": key(f"at:{name}"), "location": there}])
        for name in ("tea", "soup")
    ]
    take(write(tmp_path, both), **TRUST)
    assert {str(one.location_id) for row in Service.objects.filter(pk__in=[b["id"] for b in both]) for one in row.service_at_locations.all()} == {key("location")}  # fmt: skip
    assert set(ids("service_at_locations")) >= {key("at:tea"), key("at:soup")}


def test_an_edit_shows_beside_what_our_tables_do_not_hold(tmp_path):
    take(write(tmp_path, [service()]), **TRUST)
    Phone.objects.filter(service=key("service:tea")).update(number="042-000-0009")
    refresh_listing(services=[key("service:tea")], at=LATER)
    whole = said(f"services/{key('service:tea')}")
    assert whole["phones"] == [service()["phones"][0] | {"number": "042-000-0009"}]
    assert whole["x_unknown"] == service()["x_unknown"]
    assert whole["funding"] == service()["funding"]
