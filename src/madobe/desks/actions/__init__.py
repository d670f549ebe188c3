"""Writes of the desks."""

from madobe.desks.actions.days import (
    DaysTooMany,
    TimesMissing,
    close_days,
    open_besides,
    remove_days,
)
from madobe.desks.actions.duty import (
    OnDutyAlready,
    TurnOutOfOrder,
    TurnTooLong,
    plan_turn,
    remove_turn,
)
from madobe.desks.actions.errors import DeskRefusal, NoSuchDesk
from madobe.desks.actions.set_up import (
    SetUpIsNotDone,
    leave_set_up_mode,
    return_to_set_up_mode,
)
from madobe.desks.actions.settings import (
    HoursNotReadable,
    NotOffered,
    NotSettings,
    StillNeeded,
    change_desk,
    open_desk_up,
)

__all__ = [
    "DaysTooMany",
    "DeskRefusal",
    "HoursNotReadable",
    "NoSuchDesk",
    "NotOffered",
    "NotSettings",
    "OnDutyAlready",
    "SetUpIsNotDone",
    "StillNeeded",
    "TimesMissing",
    "TurnOutOfOrder",
    "TurnTooLong",
    "change_desk",
    "close_days",
    "leave_set_up_mode",
    "open_besides",
    "open_desk_up",
    "plan_turn",
    "remove_days",
    "remove_turn",
    "return_to_set_up_mode",
]
