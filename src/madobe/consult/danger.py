"""Danger that is read in whatever came, by whichever way: it stands on top, and whoever is on duty reads it."""

from madobe.consult.colleagues import duty_readers
from madobe.consult.thread import LockedThread
from madobe.vault.actions.cases import give_case


def raise_danger(locked: LockedThread) -> None:
    """This will put a thread on top of every list, behind no row of others, and let whoever is on duty read it.

    Whosever it is; but for whom its person asked to leave. The caller saves the thread. Raises KeyIsRetired, CaseIsGone.
    """
    locked.thread.is_urgent, locked.thread.held = True, ""
    give_case(locked.opened, to=duty_readers(locked.thread))
