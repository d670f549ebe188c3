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

RECEIPTS: Final = register_grant(
    GrantColumn("consult.Receipt", "consultation_id", "public", "generation", "blob")
)
