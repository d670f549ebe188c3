"""Who may be listed, and after how many looked: the rule of two, facts, expiry, refusal."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from madobe.audit.models import AuditEvent
from madobe.audit.queries import broken_links
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.vetting import (
    AnsweredAlready,
    EnteredByYourself,
    FactsChanged,
    NotAllAnswered,
    NotAVerifier,
    NothingRefused,
    OwnOrganization,
    ReasonMissing,
    RefusedForGood,
    lapse_expired_vettings,
    reopen_vetting,
    void_if_facts_changed,
)
from madobe.directory.models import (
    Card,
    FieldSource,
    Organization,
    Service,
    VettingAnswer,
    VettingRound,
)

from .support import (
    AT,
    PUBLIC,
    SUZUKI,
    TANAKA,
    actor,
    answer,
    checklist,
    mark,
    only_service,
    operator,
)

pytestmark = pytest.mark.django_db
SITE = "https://www.example.lg.jp/"


def is_shown(organization: Organization) -> bool:
    service = only_service(organization)
    listed = Card.objects.filter(pk=service.pk).exists()
    assert listed == Service.objects.filter(pk=service.pk).shown().exists()
    return listed


def test_an_operator_is_invisible_until_two_people_found_everything_in_order():
    one = operator()
    refresh_listing(services=[only_service(one).pk], at=AT)
    assert not is_shown(one)
    assert answer(one, SUZUKI).state == "open"
    assert not is_shown(one)
    passed = answer(one, TANAKA)
    assert (passed.state, passed.expires_on) == ("passed", date(2027, 11, 10))
    assert {passed.first_by, passed.second_by} == {SUZUKI.id, TANAKA.id}
    assert is_shown(one)


@pytest.mark.parametrize("sector", ["private", "npo", "medical", "welfare"])
def test_every_sector_but_the_public_one_needs_two(sector: str):
    assert answer(operator(sector=sector), SUZUKI).needed == 2


def test_a_public_body_needs_one_verifier():
    one = operator("昭島市", sector="public", website=SITE)
    assert answer(one, SUZUKI, said=PUBLIC).state == "passed"
    assert is_shown(one)


def test_a_body_that_says_it_is_public_cannot_be_passed_by_who_entered_it():
    one = operator("青空市相談所", sector="public", website="https://example.com/")
    FieldSource.objects.create(
        table="organization", record_id=one.pk, field="name", set_by=SUZUKI.id, set_at=AT
    )
    with pytest.raises(EnteredByYourself):
        answer(one, SUZUKI, said=PUBLIC)
    assert answer(one, TANAKA, said=PUBLIC).state == "passed"


def test_the_same_person_does_not_count_twice():
    one = operator()
    answer(one, SUZUKI)
    with pytest.raises(AnsweredAlready), transaction.atomic():
        answer(one, SUZUKI)
    assert not is_shown(one)


def test_a_member_of_the_operator_cannot_vet_it():
    one = operator()
    for member in (
        actor("verifier", name="中の人", organization=one.pk),
        actor("verifier", "editor", name="中の人", organization=one.pk),
    ):
        with pytest.raises(OwnOrganization), transaction.atomic():
            answer(one, member)


def test_a_member_of_the_body_above_cannot_vet_it():
    above, one = operator("本部"), operator()
    Organization.objects.filter(pk=one.pk).update(parent_organization=above)
    with pytest.raises(OwnOrganization):
        answer(one, actor("verifier", name="本部の人", organization=above.pk))


@pytest.mark.parametrize("role", ["editor", "admin", "coordinator", "counsellor"])
def test_only_a_verifier_answers(role: str):
    with pytest.raises(NotAVerifier):
        answer(operator(), actor(role))


def test_an_answer_to_other_facts_than_those_of_now_is_not_taken():
    one = operator()
    seen = mark(one)
    Organization.objects.filter(pk=one.pk).update(website="https://other.example.com/")
    with pytest.raises(FactsChanged):
        answer(one, SUZUKI, seen=seen)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "べつの名前"},
        {"sector": "npo"},
        {"corporate_number": "1234567890123"},
        {"website": "https://other.example.com/"},
    ],
)
def test_a_change_of_facts_between_two_answers_begins_anew(changed: dict[str, str]):
    one = operator()
    answer(one, SUZUKI)
    Organization.objects.filter(pk=one.pk).update(**changed)
    assert answer(one, TANAKA).state == "open"
    assert not is_shown(one)
    assert sorted(VettingRound.objects.values_list("state", flat=True)) == ["open", "void"]


@pytest.mark.parametrize(
    "changed", [{"name": "べつの名前"}, {"sector": "public"}, {"website": "https://o.example.com/"}]
)
def test_a_change_of_facts_after_a_vetting_ends_it(changed: dict[str, str]):
    one = operator()
    answer(one, SUZUKI)
    answer(one, TANAKA)
    Organization.objects.filter(pk=one.pk).update(**changed)
    service = only_service(one)
    assert not Service.objects.filter(pk=service.pk).shown().exists()  # even before anybody says so
    assert void_if_facts_changed(organization=one.pk, by="test", at=AT)
    assert not is_shown(one)
    assert Organization.objects.get(pk=one.pk).standing == "unvetted"


def test_a_change_of_anything_else_leaves_a_vetting():
    one = operator()
    answer(one, SUZUKI)
    answer(one, TANAKA)
    Organization.objects.filter(pk=one.pk).update(description="べつの説明")
    assert not void_if_facts_changed(organization=one.pk, by="test", at=AT)
    assert is_shown(one)


@pytest.mark.parametrize("item", ["consent", "free_to_leave"])
def test_who_takes_or_keeps_people_against_their_will_is_never_listed(item: str):
    one = operator()
    answer(one, SUZUKI)
    assert answer(one, TANAKA, said=checklist(item)).state == "refused"
    with pytest.raises(RefusedForGood):
        answer(one, actor("verifier", name="高橋"))
    assert not is_shown(one)


def test_a_refusal_takes_an_entry_of_a_register_from_view():
    one = operator(standing="register")
    refresh_listing(services=[only_service(one).pk], at=AT)
    assert is_shown(one)
    answer(one, SUZUKI, said=checklist("consent"))
    assert not is_shown(one)


def test_only_an_admin_with_a_reason_reopens_a_refusal_and_then_two_people_look_again():
    one = operator(standing="register")
    answer(one, SUZUKI, said=checklist("consent"))
    boss = actor("admin", name="管理")
    with pytest.raises(NotAVerifier), transaction.atomic():
        reopen_vetting(organization=one.pk, reason="まちがい", by=SUZUKI, at=AT)
    with pytest.raises(ReasonMissing), transaction.atomic():
        reopen_vetting(organization=one.pk, reason=" ", by=boss, at=AT)
    reopen_vetting(organization=one.pk, reason="別の団体と取りちがえました。", by=boss, at=AT)
    assert not is_shown(one)
    answer(one, SUZUKI)
    answer(one, TANAKA)
    assert is_shown(one)
    with pytest.raises(NothingRefused):
        reopen_vetting(organization=one.pk, reason="もう一度", by=boss, at=AT)


def test_a_no_to_another_item_declines_this_round_only():
    one = operator()
    assert answer(one, SUZUKI, said=checklist("price_in_writing")).state == "declined"
    answer(one, SUZUKI)
    assert answer(one, TANAKA).state == "passed"


@pytest.mark.parametrize(
    ("said", "lacking"),
    [
        (checklist(items=("consent",)), "visit_announced"),
        (checklist(evidence="  "), "evidence"),
        (checklist(evidence_url="javascript:alert(1)"), "evidence_url"),
    ],
)
def test_each_person_answers_the_whole_checklist(said, lacking: str):
    with pytest.raises(NotAllAnswered) as refusal:
        answer(operator(), SUZUKI, said=said)
    assert lacking in refusal.value.items


def test_a_vetting_lapses_after_twelve_months_and_not_before():
    one = operator()
    answer(one, SUZUKI)
    answer(one, TANAKA)
    last_day = datetime(2027, 11, 10, 23, 59, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert lapse_expired_vettings(at=last_day, by="job") == []
    assert is_shown(one)
    assert lapse_expired_vettings(at=last_day + timedelta(minutes=1), by="job") == [one.pk]
    assert not is_shown(one)


def test_the_daily_job_finds_facts_changed_without_a_word():
    one = operator()
    answer(one, SUZUKI)
    answer(one, TANAKA)
    Organization.objects.filter(pk=one.pk).update(corporate_number="1234567890123")
    assert lapse_expired_vettings(at=AT, by="job") == [one.pk]
    assert not is_shown(one)
    assert Organization.objects.get(pk=one.pk).standing == "unvetted"


def test_a_renewal_replaces_the_vetting_before_without_a_day_out_of_view():
    one = operator()
    answer(one, SUZUKI)
    answer(one, TANAKA)
    later = AT + timedelta(days=300)
    answer(one, SUZUKI, at=later)
    assert is_shown(one)
    answer(one, TANAKA, at=later)
    assert sorted(VettingRound.objects.values_list("state", flat=True)) == ["passed", "replaced"]
    assert is_shown(one)


def test_everything_is_written_down():
    one = operator()
    answer(one, SUZUKI)
    answer(one, TANAKA)
    said = list(AuditEvent.objects.filter(record_id=str(one.pk)).values_list("action", "by"))
    assert said == [
        ("vetting.answered", SUZUKI.id),
        ("vetting.answered", TANAKA.id),
        ("vetting.passed", TANAKA.id),
    ]
    assert broken_links() == []


class TestTheTablesThemselves:
    """Whatever code writes the rows."""

    def base(self, one: Organization) -> dict[str, object]:
        return {
            "organization": one, "name": one.name, "sector": "private", "needed": 2, "state": "passed",
            "opened_at": AT, "opened_by": "a", "passed_at": AT, "expires_on": date(2027, 11, 10),
        }  # fmt: skip

    @pytest.mark.parametrize(
        "forged",
        [
            {"first_by": "a", "second_by": "a"},
            {"first_by": "a", "second_by": ""},
            {"first_by": "", "second_by": ""},
            {"first_by": "a", "needed": 1},
        ],
    )
    def test_one_person_cannot_stand_for_two(self, forged: dict[str, object]):
        with pytest.raises(IntegrityError), transaction.atomic():
            VettingRound.objects.create(**{**self.base(operator()), **forged})

    def test_an_update_behind_the_models_back_is_refused_too(self):
        one = operator()
        answer(one, SUZUKI)
        with pytest.raises(IntegrityError), transaction.atomic():
            VettingRound.objects.update(
                state="passed", passed_at=AT, expires_on=AT.date(), first_by=SUZUKI.id
            )

    def test_two_answers_of_one_person_to_one_round_do_not_fit(self):
        one = operator()
        found = answer(one, SUZUKI)
        with pytest.raises(IntegrityError), transaction.atomic():
            VettingAnswer.objects.create(
                round=found, by=SUZUKI.id, at=AT, answers={}, evidence="見ました"
            )

    def test_a_standing_set_by_hand_shows_nothing(self):
        one = operator()
        Organization.objects.filter(pk=one.pk).update(standing="vetted")
        refresh_listing(services=[only_service(one).pk], at=AT)
        assert not is_shown(one)
