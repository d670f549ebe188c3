"""Tables of the desk, a file per noun."""

from madobe.consult.models.consultation import Consultation, Tombstone
from madobe.consult.models.message import Attachment, Message
from madobe.consult.models.receipt import PersonDraft, Receipt
from madobe.consult.models.wishes import ChangeRequest

__all__ = [
    "Attachment",
    "ChangeRequest",
    "Consultation",
    "Message",
    "PersonDraft",
    "Receipt",
    "Tombstone",
]
