"""An import that is killed leaves nothing half, and the next one takes everything."""

import os
import signal

import pytest

from tests.directory.killing import TABLES, counts, start

pytestmark = pytest.mark.open_data


def test_sigkill_while_writing_leaves_the_tables_as_they_were(tmp_path, open_data):
    folder = open_data / "municipal_windows"
    assert start(tmp_path, "migrate", "--skip-checks", "-v0").wait() == 0
    running = start(tmp_path, "import", "windows", str(folder))
    assert running.stderr is not None
    for line in running.stderr:
        if line.startswith("listing"):  # everything is written by now, but nothing is committed
            os.kill(running.pid, signal.SIGKILL)
            break
    assert running.wait() == -signal.SIGKILL
    assert counts(tmp_path) == [0] * len(TABLES)

    again = start(tmp_path, "import", "windows", str(folder), "--json")
    out, _ = again.communicate()
    assert '"added": 6333' in out
    assert counts(tmp_path)[0] == 6333
