"""Seven days of keys, and always the newest."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from madobe.web.actions.backups.rotation import outdated, stamp

AT = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)


def keys(days: float) -> str:
    return f"keys-{AT - timedelta(days=days):%Y%m%dT%H%M%SZ}.age"


def test_a_name_holds_the_moment_in_utc():
    tokyo = timezone(timedelta(hours=9))
    assert stamp(datetime(2026, 11, 26, 8, 59, 1, tzinfo=tokyo)) == "20261125T235901Z"


def test_of_daily_backups_seven_stay():
    daily = [keys(day) for day in range(10)]
    assert outdated(daily, at=AT) == sorted(daily[7:])


def test_the_newest_stays_however_old():
    assert outdated([keys(900), keys(400)], at=AT) == [keys(900)]


def test_only_backups_of_keys_are_touched():
    others = ["data-20200101T000000Z.age", "keys-20200101T000000Z.age.txt", "keys-x.age", "a",
              "keys-20209999T000000Z.age", ".keys-20200101T000000Z.age.part"]  # fmt: skip
    assert outdated([*others, keys(0)], at=AT) == []


@given(st.sets(st.integers(0, 2000)))
def test_what_goes_is_a_week_old_and_something_newer_stays(hours: set[int]):
    names = {keys(hour / 24): hour for hour in hours}
    gone = outdated(names, at=AT)
    assert all(names[name] >= 7 * 24 for name in gone)
    assert sorted(set(names) - set(gone)) == sorted(
        name for name, hour in names.items() if hour < 7 * 24 or hour == min(hours)
    )
