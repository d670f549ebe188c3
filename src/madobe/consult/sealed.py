"""The sealed columns of the desk and their numbers. A number is never given twice (vault.registry)."""

from typing import Final

from madobe.vault.registry import GrantColumn, SealedColumn, register_column, register_grant

BODY: Final = register_column(SealedColumn(1, "consult.Message", "body", "consultation_id"))
CONTACT: Final = register_column(
    SealedColumn(2, "consult.Consultation", "contact", "id", "contact_version")
)
DRAFT: Final = register_column(
    SealedColumn(3, "consult.PersonDraft", "body", "consultation_id", "version")
)
FILE: Final = register_column(SealedColumn(4, "consult.Attachment", "data", "consultation_id"))

# What staff write begins at 10.
STAFF_DRAFT: Final = register_column(
    SealedColumn(10, "consult.StaffDraft", "body", "consultation_id", "version")
)
LOOK_NOTE: Final = register_column(
    SealedColumn(11, "consult.StaffDraft", "look_note", "consultation_id", "look_version")
)
STAFF_NOTE: Final = register_column(
    SealedColumn(12, "consult.StaffNote", "body", "consultation_id")
)
SAFETY_NOTE: Final = register_column(
    SealedColumn(13, "consult.SafetyNote", "body", "consultation_id")
)
ABUSE_RECORD: Final = register_column(
    SealedColumn(14, "consult.AbuseRecord", "body", "consultation_id")
)
HELPED: Final = register_column(SealedColumn(15, "consult.Closing", "helped", "consultation_id"))

# The other ways in and out begin at 20.
ADDRESS: Final = register_column(
    SealedColumn(20, "consult.ChannelIdentity", "address", "consultation_id", "address_version")
)
LINK_WISH: Final = register_column(
    SealedColumn(21, "consult.ChannelIdentity", "wish", "consultation_id")
)
WAITING: Final = register_column(SealedColumn(22, "consult.WaitingLetter", "body", "id"))
WAITING_FILE: Final = register_column(SealedColumn(23, "consult.WaitingFile", "data", "letter_id"))
DOOR_WISHES: Final = register_column(
    SealedColumn(24, "consult.DoorWishes", "body", "consultation_id", "version")
)
MEETING_WORDS: Final = register_column(
    SealedColumn(25, "consult.Appointment", "words", "consultation_id", "words_version")
)

RECEIPTS: Final = register_grant(
    GrantColumn("consult.Receipt", "consultation_id", "public", "generation", "blob")
)
