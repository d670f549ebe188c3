"""Taking in what a channel brings: each letter into the thread of its way back, or a thread of its own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from madobe.channels.rules.incoming import Incoming, Kind
from madobe.consult.actions.erasing import finish_erasing
from madobe.consult.actions.seeker.letters import touch
from madobe.consult.choices import Author, Door, State
from madobe.consult.models import Carried, ChannelIdentity, Consultation, Message
from madobe.consult.rules.attachments import Reason
from madobe.consult.rules.crisis import read_danger
from madobe.consult.rules.doors.came import (
    ANSWERS_NOTHING,
    Came,
    Place,
    Words,
    came,
    is_read_for_danger,
)
from madobe.consult.sealed import ADDRESS
from madobe.consult.thread import LockedThread
from madobe.consult.times import day_of
from madobe.consult.waiting import (
    drop,
    lay_down,
    letter_look_up,
    look_up_of,
    people_among,
    readers_of,
    write_message,
)
from madobe.consult.words_of_attachments import words_of_reason
from madobe.desks.models import Desk
from madobe.desks.queries import ReceivingDesk, receiving_desk
from madobe.desks.rules.keeping import keep_until, keep_without_words
from madobe.vault.actions.cases import begin_case
from madobe.vault.choices import Holder
from madobe.vault.granting import with_keys_of_now
from madobe.vault.holders import HOUSE, holder, holders
from madobe.vault.models import HolderKey

GroupOf = Callable[[Incoming, bool], str]
AWAKE: Final = timedelta(hours=1)  # channels.quiet.STILL_AWAKE


@with_keys_of_now
@transaction.atomic
def take(*, incoming: Incoming, desk: str, at: datetime, group_of: GroupOf = lambda *_: "") -> bool:
    """This will keep what came in; False: nobody could read it here yet, bring it again. `desk`: "" = the only one.

    `group_of` is asked about a letter that opens a thread, and whether it is urgent: the row it stands behind, or "".
    """
    receiving = _desk(desk, at=at)
    if receiving is None or not (readers := _readers(receiving.id)):
        return False
    identity = _identity(incoming, receiving.id)
    thread = None if identity is None else _locked(identity, at)
    if identity is None or thread is None:
        if incoming.kind in (Kind.AUTOMATIC, Kind.UNSENT, Kind.LEFT):
            return True  # a machine opens no thread, nor does a sign about what is not here
        _open(incoming, receiving, readers, at, group_of)
        return True
    readers = readers_of(thread.pk)
    if not people_among(readers):
        return False  # those who read it have all left: until somebody is given its key, the letter is safer where it is
    _add(incoming, thread, identity, receiving, readers, at)
    return True


def is_known(*, channel: str, sender: str, desk: str, at: datetime) -> bool:
    """This will tell whether anything came from there before."""
    found = _desk(desk, at=at)
    if found is None or not sender:
        return False
    look_up = look_up_of(found.id, channel, sender)
    return ChannelIdentity.objects.filter(desk=found.id, channel=channel, look_up=look_up).exists()


def forget_hours(at: datetime) -> int:
    """This will forget when somebody wrote by a channel, once it no longer tells who is awake."""
    return ChannelIdentity.objects.filter(awake_until__lt=at).update(awake_until=None)


def _desk(code: str, *, at: datetime) -> ReceivingDesk | None:
    """The desk of this code: its id, its name, or a place it is for; "" the nearest one to everybody."""
    if not code:
        return receiving_desk(at=at)
    try:
        return receiving_desk(at=at, desk_id=UUID(code))
    except ValueError:
        pass
    named = list(Desk.objects.filter(name=code).values_list("pk", flat=True)[:2])
    if len(named) == 1:
        return receiving_desk(at=at, desk_id=named[0])
    return receiving_desk(at=at, place=code) if code.isdigit() else None


def _readers(desk_id: UUID) -> list[HolderKey]:
    """Whoever is on duty and the house on paper; [] where nobody is on duty yet."""
    duty = holder(Holder.DUTY, f"desk:{desk_id}")
    return [duty, *holders(Holder.RECOVERY, [HOUSE])] if duty else []


def _identity(incoming: Incoming, desk_id: UUID) -> ChannelIdentity | None:
    """Where it belongs. What answers a letter of ours belongs to that letter's thread, if it comes from the same address:
    so two who share one are kept apart. A machine that sends our letter back may have any address.
    """
    mine = ChannelIdentity.objects.filter(desk=desk_id, channel=incoming.channel)
    answers = [letter_look_up(incoming.channel, one) for one in incoming.answers if one]
    answered = (
        Carried.objects.filter(look_up__in=answers, identity__in=mine)
        .select_related("identity")
        .order_by("-message__number")
    )
    if incoming.kind is Kind.AUTOMATIC and (first := answered.first()):
        return first.identity
    if not _sender(incoming):
        return None
    look_up = look_up_of(desk_id, incoming.channel, _sender(incoming))
    own = answered.filter(identity__look_up=look_up).first()
    if own is not None:
        return own.identity
    return mine.filter(look_up=look_up, routes=True).first()


def _sender(incoming: Incoming) -> str:
    """Where it came from; "" = a mail that could not be read, which stands alone. Signs from groups gather in one thread."""
    return incoming.sender or ("" if incoming.channel == Door.EMAIL else "a group")


def _open(
    incoming: Incoming,
    desk: ReceivingDesk,
    readers: list[HolderKey],
    at: datetime,
    group_of: GroupOf,
) -> None:
    day, case, said, is_urgent = day_of(at), uuid4(), _came(incoming), _is_urgent(incoming)
    waits = incoming.kind not in ANSWERS_NOTHING
    thread = Consultation(
        id=case,
        desk_id=desk.id,
        door=incoming.channel,
        state=State.WAITING_STAFF if waits else State.WAITING_PERSON,
        is_urgent=is_urgent,
        held=group_of(incoming, is_urgent),
        opened_date=day,
        last_date=day,
        keep=keep_without_words(desk.keep_default),
        expires_date=keep_until(day, keep_without_words(desk.keep_default)),
        reply_by=desk.reply_by if waits else None,
        messages_count=1,
    )
    opened = begin_case(case=case, readers=readers, on=day).opened
    thread.save(force_insert=True)
    row = uuid4()
    place = Place(incoming.sender, incoming.sender_name).after(incoming.letter_id)
    identity = ChannelIdentity.objects.create(
        id=row,
        consultation=thread,
        desk_id=desk.id,
        channel=incoming.channel,
        look_up=look_up_of(desk.id, incoming.channel, _sender(incoming) or case.hex),
        address=opened.seal(ADDRESS, row, place.dumped()),
        awake_until=_awake_until(incoming, at),
        first_date=day,
    )
    write_message(
        LockedThread(thread, opened),
        identity,
        said.text,
        said.files,
        number=1,
        look_up=letter_look_up(incoming.channel, incoming.letter_id),
        on=day,
    )


def _locked(identity: ChannelIdentity, at: datetime) -> Consultation | None:
    """Its thread, the row locked before its readers are asked for: a thread that is being given to somebody else at this
    moment gets the letter for its new readers. None: it is erased, and what comes in now begins anew.
    """
    rows = Consultation.objects.select_for_update()
    thread = rows.filter(pk=identity.consultation_id).first()
    if thread is None or not thread.erasing:
        return thread
    finish_erasing(thread.pk, on=day_of(at))  # the address is free again
    return None


def _add(
    incoming: Incoming,
    thread: Consultation,
    identity: ChannelIdentity,
    desk: ReceivingDesk,
    readers: list[HolderKey],
    at: datetime,
) -> None:
    """Into a thread that is there, its row locked."""
    day, said = day_of(at), _came(incoming)
    if incoming.kind is Kind.UNSENT:
        _take_back(thread, incoming)
    thread.messages_count += 1
    if incoming.kind not in ANSWERS_NOTHING:
        if thread.state != State.WAITING_STAFF or thread.reply_by is None:
            thread.reply_by, thread.missed = desk.reply_by, 0
        thread.state = State.WAITING_STAFF
        if _is_urgent(incoming):  # read by whoever is on duty once it is laid in (reach.lock_for)
            thread.is_urgent, thread.held = True, ""
        identity.awake_until = _awake_until(incoming, at)
    if incoming.kind in (Kind.JOINED, Kind.LEFT):
        identity.is_gone = incoming.kind is Kind.LEFT
    touch(thread, on=day)
    thread.save()
    identity.save(update_fields=["awake_until", "is_gone"])
    lay_down(thread, identity, said, incoming.letter_id, readers=readers, on=day)


def _take_back(thread: Consultation, incoming: Incoming) -> None:
    """What somebody takes back is taken out; that they did stays visible."""
    gone = [letter_look_up(incoming.channel, one) for one in incoming.answers if one]
    drop(thread.waiting_letters.filter(look_up__in=gone).values_list("pk", flat=True))
    Message.objects.filter(
        consultation=thread, carried__look_up__in=gone, author=Author.PERSON
    ).delete()


def _is_urgent(incoming: Incoming) -> bool:
    if not is_read_for_danger(incoming):
        return False
    return read_danger("\n".join((incoming.subject, incoming.text))).is_crisis


def _awake_until(incoming: Incoming, at: datetime) -> datetime | None:
    """Counted from when it was sent, as far as the host tells."""
    if incoming.kind in ANSWERS_NOTHING:
        return None
    until = min(incoming.at, at) + AWAKE
    return until if until > at else None


def _came(incoming: Incoming) -> Came:
    with translation.override(settings.LANGUAGE_CODE):
        words = Words(
            subject=lambda subject: _("件名：%(subject)s") % {"subject": subject},
            history=_("――― ここから下は、引用された前のお便りです ―――"),
            cut=_("（とても長いお便りのため、ここまでを残しています）"),
            not_kept=_not_kept,
        )
        return came(incoming, words)


def _not_kept(number: int, reason: Reason) -> str:
    said = {"number": number, "reason": words_of_reason(reason)}
    return _("（ファイル%(number)s：%(reason)s）") % said
