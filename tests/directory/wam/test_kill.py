"""An import that is killed loses and doubles nothing, wherever it was; two at once do not mix."""

import json
import os
import signal
import uuid
from collections.abc import Iterator

import pytest

from tests.directory.killing import TABLES, counts, own_database, start

pytestmark = pytest.mark.open_data

SMALL = ("csvdownload041.csv.gz", "csvdownload061.csv.gz")  # 258 + 455 rows
NOTHING = [0] * len(TABLES)


@pytest.fixture
def database(tmp_path) -> Iterator[str]:
    with own_database(f"wam_kill_{uuid.uuid4().hex[:8]}") as address:
        migrating = start(tmp_path, "migrate", "--skip-checks", "-v0", database=address)
        assert migrating.wait() == 0
        yield address


def test_sigkill_at_any_step_leaves_the_tables_as_they_were_and_a_rerun_takes_all(tmp_path, open_data, database):  # fmt: skip
    files = [str(open_data / "wam_2024-09" / name) for name in SMALL]
    for step in ("read 713", "writing", "713 of 713", "listing"):
        running = start(tmp_path, "import", "wam", *files, database=database)
        assert running.stderr is not None
        for line in running.stderr:
            if line.startswith(step):
                os.kill(running.pid, signal.SIGKILL)
                break
        assert running.wait() == -signal.SIGKILL, step
        assert counts(tmp_path, database=database) == NOTHING, step

    out, _ = start(tmp_path, "import", "wam", *files, "--json", database=database).communicate()
    assert json.loads(out)["added"] == 713
    once = counts(tmp_path, database=database)
    assert once[:2] == [713, 713]
    out, _ = start(tmp_path, "import", "wam", *files, "--json", database=database).communicate()
    assert json.loads(out)["unchanged"] == 713
    assert counts(tmp_path, database=database) == once


def test_two_imports_at_once_double_nothing_and_the_one_that_cannot_wait_says_so(tmp_path, open_data, database):  # fmt: skip
    files = [str(open_data / "wam_2024-09" / name) for name in SMALL]
    both = [start(tmp_path, "import", "wam", *files, database=database) for _ in range(2)]
    ended = [(one.communicate()[1], one.returncode) for one in both]
    assert sorted(code for _, code in ended) in ([0, 0], [0, 1])
    for said, code in ended:
        assert "Traceback" not in said
        assert code == 0 or "Another import is writing" in said
    assert counts(tmp_path, database=database)[:2] == [713, 713]
