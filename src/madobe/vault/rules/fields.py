"""A field of a row, sealed with the key of its case and bound to the place where it stands."""

from dataclasses import dataclass
from uuid import UUID

from madobe.vault.rules.aead import opened, sealed
from madobe.vault.rules.algorithms import FIELD, NotOpenedError
from madobe.vault.rules.padding import padded, unpadded


@dataclass(frozen=True)
class Place:
    """Where a sealed value stands. A blob moved to another row, field, version or installation is not opened.

    `field`: its registered number, never given twice. `version`: of the row, so that an old text put back is noticed.
    """

    installation: UUID
    field: int
    row: UUID
    version: int = 1

    def bound(self, algorithm: int) -> bytes:
        """This will give the place as bytes: each part has one length, so no two places read alike."""
        return (
            self.installation.bytes
            + self.field.to_bytes(2, "big")
            + self.row.bytes
            + self.version.to_bytes(4, "big")
            + bytes([algorithm])
        )


def seal_field(case_key: bytes, plain: bytes, place: Place) -> bytes:
    """This will give the blob to store."""
    return bytes([FIELD]) + sealed(case_key, padded(plain), place.bound(FIELD))


def open_field(case_key: bytes, blob: bytes, place: Place) -> bytes:
    """This will give what was written. Raises NotOpenedError."""
    if blob[:1] != bytes([FIELD]):
        raise NotOpenedError
    return unpadded(opened(case_key, blob[1:], place.bound(FIELD)))
