"""By which ways somebody of a thread is reached, opened with the key of their thread."""

from contextlib import suppress
from uuid import UUID

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

# The switches of a desk, as the ways they open.
WAYS = {
    Channel.PHONE_LOG: Door.PHONE,
    Channel.LETTER: Door.LETTER,
    Channel.EMAIL: Door.EMAIL,
    Channel.LINE: Door.LINE,
}


def wishes_of(found: LockedThread) -> DoorsWished:
    """This will give by which ways somebody wishes to be reached; the empty one where nothing was said."""
    row = DoorWishes.objects.filter(pk=found.thread.pk).first()
    if row is None:
        return DoorsWished()
    return loaded(found.opened.open(DOOR_WISHES, row.pk, row.body, version=row.version))


def reachable_of(found: LockedThread) -> Reachable:
    """This will give everything the gate asks about somebody."""
    thread = found.thread
    contact = Contact()
    if thread.contact is not None:
        contact = contact_loaded(
            found.opened.open(CONTACT, thread.pk, thread.contact, version=thread.contact_version)
        )
    desk = thread.desk
    on = frozenset(str(door) for switch, door in WAYS.items() if switch in desk.channels)
    return Reachable(contact, wishes_of(found), on, (desk.quiet_from, desk.quiet_until))


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
