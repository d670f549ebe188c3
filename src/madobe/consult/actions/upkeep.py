"""What the desk does by itself: keep promises honest, let go of what its days have run out for."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from madobe.consult.actions.erasing import erase_thread
from madobe.consult.choices import State
from madobe.consult.models import Consultation, Tombstone
from madobe.consult.times import day_of
from madobe.desks.queries import renewed_reply
from madobe.vault.actions.cases import sweep
from madobe.vault.holders import shred_keys

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
    """This will erase threads whose days have run out, and finish erasings that were cut off. Gives how many."""
    day = day_of(at)
    done = 0
    for thread in Consultation.objects.filter(expires_date__lt=day).iterator(BATCH):
        with transaction.atomic():  # a visit at this very moment keeps it
            still = Consultation.objects.select_for_update().filter(
                pk=thread.pk, expires_date__lt=day
            )
            if not still.exists():
                continue
        erase_thread(thread, by_person=False, on=day)
        done += 1
    return done + _finish_erasing(day)


def forget_tombstones(at: datetime) -> int:
    """This will delete what a desk says it keeps of an erased thread, once its years are over. Gives how many."""
    day, done = day_of(at), 0
    for desk, years in Tombstone.objects.values_list("desk_id", "desk__fact_years").distinct():
        before = day.replace(year=day.year - (years or 0), day=min(day.day, 28))
        gone, _ = Tombstone.objects.filter(desk_id=desk, erased_date__lt=before).delete()
        done += gone
    return done


def sweep_keys(at: datetime) -> int:
    """This will delete keys of threads that never came to be."""
    return sweep(before=day_of(at) - timedelta(days=1))


def _finish_erasing(day: date) -> int:
    """A thread without a key was being erased when the power went: its rows go now."""
    done, after = 0, None
    while True:
        rows = Consultation.objects.order_by("pk")
        batch = list(rows.filter(pk__gt=after)[:BATCH] if after else rows[:BATCH])
        if not batch:
            return done
        after = batch[-1].pk
        keys = shred_keys([thread.pk for thread in batch])
        for thread in batch:
            if thread.pk not in keys:
                erase_thread(thread, by_person=True, on=day)
                done += 1
