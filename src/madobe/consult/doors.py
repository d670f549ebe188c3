"""By which ways somebody of a thread is reached, opened with the key of their thread."""

from contextlib import suppress
from uuid import UUID

from django.conf import settings

from madobe.channels.quiet import STILL_AWAKE
from madobe.consult.choices import Door, State
from madobe.consult.models import ChannelIdentity, Consultation, DoorWishes, Receipt
from madobe.consult.rules.contact import Contact
from madobe.consult.rules.contact import loaded as contact_loaded
from madobe.consult.rules.doors.came import Place, place_loaded
from madobe.consult.rules.doors.gate import Address, Reachable
from madobe.consult.rules.doors.wishes import DoorsWished, linked_loaded, loaded
from madobe.consult.sealed import ADDRESS, CONTACT, DOOR_WISHES, LINK_WISH
from madobe.consult.thread import LockedThread
from madobe.desks.choices import Channel
from madobe.vault.rules.open_case import OpenCase

# The switches of a desk, as the ways they open.
WAYS = {
    Channel.PHONE_LOG: Door.PHONE,
    Channel.LETTER: Door.LETTER,
    Channel.EMAIL: Door.EMAIL,
    Channel.LINE: Door.LINE,
}


def reads_here(thread: Consultation) -> bool:
    """This will tell whether somebody has the words that open this thread: only then is what is written here ever read."""
    return Receipt.objects.filter(consultation=thread).exists()


def can_go_out(channel: str) -> bool:
    """This will tell whether this installation can send by a channel."""
    return bool({Door.EMAIL: settings.MAIL, Door.LINE: settings.LINE_TOKEN}.get(Door(channel)))


def wishes_of(found: LockedThread) -> DoorsWished:
    """This will give by which ways somebody wishes to be reached; the empty one where nothing was said."""
    row = DoorWishes.objects.filter(pk=found.thread.pk).first()
    if row is None:
        return DoorsWished()
    return wishes_in(found.opened, row)


def wishes_in(opened: OpenCase, row: DoorWishes) -> DoorsWished:
    """This will open what is noted in a row."""
    return loaded(opened.open(DOOR_WISHES, row.pk, row.body, version=row.version))


def reachable_of(found: LockedThread) -> Reachable:
    """This will give everything the gate asks about somebody."""
    thread = found.thread
    contact = Contact()
    if thread.contact is not None:
        contact = contact_loaded(
            found.opened.open(CONTACT, thread.pk, thread.contact, version=thread.contact_version)
        )
    desk = thread.desk
    on = {str(door) for switch, door in WAYS.items() if switch in desk.channels}
    # Whoever writes by a way that is switched off is answered by it all the same: nobody is left without a door.
    on |= written_by(thread)
    return Reachable(contact, wishes_of(found), frozenset(on), (desk.quiet_from, desk.quiet_until))


def written_by(thread: Consultation) -> set[str]:
    """This will give the ways somebody of a thread wrote by: codes of Door."""
    return set(
        ChannelIdentity.objects.filter(consultation=thread).values_list("channel", flat=True)
    )


def shown_of(found: LockedThread) -> frozenset[str]:
    """This will give which switches of the desk show something beside a thread; one that was written by shows, too."""
    thread = found.thread
    written = {switch for switch, door in WAYS.items() if door in written_by(thread)}
    return frozenset(thread.desk.channels) | frozenset(str(one) for one in written)


def said_themselves(found: LockedThread) -> bool:
    """This will tell whether whoever writes here has said themselves who they are: on the form of this window alone."""
    who, noted = found.thread.who, wishes_of(found).writer
    return bool(who and not noted) and Receipt.objects.filter(consultation=found.thread).exists()


def emptied_homes(found: LockedThread) -> list[Consultation]:
    """This will give the threads that were put into this one and hold nothing of anybody since."""
    said = {one.home for one in wishes_of(found).joined}
    rows = ChannelIdentity.objects.filter(consultation=found.thread, wish__isnull=False)
    said |= {
        linked_loaded(found.opened.open(LINK_WISH, row.pk, row.wish)).home
        for row in rows
        if row.wish is not None
    }
    homes = set()
    for one in said:
        with suppress(ValueError):
            homes.add(UUID(one))
    shells = Consultation.objects.filter(pk__in=homes, state=State.CLOSED, messages=None)
    return list(shells.filter(identities=None, waiting_letters=None))


def place_of(found: LockedThread, identity: ChannelIdentity) -> Place:
    """This will open an address."""
    return place_loaded(
        found.opened.open(ADDRESS, identity.pk, identity.address, version=identity.address_version)
    )


def address_of(found: LockedThread, identity: ChannelIdentity) -> Address:
    """This will give an address as the gate asks for it: somebody wrote from there."""
    wrote_at = identity.awake_until - STILL_AWAKE if identity.awake_until else None
    value = place_of(found, identity).value
    return Address(value, wrote_by=True, is_gone=identity.is_gone, wrote_at=wrote_at)
