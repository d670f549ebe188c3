"""An invented desk for a demo, marked as invented."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db import transaction

from madobe.desks.actions.duty import plan_turn
from madobe.desks.actions.settings import open_desk_up
from madobe.desks.choices import Lane
from madobe.desks.models import Desk
from madobe.desks.rules.opening import minute_of, minutes, moment
from madobe.desks.rules.week import Week, WeekRow, hours_of

NAME = "窓辺の相談窓口（見本）"
TEXTS = {
    "name_en": "The Madobe desk (sample)",
    "name_easy": "まどべの そうだんまどぐち（みほん）",
    "readers": "この窓口の相談員が読みます。見本なので、ほんとうの人は読みません。",
    "readers_en": "The counsellors of this desk read it. This is a sample: no real person reads it.",
    "readers_easy": "この まどぐちの そうだんいんが よみます。みほんなので、ほんとうの 人は よみません。",
    "organisation_line": "ためしに見てもらうための、見本の窓口です。",
    "organisation_line_en": "A sample desk, here to be looked at.",
    "organisation_line_easy": "みほんの まどぐちです。ためしに 見ることが できます。",
    "danger_line": "命があぶないと感じたときは、相談員が二人で考えて、どうするかを先にお伝えします。",
    "danger_line_en": "When a life seems to be in danger, two counsellors think together and tell you first what they will do.",
    "danger_line_easy": "いのちが あぶないと 思ったときは、そうだんいん 二人で 考えます。どうするかを 先に つたえます。",
    "night_call": "見本の当番長（内線 000）",
}
TURNS = ((0, time(10), time(17), Lane.GENERAL), (0, time(10), time(17), Lane.CRISIS))


@transaction.atomic
def invent_desk(*, by: str, at: datetime, members: Sequence[str] = ()) -> Desk:
    """This will make one marked desk, on weekdays from ten to five, still in set-up mode.

    `members`: ids of invented people ("staff:<uuid>"); the first two are put on duty on the day of `at`.
    Without them `by` is, where it is an account.
    """
    week = Week((WeekRow("MO,TU,WE,TH,FR", "10:00", "17:00"),))
    desk = open_desk_up(
        name=NAME, settings={**TEXTS, "hours": hours_of(week)}, is_invented=True, by=by, at=at
    )
    day = minute_of(at)[0]
    on_duty = [one for one in members or [by] if one.startswith("staff:")]
    for i, (ahead, starts, ends, lane) in enumerate(TURNS):
        if on_duty:
            start = day + timedelta(days=ahead)
            plan_turn(
                desk_id=desk.pk, member=on_duty[i % len(on_duty)], lane=lane,
                starts_at=moment(start, minutes(starts)), ends_at=moment(start, minutes(ends)), by=by, at=at,
            )  # fmt: skip
    return desk
