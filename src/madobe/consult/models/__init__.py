"""Tables of the desk, a file per noun."""

from madobe.consult.models.consultation import Consultation, Tombstone
from madobe.consult.models.doors import (
    Appointment,
    CalendarLink,
    Carried,
    ChannelIdentity,
    DoorWishes,
    Offer,
    Posting,
    WaitingFile,
    WaitingLetter,
)
from madobe.consult.models.message import Attachment, Message
from madobe.consult.models.receipt import PersonDraft, Receipt
from madobe.consult.models.staff import (
    AbuseRecord,
    Care,
    Closing,
    DeskTrainee,
    Opening,
    SafetyNote,
    StaffDraft,
    StaffNote,
    StaffTemplate,
)
from madobe.consult.models.wishes import ChangeRequest

__all__ = [
    "AbuseRecord",
    "Appointment",
    "Attachment",
    "CalendarLink",
    "Care",
    "Carried",
    "ChangeRequest",
    "ChannelIdentity",
    "Closing",
    "Consultation",
    "DeskTrainee",
    "DoorWishes",
    "Message",
    "Offer",
    "Opening",
    "PersonDraft",
    "Posting",
    "Receipt",
    "SafetyNote",
    "StaffDraft",
    "StaffNote",
    "StaffTemplate",
    "Tombstone",
    "WaitingFile",
    "WaitingLetter",
]
