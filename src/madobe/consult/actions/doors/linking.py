"""Ways of one person put together by their wish, taken apart again, and two people at one address kept apart."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q

from madobe.consult.actions.doors.joining import bring, take_apart
from madobe.consult.actions.seeker.letters import touch
from madobe.consult.actions.staff.errors import StaffRefusal, marked, note
from madobe.consult.choices import Author, State
from madobe.consult.danger import raise_danger
from madobe.consult.models import Attachment, ChannelIdentity, Consultation, Message, Receipt
from madobe.consult.reach import Hand, NotOpenedHere, NotReached, care_of, lock_for
from madobe.consult.rules.doors.wishes import Linked, linked_loaded
from madobe.consult.sealed import ADDRESS, BODY, FILE, LINK_WISH
from madobe.consult.thread import LockedThread
from madobe.consult.times import day_of
from madobe.consult.waiting import readers_of
from madobe.desks.rules.keeping import keep_until, keep_without_words
from madobe.vault.actions.cases import begin_case
from madobe.vault.granting import with_keys_of_now

_ASIDE: Final = 16_000  # numbers nobody reaches, while messages are put in order


class NoWish(StaffRefusal):
    """Ways are put together by the person's wish alone; how they said it was left empty, or its day lies ahead."""


class NotTheSamePerson(StaffRefusal):
    """The two threads are of different people as was said, or of different desks."""


class WriterNotKnown(StaffRefusal):
    """Of one of the two nobody has said or noted who writes there: it could be a family and the one they write about."""


class WordsWouldDie(StaffRefusal):
    """The other thread has 合言葉 of its own: put this one into that one instead, so that they go on opening it."""


class SomethingIsStillWaiting(StaffRefusal):
    """A letter that nobody here can open waits in one of the two."""


class NoSuchWay(StaffRefusal):
    """The address does not belong to this thread."""


class NothingOfTheirs(StaffRefusal):
    """No letter that came from this address is meant."""


@with_keys_of_now
@transaction.atomic
def link(
    *, hand: Hand, thread_id: UUID, other_id: UUID, wish: str, wished_on: date, at: datetime
) -> None:
    """This will put another thread and its ways into this one: one timeline, in order of days.

    `wish`: how the person said so, kept sealed with its day. Whatever is safe or unsafe for them, danger, notes and drafts
    come along. The other thread stays, empty, as the place to go back to.
    Raises NoWish, NotTheSamePerson, WriterNotKnown, WordsWouldDie, SomethingIsStillWaiting, NotReached, NotOpenedHere.
    """
    if not wish.strip() or wished_on > day_of(at):
        raise NoWish
    if thread_id == other_id:
        raise NotTheSamePerson
    first, second = sorted((thread_id, other_id))  # always in this order: two who link at once wait
    both = {one: lock_for(hand, one, at=at) for one in (first, second)}
    here, other = both[thread_id], both[other_id]
    _check_may_be_one(here.thread, other.thread)
    for identity in ChannelIdentity.objects.filter(consultation=other.thread):
        _bring(identity, other, here)
        identity.linked_date, identity.linked_by = wished_on, hand.id
        said = Linked(wish, str(other_id))
        identity.wish = here.opened.seal(LINK_WISH, identity.pk, said.dumped())
        identity.save()
    bring(other, here, by=hand.id, at=at)
    _move(list(other.thread.messages.order_by("number")), other, here)
    if other.thread.is_urgent:
        raise_danger(here)
    _take_over_promise(here.thread, other.thread)
    _close_empty(other.thread, on=day_of(at))
    touch(here.thread, on=day_of(at))
    here.thread.save()
    for one in (here.thread, other.thread):
        marked(one).save()
    note("linked", here.thread, hand.id, at)


@transaction.atomic
def unlink(*, hand: Hand, thread_id: UUID, identity_id: UUID, at: datetime) -> UUID:
    """This will take a way out again, with what came and went by it and what stood beside it; gives the thread it
    stands in then.

    Raises NoSuchWay, SomethingIsStillWaiting, NotReached, NotOpenedHere.
    """
    here = lock_for(hand, thread_id, at=at)
    identity = _identity(here.thread, identity_id)
    if identity.linked_date is None:
        raise NoSuchWay
    _check_nothing_waits(here.thread)
    home, was_home = _home(hand, identity, here, at), _said_home(here, identity)
    _bring(identity, here, home)
    identity.linked_date, identity.linked_by, identity.wish = None, "", None
    identity.save()
    came_with = Q(carried=None, pk__in=take_apart(here, home, was_home=was_home))
    theirs = here.thread.messages.filter(Q(carried__identity=identity) | came_with)
    _move(list(theirs.order_by("number")), here, home)
    _reopen(home.thread, on=day_of(at))
    touch(here.thread, on=day_of(at))
    here.thread.save()
    for one in (here.thread, home.thread):
        marked(one).save()
    note("unlinked", here.thread, hand.id, at)
    return home.thread.pk


@transaction.atomic
def split(
    *, hand: Hand, thread_id: UUID, identity_id: UUID, at: datetime, since: UUID | None = None
) -> UUID | None:
    """This will say that somebody else writes from the same address now: a family shares it.

    `since`: the first letter that is theirs; it and what came from there after it go to a thread of their own, whose id
    is given. None: all so far stays, and the next letter opens a thread. What answers a letter of ours still finds its
    own thread. Raises NoSuchWay, NothingOfTheirs, SomethingIsStillWaiting, NotReached, NotOpenedHere.
    """
    here = lock_for(hand, thread_id, at=at)
    identity = _identity(here.thread, identity_id)
    identity.routes = False
    identity.save(update_fields=["routes"])
    marked(here.thread).save()
    if since is None:
        note("split", here.thread, hand.id, at)
        return None
    _check_nothing_waits(here.thread)
    theirs = _theirs(here.thread, identity, since)
    other = _new_beside(here, identity.channel, on=day_of(at))
    copy = ChannelIdentity(
        consultation=other.thread,
        desk_id=identity.desk_id,
        channel=identity.channel,
        look_up=identity.look_up,
        is_gone=identity.is_gone,
        awake_until=identity.awake_until,
        first_date=day_of(at),
    )
    plain = here.opened.open(
        ADDRESS, identity.pk, identity.address, version=identity.address_version
    )
    copy.address = other.opened.seal(ADDRESS, copy.pk, plain)
    copy.save(force_insert=True)
    for message in theirs:
        message.carried.identity = copy
        message.carried.save(update_fields=["identity"])
    _move(theirs, here, other)
    _after_split(here.thread, other.thread)
    touch(here.thread, on=day_of(at))
    here.thread.save()
    marked(other.thread).save()
    note("split", here.thread, hand.id, at)
    return other.thread.pk


def _check_may_be_one(here: Consultation, other: Consultation) -> None:
    if here.desk_id != other.desk_id or (here.who and other.who and here.who != other.who):
        raise NotTheSamePerson
    if not here.who or not other.who:
        raise WriterNotKnown
    if Receipt.objects.filter(consultation=other).exists():
        raise WordsWouldDie
    for one in (here, other):
        _check_nothing_waits(one)


def _check_nothing_waits(thread: Consultation) -> None:
    if thread.waiting_letters.exists():
        raise SomethingIsStillWaiting


def _identity(thread: Consultation, identity_id: UUID) -> ChannelIdentity:
    found = ChannelIdentity.objects.filter(consultation=thread, pk=identity_id).first()
    if found is None:
        raise NoSuchWay
    return found


def _theirs(thread: Consultation, identity: ChannelIdentity, since: UUID) -> list[Message]:
    came = thread.messages.filter(author=Author.PERSON, carried__identity=identity)
    first = came.filter(pk=since).values_list("number", flat=True).first()
    if first is None:
        raise NothingOfTheirs
    return list(came.filter(number__gte=first).select_related("carried").order_by("number"))


def _bring(identity: ChannelIdentity, source: LockedThread, target: LockedThread) -> None:
    """The address is sealed for the thread it stands in from now on; the caller saves."""
    plain = source.opened.open(
        ADDRESS, identity.pk, identity.address, version=identity.address_version
    )
    identity.consultation = target.thread
    identity.address_version += 1
    identity.address = target.opened.seal(
        ADDRESS, identity.pk, plain, version=identity.address_version
    )


def _move(messages: Sequence[Message], source: LockedThread, target: LockedThread) -> None:
    """The words go over, sealed anew; afterwards nothing of them opens with the key of the thread they came from."""
    there = list(target.thread.messages.order_by("number"))
    Message.objects.filter(pk__in=[one.pk for one in there]).update(number=F("number") + _ASIDE)
    for place, row in enumerate(messages):
        text = source.opened.open(BODY, row.pk, row.body)
        row.consultation, row.number = target.thread, 2 * _ASIDE - 1 - place
        row.body = target.opened.seal(BODY, row.pk, text)
        row.save(update_fields=["consultation", "number", "body"])
        for file in Attachment.objects.filter(message=row):
            data = source.opened.open(FILE, file.pk, file.data)
            file.consultation = target.thread
            file.data = target.opened.seal(FILE, file.pk, data)
            file.save(update_fields=["consultation", "data"])
    # By days: of what a person wrote no hour is known. Within a day, first what was there.
    _number(sorted([*there, *messages], key=lambda one: one.written_date))
    target.thread.messages_count = len(there) + len(messages)


def _number(messages: Iterable[Message]) -> None:
    for number, row in enumerate(messages, start=1):
        row.number = number
        row.save(update_fields=["number"])


def _take_over_promise(here: Consultation, other: Consultation) -> None:
    if other.state != State.WAITING_STAFF:
        return
    promised = [
        one.reply_by
        for one in (here, other)
        if one.state == State.WAITING_STAFF and one.reply_by is not None
    ]
    here.reply_by = min(promised, default=None)  # the nearest of what was said holds
    here.state = State.WAITING_STAFF


def _close_empty(thread: Consultation, *, on: date) -> None:
    thread.state, thread.reply_by, thread.is_urgent = State.CLOSED, None, False
    thread.messages_count, thread.missed = 0, 0
    touch(thread, on=on)
    thread.save()


def _reopen(thread: Consultation, *, on: date) -> None:
    if thread.state == State.CLOSED:
        thread.state = State.WAITING_PERSON
    if not Receipt.objects.filter(consultation=thread).exists():
        thread.keep = keep_without_words(thread.keep)  # what came over may have had no end
    touch(thread, on=on)
    thread.save()


def _after_split(here: Consultation, other: Consultation) -> None:
    """What was promised to whoever wrote last is promised to them in their own thread."""
    other.state, other.reply_by = here.state, here.reply_by
    other.is_urgent = here.is_urgent
    other.save()
    last = here.messages.order_by("-number").first()
    if last is None or last.author == Author.STAFF:
        here.state, here.reply_by = State.WAITING_PERSON, None


def _home(hand: Hand, identity: ChannelIdentity, here: LockedThread, at: datetime) -> LockedThread:
    """The thread it came from, if that is still there and opens; else a new one beside this."""
    home = _said_home(here, identity)
    if home:
        with suppress(NotReached, NotOpenedHere):
            return lock_for(hand, UUID(home), at=at)
    return _new_beside(here, identity.channel, on=day_of(at))


def _said_home(here: LockedThread, identity: ChannelIdentity) -> str:
    if identity.wish is None:
        return ""
    return linked_loaded(here.opened.open(LINK_WISH, identity.pk, identity.wish)).home


def _new_beside(here: LockedThread, channel: str, *, on: date) -> LockedThread:
    """A thread of its own for whoever reads this one."""
    thread, case = here.thread, uuid4()
    opened = begin_case(case=case, readers=readers_of(thread.pk), on=on).opened
    new = Consultation(
        id=case,
        desk=thread.desk,
        door=channel,
        state=State.WAITING_PERSON,
        owner=thread.owner,
        opened_date=on,
        last_date=on,
        keep=keep_without_words(thread.desk.keep_default),
        expires_date=keep_until(on, keep_without_words(thread.desk.keep_default)),
    )
    new.save(force_insert=True)
    care = care_of(new)
    care.co_holder = care_of(thread).co_holder
    care.save()
    return LockedThread(new, opened)
