"""What `madobe check` tells an operator, and when it ends with 1."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connections

from madobe.audit.actions import record
from madobe.directory.rules.lines import Line
from madobe.vault.actions.groups import make_group
from madobe.vault.actions.members import make_member_key, retire_member_key
from madobe.vault.actions.recovery import drill, make_recovery
from madobe.vault.installed import forget_what_is_kept
from madobe.vault.keystore.models import Pepper
from madobe.vault.models import HolderKey
from madobe.web import checkup
from madobe.web.actions.backups.note import note_backup
from madobe.web.checkup import Weight, findings
from tests.factories.hosts import Host, host, is_postgres
from tests.factories.houses import AT, CHEAP, DESK, House, furnish


@pytest.fixture
def machine(tmp_path: Path, django_db_setup, django_db_blocker) -> Iterator[Host]:
    with (
        django_db_blocker.unblock(),
        host(tmp_path / "host", migrated=True) as one,
        one.entered(),
    ):
        yield one


@pytest.fixture
def house(machine: Host) -> House:
    return furnish()


def said(weight: Weight, *, at: datetime = AT) -> str:
    return "\n".join(one.says for one in findings(at=at) if one.weight is weight)


def another_member(name: str = "staff:2") -> HolderKey:
    return make_member_key(owner=name, passphrase="kaze to hikari", at=AT, cost=CHEAP).holder


def test_it_says_where_data_and_keys_lie(machine):
    names = (connections["default"].settings_dict, connections["keys"].settings_dict)
    for at in names:
        assert (at["HOST"] if is_postgres() else at["NAME"]) in said(Weight.FINE)


def test_keys_beside_the_data_are_pointed_out(machine):
    assert ("same database server" if is_postgres() else "same disk") in said(Weight.LOOK)


def test_keys_on_another_disk_are_not(machine, monkeypatch):
    places = {"default": Path("/srv/m.sqlite3"), "keys": Path("/keys/k.sqlite3")}
    monkeypatch.setattr(checkup, "_place", places.get)
    monkeypatch.setattr(checkup, "_has_tables", lambda alias: False)
    assert "same disk" in said(Weight.LOOK)
    monkeypatch.setattr(checkup, "_disk", lambda path: "keys" in path.parts)
    assert "Keys lie" not in said(Weight.LOOK)


def test_keys_on_another_server_are_not(machine, monkeypatch):
    places = {"default": "the database server a:5432", "keys": "the database server b:5432"}
    monkeypatch.setattr(checkup, "_place", places.get)
    monkeypatch.setattr(checkup, "_has_tables", lambda alias: False)
    assert "Keys lie" not in said(Weight.LOOK)


def test_keys_inside_the_data_folder_are_pointed_out(machine, monkeypatch):
    places = {"default": Path("/srv/d/m.sqlite3"), "keys": Path("/srv/d/keys/k.sqlite3")}
    monkeypatch.setattr(checkup, "_place", places.get)
    assert "inside the data folder" in said(Weight.LOOK)


def test_a_key_store_others_can_read_is_pointed_out(machine, monkeypatch):
    (file := machine.keys / "keys.sqlite3").touch(mode=0o644)
    monkeypatch.setattr(checkup, "_place", {"default": machine.data / "m", "keys": file}.get)
    monkeypatch.setattr(checkup, "_has_tables", lambda alias: False)
    machine.keys.chmod(0o755)
    assert f"chmod 700 {machine.keys}" in said(Weight.LOOK)
    machine.keys.chmod(0o700)
    assert "chmod" not in said(Weight.LOOK)


@pytest.mark.parametrize(
    ("free", "weight"),
    [(1 << 40, Weight.FINE), (1 << 30, Weight.LOOK), (100 << 20, Weight.WRONG)],
)
def test_room_on_the_disk(machine, monkeypatch, free, weight):
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    assert "GB are free" in said(weight)


def test_an_installation_without_tables_is_not_made_by_looking(
    tmp_path, django_db_setup, django_db_blocker
):
    with (
        django_db_blocker.unblock(),
        host(tmp_path / "bare", migrated=False) as bare,
        bare.entered(),
    ):
        assert "madobe migrate" in said(Weight.LOOK)
        assert not said(Weight.WRONG)
        assert not [file for file in tmp_path.rglob("*") if file.is_file()]


def test_looking_makes_no_key(machine):
    assert "No key was needed yet." in said(Weight.FINE)
    assert not Pepper.objects.exists()


def test_a_key_store_of_another_installation_is_wrong(house):
    Pepper.objects.update(value=bytes(32))
    forget_what_is_kept()
    assert "does not belong to this database" in said(Weight.WRONG)


def test_a_key_store_with_a_database_that_never_used_it(machine):
    Pepper.objects.create(id=1, value=bytes(32))
    assert "this database has used none" in said(Weight.LOOK)


def test_one_holder_alone_is_too_few(house):
    assert "1 member(s) of staff have a key; 3 case(s) are sealed. With fewer" in said(Weight.LOOK)
    another_member()
    assert "2 member(s) of staff have a key; 3 case(s) are sealed." in said(Weight.FINE)


def test_a_duty_group_of_one_is_pointed_out(house):
    assert f"{DESK} has 1 member(s)" in said(Weight.LOOK)


def test_a_duty_group_of_two_is_fine(house):
    first = HolderKey.objects.get(owner=house.hana.actor_id)
    make_group(owner="desk:2", members=[first, another_member()], at=AT)
    assert "desk:2" not in said(Weight.LOOK) + said(Weight.WRONG)


def test_a_duty_group_nobody_can_use_is_wrong(house):
    retire_member_key(owner=house.hana.actor_id, at=AT)
    assert f"{DESK} has 0 member(s)" in said(Weight.WRONG)


def test_sheets_want_to_be_made_tried_and_tried_again(house):
    HolderKey.objects.filter(kind="recovery").update(retired_at=AT)
    assert "no recovery sheets" in said(Weight.LOOK)
    sheets = make_recovery(at=AT)
    assert "never tried" in said(Weight.LOOK)
    drill(sheets[:2], at=AT)
    assert "last tried on 2026-11-26" in said(Weight.FINE, at=AT + timedelta(days=180))
    assert "try two again" in said(Weight.LOOK, at=AT + timedelta(days=180, seconds=1))


def test_a_clock_behind_the_trail_is_wrong(machine):
    record(by="tests", action="tests.act", at=AT)
    assert not said(Weight.WRONG, at=AT - timedelta(minutes=5))
    assert "set the clock" in said(Weight.WRONG, at=AT - timedelta(minutes=6))


def test_the_last_backup(machine, tmp_path):
    assert "No backup was made yet" in said(Weight.LOOK)
    note_backup(machine.data, folder=tmp_path, at=AT)
    assert f"made at 2026-11-26 03:00 (UTC), into {tmp_path}." in said(Weight.FINE)
    assert "Run it once a day" in said(Weight.LOOK, at=AT + timedelta(days=9))


def test_a_note_that_cannot_be_read_counts_as_none(machine):
    (machine.data / "backup.last").write_text("{")
    assert "No backup was made yet" in said(Weight.LOOK)


@pytest.mark.parametrize(("days", "weight"), [(90, Weight.FINE), (91, Weight.LOOK)])
def test_lines_for_people_in_danger_grow_old(machine, monkeypatch, days, weight):
    line = SimpleNamespace(
        name="いのちの線", immediate=False, checked_date=AT.date() - timedelta(days=days)
    )
    monkeypatch.setattr(checkup, "crisis_lines", lambda at: [line])
    assert "lines for people in danger" in said(weight)


def test_at_every_minute_a_line_is_open(machine):
    assert "At every minute of the next 30 days a line for people in danger is open." in said(
        Weight.FINE
    )


def test_minutes_without_any_line_are_wrong(machine, monkeypatch):
    by_day = Line(
        id="day", name="昼の線", number="000", audience=("general",), hours_rule="01:00-24:00"
    )
    monkeypatch.setattr("madobe.directory.queries.crisis_lines", lambda at: [by_day])
    assert (
        "no line for people in danger is open for 1800 minutes, the first at 2026-11-27 00:00 (Japan)"
        in said(Weight.WRONG)
    )


def test_the_command_ends_with_1_only_for_what_is_wrong(house, capsys):
    call_command("check")
    assert capsys.readouterr().out.count("look  ") > 1
    Pepper.objects.update(value=bytes(32))
    forget_what_is_kept()
    with pytest.raises(SystemExit) as ended:
        call_command("check")
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert "wrong The key store does not belong" in said.out
    assert "want mending" in said.err


def test_some_of_djangos_checks_are_asked_for_without_ours(machine, capsys):
    call_command("check", "vault")
    call_command("check", list_tags=True)
    assert "GB are free" not in capsys.readouterr().out
