"""Nothing of a backup can be read without the key, and this machine does not hold the key."""

import base64
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from pyrage import x25519

from madobe.vault.rules.age_keys import identity_of
from madobe.vault.rules.members import pair_of
from madobe.vault.rules.recovery import joined
from madobe.web.actions.backups.making import make_backup, store_of
from madobe.web.models import Feedback
from tests.factories.backups import backed_up
from tests.factories.hosts import ALIASES, Host, is_postgres
from tests.factories.houses import AT, House, furnish

CANARY = "CANARY-9f27c0d1e8b4"


def bytes_under(*folders: Path) -> bytes:
    files = (file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file())
    return b"".join(file.read_bytes() for file in files)


def plain_copy(folder: Path) -> bytes:
    """What a backup would be without a seal; PostgreSQL packs its own, so that it is unpacked here."""
    with store_of("default").snapshot() as taken:
        copy = b"".join(iter(lambda: taken.content.read(65536), b""))
    if not is_postgres():
        return copy
    (folder / "plain").write_bytes(copy)
    command = ["pg_restore", "--file=-", folder / "plain"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_a_comment_is_found_nowhere_in_the_backup(new_host, tmp_path):
    with new_host().entered():
        furnish()
        Feedback.objects.create(page="", language="ja", comment=CANARY, received_date=AT.date())
        make_backup(folder=tmp_path / "out", at=AT)
        unsealed = plain_copy(tmp_path)
    assert CANARY.encode() in unsealed  # the control
    assert CANARY.encode() not in bytes_under(tmp_path / "out")


def every_row(host: Host) -> Iterator[bytes]:
    """Each value of each row of both databases, as bytes."""
    with host.entered():
        for alias in ALIASES:
            for table in connections[alias].introspection.table_names():
                with connections[alias].cursor() as cursor:
                    cursor.execute(f'SELECT * FROM "{table}"')
                    for value in (one for row in cursor.fetchall() for one in row):
                        is_raw = isinstance(value, (bytes, memoryview))
                        yield bytes(value) if is_raw else str(value).encode()


def ways_to_write(private: bytes, house: House) -> list[bytes]:
    ways = [private, private.hex().encode(), private.hex().upper().encode()]
    ways += [base64.b64encode(private)[:42], base64.urlsafe_b64encode(private)[:42]]
    ways += [identity_of(private).encode(), identity_of(private).lower().encode()]
    return ways + [sheet.encode() for sheet in house.sheets] + [house.sheets[0][:60].encode()]


def found_on(host: Host, out: Path, house: House) -> list[bytes]:
    """In which ways the private key, or a sheet of it, lies on the machine."""
    private = joined(house.sheets[:2])
    hay = bytes_under(host.data, host.keys, out) + b"\0".join(every_row(host))
    return [way for way in ways_to_write(private, house) if way in hay]


def test_the_private_half_lies_nowhere_on_the_machine(new_host, tmp_path):
    old = new_host()
    house, _ = backed_up(old, tmp_path / "out")
    assert found_on(old, tmp_path / "out", house) == []


@pytest.mark.parametrize("way", range(5))
def test_a_private_half_left_on_the_machine_would_be_found(new_host, tmp_path, way):
    old = new_host()
    house, _ = backed_up(old, tmp_path / "out")
    ways = ways_to_write(joined(house.sheets[:2]), house)
    (old.data / "left").write_bytes(b"x" + ways[way] + b"x")
    assert ways[way] in found_on(old, tmp_path / "out", house)


def test_no_value_of_any_row_is_a_key_that_opens_the_backup(new_host, tmp_path):
    """Every 32 bytes of every sealed or secret value, tried as the private key."""
    old = new_host()
    house, _ = backed_up(old, tmp_path / "out")
    wanted = pair_of(joined(house.sheets[:2])).public
    values = {value for value in every_row(old) if len(value) in range(32, 400)}
    keys = {value[at : at + 32] for value in values for at in range(len(value) - 31)}
    assert len(keys) > 1000
    assert not [key for key in keys if pair_of(key).public == wanted]


def test_a_backup_is_sealed_to_nobody_else(new_host, tmp_path, settings):
    settings.BACKUP_KEYS = [str(x25519.Identity.generate().to_public())]
    _, made = backed_up(new_host(), tmp_path / "out")
    for file in (made.data, made.keys):
        head = file.read_bytes().split(b"\n---", 1)[0]
        assert head.count(b"-> X25519 ") == 2  # the house on paper, and the operator
