"""What comes round for keys."""

from datetime import datetime
from typing import Final

from django.db import OperationalError, connections

from madobe.vault.keystore.models import ShredKey
from madobe.vault.router import KEYS

_PATIENCE: Final = "2s"  # whoever reads keys waits behind this no longer


def rewrite_keys(at: datetime) -> int:
    """This will write PostgreSQL's table of shred keys anew, without the rows that were deleted; 1 where it did.

    A deleted row lies in its page until the page is written anew; SQLite overwrites it at once. Where somebody reads
    for long, it is left for the next time. The server's own log (WAL) is not reached: see docs/operate.md.
    """
    connection = connections[KEYS]
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [_PATIENCE])
        try:
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(ShredKey._meta.db_table)}")
        except OperationalError:  # the lock was not to be had
            return 0
        finally:
            cursor.execute("RESET lock_timeout")
    return 1
