"""A case that somebody has opened: its key in hand, for as long as one request."""

import zlib
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from madobe.vault.registry import SealedColumn
from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.fields import Place, open_field, seal_field
from madobe.vault.rules.grants import CaseOf

_WRITINGS: Final = ("utf-8", "utf-16-le")
_PACKED: Final = 2  # bit of the first byte
_RAW: Final = -zlib.MAX_WBITS  # no head and no checksum: the seal around it checks more


@dataclass(frozen=True)
class OpenCase:
    """Seals and opens the columns of one case. Its repr shows no key."""

    of: CaseOf
    key: bytes = field(repr=False)

    def seal(self, column: SealedColumn, row: UUID, plain: bytes, *, version: int = 1) -> bytes:
        """This will give the blob to store in this column of this row."""
        return seal_field(self.key, plain, self._place(column, row, version))

    def open(
        self, column: SealedColumn, row: UUID, blob: bytes | memoryview, *, version: int = 1
    ) -> bytes:
        """This will give what was sealed there. Raises NotOpenedError."""
        return open_field(self.key, bytes(blob), self._place(column, row, version))

    def seal_text(self, column: SealedColumn, row: UUID, text: str, *, version: int = 1) -> bytes:
        """This will seal a text."""
        return self.seal(column, row, as_bytes(text), version=version)

    def text(
        self, column: SealedColumn, row: UUID, blob: bytes | memoryview | None, *, version: int = 1
    ) -> str:
        """This will give the text; "" where nothing was written. Raises NotOpenedError."""
        return "" if blob is None else as_text(self.open(column, row, blob, version=version))

    def _place(self, column: SealedColumn, row: UUID, version: int) -> Place:
        return Place(self.of.installation, column.number, row, version)


def as_bytes(text: str) -> bytes:
    """This will give a text as bytes to seal, in the shortest writing; the first byte says which.

    Japanese is a third shorter in UTF-16, and prose is made smaller by a third again. That is safe here: each text is
    packed by itself, so nobody else's words stand beside a secret, and the padding comes after.
    """
    written = min(
        (bytes([mark]) + text.encode(code) for mark, code in enumerate(_WRITINGS)), key=len
    )
    packer = zlib.compressobj(wbits=_RAW)
    packed = bytes([written[0] | _PACKED]) + packer.compress(written[1:]) + packer.flush()
    return min(written, packed, key=len)


def as_text(plain: bytes) -> str:
    """This will give the text. Raises NotOpenedError for bytes that are none."""
    try:
        written = zlib.decompress(plain[1:], _RAW) if plain[0] & _PACKED else plain[1:]
        return written.decode(_WRITINGS[plain[0] & ~_PACKED])
    except (IndexError, UnicodeDecodeError, zlib.error):
        raise NotOpenedError from None
