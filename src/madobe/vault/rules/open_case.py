"""A case that somebody has opened: its key in hand, for as long as one request."""

from dataclasses import dataclass, field
from uuid import UUID

from madobe.vault.registry import SealedColumn
from madobe.vault.rules.fields import Place, open_field, seal_field
from madobe.vault.rules.grants import CaseOf


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
    """This will give a text as bytes to seal: Japanese is a third shorter in UTF-16, and the first byte says which."""
    eight, sixteen = text.encode(), text.encode("utf-16-le")
    return b"\x00" + eight if len(eight) <= len(sixteen) else b"\x01" + sixteen


def as_text(plain: bytes) -> str:
    """This will give the text. Raises UnicodeDecodeError for bytes that are none."""
    return plain[1:].decode("utf-16-le" if plain[:1] == b"\x01" else "utf-8")
