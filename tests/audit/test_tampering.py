"""Whoever goes past code and triggers is still seen: one hundred of one hundred times."""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from madobe.audit import guard
from madobe.audit.actions import record
from madobe.audit.queries import broken_links

ROWS = 12
AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
COLUMNS = ("by", "action", "table", "record_id", "reason", "detail", "at", "previous", "digest")


def run(sql: str, *values: object) -> None:
    quoted = sql.replace("TRAIL", "audit_auditevent")
    with connection.cursor() as cursor:
        cursor.execute(quoted, values)


def edit(dice: random.Random) -> None:
    number, column = dice.randint(1, ROWS), dice.choice(COLUMNS)
    value: object = f"changed {dice.random()}"
    if column == "at":
        value = AT + timedelta(seconds=dice.randint(1_000, 9_999))
    elif column == "detail":
        value = json.dumps({"changed": dice.random()})
    elif column in {"previous", "digest"}:
        value = "".join(dice.choices("0123456789abcdef", k=64))
    run(f'UPDATE TRAIL SET "{column}" = %s WHERE number = %s', value, number)


def delete(dice: random.Random) -> None:
    run("DELETE FROM TRAIL WHERE number = %s", dice.randint(1, ROWS))


def delete_and_close_the_gap(dice: random.Random) -> None:
    gone = dice.randint(1, ROWS - 1)
    run("DELETE FROM TRAIL WHERE number = %s", gone)
    for number in range(gone + 1, ROWS + 1):
        run("UPDATE TRAIL SET number = %s WHERE number = %s", number - 1, number)


def reorder(dice: random.Random) -> None:
    one, other = dice.sample(range(1, ROWS + 1), 2)
    run("UPDATE TRAIL SET number = 999 WHERE number = %s", one)
    run("UPDATE TRAIL SET number = %s WHERE number = %s", one, other)
    run("UPDATE TRAIL SET number = %s WHERE number = 999", other)


def cut_off(dice: random.Random) -> None:
    run("DELETE FROM TRAIL WHERE number > %s", dice.randint(0, ROWS - 1))


def add(dice: random.Random) -> None:
    run(
        'INSERT INTO TRAIL (number, at, "by", action, "table", record_id, reason, detail, previous, digest)'
        ' SELECT %s, at, %s, action, "table", record_id, reason, detail, digest, %s FROM TRAIL WHERE number = %s',
        ROWS + 1,
        "somebody else",
        "".join(dice.choices("0123456789abcdef", k=64)),
        ROWS,
    )


WAYS: tuple[Callable[[random.Random], None], ...] = (
    edit,
    edit,
    delete,
    delete_and_close_the_gap,
    reorder,
    cut_off,
    add,
)


@pytest.fixture
def trail(db: None) -> None:
    """Twelve rows, no two alike, and nobody on guard."""
    for number in range(ROWS):
        record(
            by=f"staff:{number}",
            action=f"act.{number}",
            at=AT + timedelta(seconds=number),
            table="service",
            record_id=number,
            reason=f"reason {number}",
            detail={"n": number},
        )
    guard.take_down(connection)


@pytest.mark.parametrize("seed", range(100))
def test_every_touch_is_seen(trail: None, seed: int):
    dice = random.Random(seed)
    dice.choice(WAYS)(dice)
    assert broken_links() != []


def test_a_trail_nobody_touched_is_whole(trail: None):
    """Negative control: the check does not simply always complain."""
    assert broken_links() == []


def test_the_command_says_where_and_stops_with_one(trail: None, capsys: pytest.CaptureFixture[str]):
    run("UPDATE TRAIL SET reason = 'changed' WHERE number = 5")
    with pytest.raises(SystemExit) as stopped:
        call_command("audit", check=True)
    assert stopped.value.code == 1
    said = capsys.readouterr()
    assert "row 5:" in said.out
    assert "touched" in said.err


def test_the_command_is_content_with_a_whole_trail(trail: None, capsys: pytest.CaptureFixture[str]):
    call_command("audit", json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["broken"]) == (ROWS, [])
    assert len(told["latest"]) == 64
