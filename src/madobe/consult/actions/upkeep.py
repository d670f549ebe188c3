"""What the desk does by itself: keep promises honest, let go of what its days have run out for."""

from datetime import date, datetime, timedelta

from django.db.models import F

from madobe.consult.actions.erasing import erase_thread, finish_erasing
from madobe.consult.choices import State
from madobe.consult.models import Consultation, Opening, Tombstone
from madobe.consult.times import day_of
from madobe.desks.queries import renewed_reply
from madobe.vault.actions.cases import sweep
from madobe.vault.installed import ask_key_store

BATCH = 200


def renew_promises(at: datetime) -> int:
    """This will give every thread whose promise has passed a new one, near; its page says sorry (domain.md §6.3).

    Gives how many. The one who leads the desk sees it at the same moment, not after the person.
    """
    late = Consultation.objects.filter(state=State.WAITING_STAFF, reply_by__lt=at)
    done = 0
    for case, desk, missed in list(late.values_list("pk", "desk_id", "reply_by")):
        if missed is None:
            continue
        renewed = renewed_reply(desk_id=desk, missed=missed, at=at)
        done += Consultation.objects.filter(
            pk=case, state=State.WAITING_STAFF, reply_by=missed
        ).update(reply_by=renewed, missed=F("missed") + 1, revision=F("revision") + 1)
    return done


def let_go(at: datetime) -> int:
    """This will erase threads whose days have run out, and finish erasings that were cut off. Gives how many.

    Raises KeyStoreIsNotOurs, TraceIsLeft.
    """
    ask_key_store()
    day = day_of(at)
    done = _finish_erasing(day)
    for thread in Consultation.objects.filter(expires_date__lt=day).iterator(BATCH):
        done += erase_thread(thread, by_person=False, on=day)
    return done


def forget_tombstones(at: datetime) -> int:
    """This will delete what a desk says it keeps of an erased thread, once its years are over. Gives how many.

    Raises KeyStoreIsNotOurs.
    """
    ask_key_store()
    day, done = day_of(at), 0
    for desk, years in Tombstone.objects.values_list("desk_id", "desk__fact_years").distinct():
        before = day.replace(year=day.year - (years or 0), day=min(day.day, 28))
        gone, _ = Tombstone.objects.filter(desk_id=desk, erased_date__lt=before).delete()
        done += gone
    return done


def forget_openings(at: datetime) -> int:
    """This will forget who had a thread on their screen, some minutes after the last sign of it. Gives how many."""
    gone, _ = Opening.objects.filter(until__lt=at).delete()
    return gone


def sweep_keys(at: datetime) -> int:
    """This will delete keys of threads that never came to be."""
    return sweep(before=day_of(at) - timedelta(days=1))


def _finish_erasing(day: date) -> int:
    """What was marked and not gone when the power went goes now. A thread that only has no key is left as it is."""
    marked = list(Consultation.objects.exclude(erasing="").values_list("pk", flat=True))
    for case in marked:
        finish_erasing(case, on=day)
    return len(marked)
