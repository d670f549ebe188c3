"""How a thread stands, for the sentence its page begins with: never a promise nobody owes, never a wait that is over."""

from enum import StrEnum
from typing import Literal


class Standing(StrEnum):
    """One sentence each, in consult/_status.html."""

    RESTING = "resting"
    CLOSED = "closed"
    LATE = "late"  # a promise was not kept; with a new one, where there is one
    ANSWERED = "answered"
    MORE = "more"  # somebody has written, and writes once more
    WAITING = "waiting"
    NOTHING = "nothing"  # nobody owes anybody a word


def standing_of(
    state: str, *, last: Literal["", "person", "staff"], is_late: bool, is_promised: bool
) -> Standing:
    """This will give how a thread stands. `state`: of choices.State; `last`: whose words came last of those the person sees; "" where there are none.

    That a time was chosen or cancelled is a line of the person, too, to which nothing is owed: the state decides first.
    """
    if state == "resting":
        return Standing.RESTING
    if state == "closed":
        return Standing.CLOSED
    if state == "waiting_person":
        return Standing.ANSWERED if last == "staff" else Standing.NOTHING
    if is_late:
        return Standing.LATE
    if last == "staff":
        return Standing.MORE if is_promised else Standing.ANSWERED
    return Standing.WAITING
