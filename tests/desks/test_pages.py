"""Staff pages of the desks, as somebody who works there meets them."""

import re
from datetime import date
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from madobe.accounts.queries.people import members_for_duty
from madobe.desks import registry
from madobe.desks.models import Desk, DutyTurn, SpecialDays
from madobe.desks.registry import Readiness
from madobe.directory.models import Organization
from madobe.lib.actor import Actor
from tests.desks.calendars import make_desk
from tests.factories.accounts import make_user
from tests.factories.staff import ADA, BEN, actor, staff_client

pytestmark = pytest.mark.django_db


def address(name: str, desk: Desk | None = None, **more: object) -> str:
    keys = {"desk_id": desk.pk} if desk else {}
    return reverse(f"desks_staff:{name}", kwargs=keys | more)


def make_organization(name: str = "見本の団体") -> Organization:
    return Organization.objects.create(name=name)


def coordinator(organization: object = "") -> Client:
    return staff_client(actor("coordinator", organization=organization))


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def fields_of(html: str) -> dict[str, str | list[str]]:
    """What a browser would send back of the settings as they are."""
    sent: dict[str, str | list[str]] = {}
    form = html[html.index('name="go" value="save"') :]
    for tag in re.findall(r"<input[^>]*>", form):
        parts = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        if parts.get("type") == "checkbox":
            if " checked" in tag:
                sent.setdefault(parts["name"], []).append(parts.get("value", "on"))  # type: ignore[union-attr]
        elif "name" in parts:
            sent[parts["name"]] = parts.get("value", "")
    for name, inner in re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)</textarea>', form):
        sent[name] = inner.strip()
    for name, inner in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        sent[name] = chosen[1] if chosen else ""
    return sent


def test_the_list_says_what_each_desk_promises_now():
    make_desk(name="ひらいた窓口")
    make_desk(name="じゅんびの窓口", is_open=False, hours="", opened_at=None)
    html = page(coordinator(), address("desks"))
    assert html.index("じゅんびの窓口") < html.index("ひらいた窓口")
    assert html.count("まだ約束できません") == 1
    assert re.search(r"\d+月\d+日（[月火水木金]）17時ごろ", html)


def test_somebody_of_another_organization_sees_nothing_of_a_desk():
    desk = make_desk(name="となりの窓口", organization=make_organization())
    mine = coordinator(make_organization().pk)
    assert "となりの窓口" not in page(mine, address("desks"))
    for name in ("desk", "settings", "days", "duty"):
        assert mine.get(address(name, desk)).status_code == 404


def test_a_desk_of_the_whole_installation_is_not_for_somebody_of_one_organization():
    desk = make_desk()
    assert coordinator(make_organization().pk).get(address("desk", desk)).status_code == 404


@pytest.mark.parametrize("role", ["counsellor", "officer"])
def test_who_only_sees_has_no_forms_and_cannot_send_any(role: str):
    desk = make_desk()
    client = staff_client(actor(role))
    for name in ("desk", "days", "duty"):
        main = page(client, address(name, desk)).split("<main")[1]
        assert "<form" not in main
    assert client.get(address("settings", desk)).status_code == 404
    for name in ("settings", "days", "duty", "open", "set_up"):
        assert client.post(address(name, desk), {}).status_code == 404


def test_a_coordinator_of_one_organization_and_counsellor_of_another_changes_only_the_first():
    one, other = make_organization(), make_organization()
    grants = frozenset({("coordinator", str(one.pk)), ("counsellor", str(other.pk))})
    client = staff_client(Actor(ADA, "担当 あさひ", grants))
    mine, theirs = make_desk(organization=one), make_desk(organization=other)
    assert client.get(address("settings", mine)).status_code == 200
    assert client.get(address("desk", theirs)).status_code == 200
    assert client.get(address("settings", theirs)).status_code == 404
    assert client.post(address("set_up", theirs)).status_code == 404


def test_settings_sent_back_as_they_are_change_nothing():
    desk = make_desk(area=["132071"], readers_en="Counsellors.", fact_years=5, position=7)
    before = Desk.objects.filter(pk=desk.pk).values().get()
    client = coordinator()
    answer = client.post(
        address("settings", desk), fields_of(page(client, address("settings", desk)))
    )
    assert answer.status_code == 302
    assert Desk.objects.filter(pk=desk.pk).values().get() == before


def test_hours_are_filled_in_as_people_say_them():
    desk = make_desk()
    client = coordinator()
    sent = fields_of(page(client, address("settings", desk)))
    sent |= {
        "hours-0-byday": "火〜木",
        "hours-0-opens_at": "13時",
        "hours-0-closes_at": "１８：３０",
    }
    sent |= {
        "hours-1-byday": "第1・第3土",
        "hours-1-opens_at": "10:00",
        "hours-1-closes_at": "12:00",
    }
    assert client.post(address("settings", desk), sent).status_code == 302
    desk.refresh_from_db()
    saturday, tuesday, friday = date(2026, 12, 5), date(2026, 12, 1), date(2026, 12, 4)
    assert [desk.calendar().spans(day) for day in (tuesday, friday, saturday)] == [((780, 1110),), (), ((600, 720),)]  # fmt: skip


def test_trying_shows_what_would_be_and_keeps_nothing():
    desk = make_desk(reply_time="17:00")
    client = coordinator()
    sent = fields_of(page(client, address("settings", desk))) | {"reply_time": "11:30", "go": "try"}
    html = client.post(address("settings", desk), sent).content.decode()
    assert re.search(r"お返事の約束は \d+月\d+日（[月火水木金]）11時30分ごろ になります", html)
    assert 'value="11:30"' in html
    desk.refresh_from_db()
    assert desk.reply_time.hour == 17


def test_one_row_more_keeps_what_is_written():
    desk = make_desk()
    client = coordinator()
    sent = fields_of(page(client, address("settings", desk))) | {
        "readers": "みんなで読みます。",
        "more": "hours",
    }
    answer = client.post(address("settings", desk), sent)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="hours-2-byday"' in html
    assert "みんなで読みます。" in html


def test_what_cannot_be_read_stays_as_typed_and_is_named():
    desk = make_desk()
    client = coordinator()
    sent = fields_of(page(client, address("settings", desk))) | {
        "reply_days": "三日くらい",
        "reply_time": "",
    }
    answer = client.post(address("settings", desk), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="三日くらい"' in html
    assert '<a href="#section-promise">' in html


def test_an_open_desk_says_what_it_cannot_do_without():
    desk = make_desk()
    client = coordinator()
    sent = fields_of(page(client, address("settings", desk))) | {"readers": ""}
    answer = client.post(address("settings", desk), sent)
    assert answer.status_code == 422
    assert "だれが手紙を読むかを書く" in answer.content.decode()


def test_hours_the_rows_cannot_say_stay_when_none_are_written():
    from madobe.directory.rules.hours_compose import DateException, ScheduleRow, dump_rows

    row = ScheduleRow(byday="MO", opens_at="10:00", closes_at="12:00", exceptions=(DateException("2026-12-07", "cancelled"),))  # fmt: skip
    desk = make_desk(hours=dump_rows([row]))
    client = coordinator()
    html = page(client, address("settings", desk))
    assert "ここの行では書ききれません" in html
    assert (
        client.post(address("settings", desk), fields_of(html) | {"reply_days": "4"}).status_code
        == 302
    )
    desk.refresh_from_db()
    assert (desk.hours, desk.reply_days) == (dump_rows([row]), 4)


def test_a_new_desk_belongs_to_the_organization_of_who_makes_it():
    mine = make_organization()
    client = coordinator(mine.pk)
    assert client.post(address("new"), {"name": "まどの窓口", "organization": str(make_organization().pk)}).status_code == 422  # fmt: skip
    answer = client.post(address("new"), {"name": "まどの窓口", "organization": str(mine.pk)})
    desk = Desk.objects.get()
    assert answer.status_code == 302
    assert (desk.name, desk.organization_id, desk.is_open) == ("まどの窓口", mine.pk, False)


def test_who_works_for_all_names_the_organization():
    mine = make_organization(name="まどべ市 健康課")
    client = coordinator()
    assert (
        client.post(address("new"), {"name": "窓口", "organization_name": "どこかの課"}).status_code
        == 422
    )
    assert (
        client.post(
            address("new"), {"name": "窓口", "organization_name": "まどべ市 健康課"}
        ).status_code
        == 302
    )
    assert Desk.objects.get().organization_id == mine.pk


def test_a_desk_says_what_is_missing_and_does_not_open():
    desk = make_desk(is_open=False, opened_at=None)
    client = coordinator()
    html = page(client, address("desk", desk))
    assert "鍵を持つ人を、二人以上にする" in html
    assert "手紙の受けとりをはじめる" not in html
    assert client.post(address("open", desk)).status_code == 422
    desk.refresh_from_db()
    assert not desk.is_open


def test_a_desk_with_its_keys_in_order_opens_and_can_pause(monkeypatch: pytest.MonkeyPatch):
    desk = make_desk(is_open=False, opened_at=None)
    ready = {desk.pk: Readiness(2, drill_passed=True)}
    monkeypatch.setattr(registry, "_READINESS", [lambda key: ready[key]])
    client = coordinator()
    assert "手紙の受けとりをはじめる" in page(client, address("desk", desk))
    client.post(address("open", desk))
    desk.refresh_from_db()
    assert desk.is_open
    client.post(address("set_up", desk), {"reason": "引っ越し"})
    desk.refresh_from_db()
    assert not desk.is_open


def test_a_closure_is_written_and_taken_out():
    desk = make_desk()
    client = coordinator()
    client.post(
        address("days", desk), {"kind": "closed", "first_on": "2099年12月1日", "reason": "研修"}
    )
    days = SpecialDays.objects.get()
    assert (days.first_on, days.last_on, days.reason) == (
        date(2099, 12, 1),
        date(2099, 12, 1),
        "研修",
    )
    assert "研修" in page(client, address("days", desk))
    client.post(address("remove_days", desk, days_id=days.pk))
    assert not SpecialDays.objects.exists()


def test_a_day_open_besides_needs_its_times():
    desk = make_desk()
    client = coordinator()
    sent = {"kind": "open", "first_on": "2099-12-05"}
    assert client.post(address("days", desk), sent).status_code == 422
    assert client.post(address("days", desk), sent | {"opens_at": "13:00", "closes_at": "15:00"}).status_code == 302  # fmt: skip
    assert SpecialDays.objects.get().closes_at.hour == 15


def counsellors() -> None:
    make_user(
        "ada@example.jp",
        id=UUID(BEN.removeprefix("staff:")),
        name="見本 べん",
        roles=("counsellor",),
    )


def test_a_counsellor_is_put_on_duty_through_the_night_and_taken_off():
    counsellors()
    desk = make_desk()
    client = coordinator()
    sent = {
        "member": BEN,
        "day": "2099-12-01",
        "starts": "22:00",
        "ends": "9:00",
        "lane": "crisis",
        "note": "",
    }
    answer = client.post(address("duty", desk), sent)
    turn = DutyTurn.objects.get()
    assert answer.headers["Location"].endswith("?week=2099-12-01")
    assert (turn.ends_at - turn.starts_at).total_seconds() == 11 * 3600
    html = page(client, answer.headers["Location"])
    assert "見本 べん" in html
    assert "22:00–翌日 09:00" in html
    client.post(address("remove_turn", desk, turn_id=turn.pk), {"week": "2099-12-01"})
    assert not DutyTurn.objects.exists()


def test_overlapping_turns_are_said_beside_the_time():
    counsellors()
    desk = make_desk()
    client = coordinator()
    sent = {
        "member": BEN,
        "day": "2099-12-01",
        "starts": "10:00",
        "ends": "17:00",
        "lane": "general",
    }
    client.post(address("duty", desk), sent)
    answer = client.post(address("duty", desk), sent | {"starts": "16:00"})
    assert answer.status_code == 422
    assert "時間がかさなっています" in answer.content.decode()


def test_nobody_from_elsewhere_can_be_put_on_duty():
    desk = make_desk(organization=make_organization())
    elsewhere = make_user("mei@example.jp", roles=("counsellor",), organization=make_organization())
    client = coordinator(desk.organization_id)
    sent = {
        "member": elsewhere.actor_id,
        "day": "2099-12-01",
        "starts": "10:00",
        "ends": "17:00",
        "lane": "general",
    }
    assert client.post(address("duty", desk), sent).status_code == 422
    assert not DutyTurn.objects.exists()


def test_only_those_who_consult_here_and_have_not_left_can_be_on_duty():
    mine = make_organization()
    make_user("a@example.jp", name="あ", roles=("counsellor",), organization=mine)
    make_user("i@example.jp", name="い", roles=("coordinator", "counsellor"))
    make_user("u@example.jp", name="う", roles=("editor",), organization=mine)
    gone = make_user("e@example.jp", name="え", roles=("counsellor",), organization=mine)
    gone.is_active, gone.left_at = False, gone.joined_at
    gone.save()
    assert [one.name for one in members_for_duty(mine.pk)] == ["あ", "い"]
    assert [one.name for one in members_for_duty(None)] == ["い"]


def test_what_the_tests_send_back_is_what_the_page_shows():
    """Were the rows not on it, a test that sends them back would prove nothing."""
    sent = fields_of(page(coordinator(), address("settings", make_desk())))
    assert (sent["hours-0-byday"], sent["hours-0-opens_at"]) == ("月・火・水・木・金", "10:00")
    assert sent["channels"] == ["phone_log", "letter", "calendar"]


class TestSwitches:
    """Every way says what it does and what it costs, and whether this server can use it (issue 4, part 4)."""

    def one(self, desk: Desk, code: str) -> str:
        soup = BeautifulSoup(page(coordinator(), address("settings", desk)), "html.parser")
        return soup.find("input", attrs={"name": "channels", "value": code}).find_parent(class_="switch").get_text()  # fmt: skip

    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("email", "途中の会社やご家族の画面で読まれることがあり"),
            ("line", "『既読』は自動でつきます"),
            ("phone_log", "録音はしません"),
            ("letter", "住所は、ご本人が望んだときだけ残ります"),
            ("calendar", "名前は出ません"),
        ],
    )
    def test_each_has_its_sentence(self, code: str, words: str):
        assert words in self.one(make_desk(), code)

    def test_one_the_server_is_not_set_up_for_names_what_is_missing(self, settings):
        settings.LINE_SECRET = settings.LINE_TOKEN = ""
        said = self.one(make_desk(), "line")
        assert "まだ用意がありません" in said
        assert "MADOBE_LINE_SECRET / MADOBE_LINE_TOKEN" in said

    def test_one_that_is_set_up_says_nothing_of_it(self, settings):
        settings.LINE_SECRET, settings.LINE_TOKEN = "s", "t"
        assert "まだ用意がありません" not in self.one(make_desk(), "line")

    def test_letters_on_this_site_are_no_switch_and_stay(self):
        desk, client = make_desk(), coordinator()
        sent = fields_of(page(client, address("settings", desk))) | {"channels": ["email"]}
        assert client.post(address("settings", desk), sent | {"go": "save"}).status_code == 302
        desk.refresh_from_db()
        assert desk.channels == ["web", "email"]
