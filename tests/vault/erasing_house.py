"""A house of its own on SQLite files: erases cases in one of several ways and tells which keys its files still hold.

Run as a process with MADOBE_DATA; prints {"living": …, "dead": …, "left": …}: how many keys of living and of erased
cases were found as bytes in the folder of the key store, and whether the last erasing said that a trace is left.
"""

import json
import sqlite3
import sys
from contextlib import closing
from uuid import uuid4

import django

CASES, ERASED = 300, 40


def main(way: str) -> None:
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from madobe.vault.actions import cases
    from madobe.vault.keystore.models import ShredKey

    from .people import DAY, somebody

    settings.KEYS_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", "keystore", database="keys", verbosity=0)
    call_command("migrate", "vault", verbosity=0)
    store = connections["keys"]
    if way == "without secure_delete":
        store.cursor().execute("PRAGMA secure_delete=OFF")
    if way == "without checkpoint":
        cases._leave_no_trace = lambda: None
    aoki = somebody()
    ids = [
        cases.begin_case(case=uuid4(), readers=[aoki.holder], on=DAY).opened.of.case
        for _ in range(CASES)
    ]
    keys = {row.case: bytes(row.key) for row in ShredKey.objects.all()}
    dead, left = ids[:: CASES // ERASED], False
    with closing(sqlite3.connect(settings.KEYS_DIR / "keys.sqlite3")) as reader:
        if way == "beside a reader":
            store.cursor().execute("PRAGMA busy_timeout=50")
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM keystore_shredkey").fetchone()
        for case in dead:
            try:
                cases.shred_case(case)
            except cases.TraceIsLeft:
                left = True
        folder = b"".join(path.read_bytes() for path in sorted(settings.KEYS_DIR.iterdir()))
    found = {case for case, key in keys.items() if key in folder}
    said = {"living": len(found - set(dead)), "dead": len(found & set(dead)), "left": left}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1])
