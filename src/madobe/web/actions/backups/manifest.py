"""What a backup says of itself; it lies inside, sealed with the rest."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

FORMAT: Final = b"madobe backup 1\n"
LONGEST: Final = 1 << 20  # bytes of a manifest; longer is none
DATA, KEYS = "data", "keys"
SIGNING: Final = "secret.key"  # in the data folder (config.kept_key)


@dataclass(frozen=True)
class Table:
    """What a table held: how many rows, and SHA-256 over them in the order of their primary key."""

    rows: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """`part`: data or keys. `engine`: sqlite or postgresql. `migrations`: "app.name" of each that was done.

    `signing`: in a keys file the content of secret.key, where the installation keeps one.
    """

    part: str
    installation: str
    engine: str
    made_at: str
    migrations: tuple[str, ...]
    tables: Mapping[str, Table]
    signing: str = ""

    def as_bytes(self) -> bytes:
        """This will give the head of a backup: two lines, the content follows."""
        return FORMAT + json.dumps(asdict(self), sort_keys=True).encode() + b"\n"


def manifest_of(line: bytes) -> Manifest:
    """This will read the second line. Raises ValueError when it is not one of ours."""
    try:
        fields: dict[str, Any] = json.loads(line)
        tables = {name: Table(**table) for name, table in fields.pop("tables").items()}
        migrations = tuple(fields.pop("migrations"))
        return Manifest(tables=tables, migrations=migrations, **fields)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a manifest") from error
