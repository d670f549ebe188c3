"""Markers that are put into every field somebody can fill, and every shape one could survive in."""

import gzip
import re
import secrets
import string
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path

SIGNS = string.ascii_lowercase + string.digits
HEAD, TAIL = 10, 6  # signs all markers of one run share, signs of their own


class Canaries:
    """Markers with one beginning, so that a look at a gigabyte asks for that alone."""

    def __init__(self) -> None:
        self.head = "".join(secrets.choice(SIGNS) for _ in range(HEAD))
        self.made: list[str] = []

    def new(self) -> str:
        """One more marker."""
        self.made.append(self.head + "".join(secrets.choice(SIGNS) for _ in range(TAIL)))
        return self.made[-1]

    def found_in(self, data: bytes) -> set[str]:
        """The markers that are there in any shape, also inside what was packed; a head alone counts as ""."""
        found: set[str] = set()
        for part in (data, *unpacked(data)):
            if any(shape in part for shape in shapes(self.head)):
                found |= {one for one in self.made if any(s in part for s in shapes(one))} or {""}
        return found

    def found_below(self, *folders: Path) -> dict[str, set[str]]:
        """The same for all files below some folders, by file."""
        found = {}
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and (seen := self.found_in(path.read_bytes())):
                    found[str(path)] = seen
        return found


def shapes(marker: str) -> list[bytes]:
    """This will give a marker (ASCII) as bytes somebody could still read it from."""
    raw = marker.encode()
    inside = []
    for offset in range(3):  # base64 depends on where in its group of three a marker begins
        for encode in (b64encode, urlsafe_b64encode):
            text = encode(bytes(offset) + raw)
            whole = (offset + len(raw)) * 8 // 6  # signs that no later byte changes
            inside.append(text[-(-offset * 8 // 6) : whole])
    percent = "".join(f"%{byte:02X}" for byte in raw)
    utf_16 = [marker.encode("utf-16-le"), marker.encode("utf-16-be")]
    hexes = [raw.hex().encode(), raw.hex().upper().encode()]
    return [
        raw,
        *dict.fromkeys(inside),
        *utf_16,
        *hexes,
        percent.encode(),
        percent.lower().encode(),
    ]


def unpacked(data: bytes) -> Iterator[bytes]:
    """This will give whatever gzip or zlib has packed inside."""
    for found in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", data):
        bits = 31 if found[0][:1] == b"\x1f" else 15
        try:
            out = zlib.decompressobj(bits).decompress(data[found.start() :], 50_000_000)
        except zlib.error:
            continue
        if out:
            yield out


def every_shape(markers: Iterable[str]) -> Iterator[bytes]:
    """The control: the same markers as a careless program would leave them."""
    for number, marker in enumerate(markers):
        raw = f"{'x' * (number % 3)}{marker} と".encode()
        yield from (
            raw, b64encode(raw), raw.hex().encode(), raw.decode().encode("utf-16-le"),
            gzip.compress(raw), "".join(f"%{byte:02x}" for byte in raw).encode(),
        )  # fmt: skip
