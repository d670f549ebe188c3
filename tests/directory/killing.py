"""An import in a process of its own, to be killed in the middle; and what it left."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

SOURCE = Path(__file__).resolve().parents[2] / "src"
MADOBE = "import sys; from config.command import main; sys.argv = ['madobe', *sys.argv[1:]]; main()"
TABLES = ("sourcerecord", "service", "organization", "phone", "fieldsource", "listing", "card")
COUNT = f"""
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for table in {TABLES!r}:
        cursor.execute(f"select count(*) from directory_{{table}}")
        print(cursor.fetchone()[0])
"""  # noqa: S608 (names of our own tables)


def start(data: Path, *arguments: str, database: str = "") -> "subprocess.Popen[str]":
    """This will start the product's command on a data folder (SQLite), or on another database."""
    return subprocess.Popen(
        [sys.executable, "-c", MADOBE, *arguments],
        env=environment(data, database),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def environment(data: Path, database: str) -> dict[str, str]:
    # its key store is one of its own, too, in its data folder
    ours = {"DATABASE_URL", "KEYS_DATABASE_URL", "MADOBE_KEYS"}
    kept = {key: value for key, value in os.environ.items() if key not in ours}
    own = {"MADOBE_DATA": str(data), "PYTHONPATH": str(SOURCE)}
    return kept | own | ({"DATABASE_URL": database} if database else {})


def counts(data: Path, *, database: str = "") -> list[int]:
    """This will give the rows of each of TABLES, as another process sees them."""
    said = subprocess.run(
        [sys.executable, "-c", COUNT],
        env=environment(data, database),
        capture_output=True,
        text=True,
        check=True,
    )
    return [int(line) for line in said.stdout.split()]


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """This will give the address of a database beside the tests' own, on the same server; "" for SQLite,
    where every data folder is one.
    """
    if connection.vendor != "postgresql":
        yield ""
        return
    import psycopg

    said = connection.settings_dict
    server = {"host": said["HOST"], "port": said["PORT"], "user": said["USER"], "password": said["PASSWORD"]}  # fmt: skip
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as admin:
        admin.execute(f"drop database if exists {name}")
        admin.execute(f"create database {name}")
        try:
            secret = f":{said['PASSWORD']}" if said["PASSWORD"] else ""
            yield f"postgres://{said['USER']}{secret}@{said['HOST']}:{said['PORT']}/{name}"
        finally:
            admin.execute(f"drop database {name} with (force)")
