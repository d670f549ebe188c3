"""`madobe letters`: the box is emptied into the floor above."""

import json
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from madobe.channels.rules.inbox import read_inbox
from tests.channels.email.test_fetching import letter
from tests.factories.mail_servers import Box

ROOT = Path(__file__).resolve().parents[3]


def letters(*arguments: str) -> str:
    said = StringIO()
    call_command("letters", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_it_empties_the_box_and_prints_numbers_only(box: Box, above, settings):
    settings.INBOX = read_inbox(box.url)
    box.put(letter("ねむれません"))
    assert letters() == "taken: 1\nleft: 0\n"
    assert [one.text for one in above.taken] == ["ねむれません"]
    assert box.count() == 0


@pytest.mark.django_db
def test_a_letter_kept_before_is_removed_and_not_doubled(box: Box, above, settings):
    settings.INBOX = read_inbox(box.url)
    for _delivery in range(2):
        box.put(letter("はい"))
    assert json.loads(letters("--json")) == {"taken": 2, "left": 0}
    assert len(above.taken) == 1
    assert box.count() == 0


@pytest.mark.django_db
def test_what_the_floor_above_does_not_take_stays_and_comes_again(box: Box, above, settings):
    settings.INBOX = read_inbox(box.url)
    box.put(letter("はい"))
    above.refuses = 1
    assert json.loads(letters("--json")) == {"taken": 0, "left": 1}
    assert json.loads(letters("--json")) == {"taken": 1, "left": 0}


def test_without_a_box_it_says_how_to_set_one(above, settings):
    settings.INBOX = None
    with pytest.raises(CommandError, match="MADOBE_INBOX_URL"):
        letters()


def test_with_nobody_above_no_letter_is_touched(box: Box, nobody_above, settings):
    settings.INBOX = read_inbox(box.url)
    box.put(letter("はい"))
    with pytest.raises(CommandError, match="Nobody here takes letters"):
        letters()
    assert box.count() == 1


def test_a_host_that_is_away_is_said(box: Box, above, settings):
    settings.INBOX = read_inbox(box.url.replace(f":{box.port}", ":9"))
    with pytest.raises(CommandError, match="does not answer"):
        letters()


WATCHING = """
import os, django
django.setup()
from django.core.management import call_command
from madobe.channels import registry
from madobe.channels.management.commands import letters
registry._handlers[:] = [lambda incoming, desk: True]
letters.take_in = lambda incoming, desk, at: print("took", flush=True) or letters.Outcome.TAKEN
call_command("letters", "--watch", "--every", "0.1")
"""


def test_watching_fetches_what_comes_later_and_ends_when_told(box: Box, tmp_path: Path):
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "config.settings",
        "MADOBE_DATA": str(tmp_path), "MADOBE_INBOX_URL": box.url,
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", WATCHING], env=environment, stdout=subprocess.PIPE, text=True
    ) as watch:
        assert watch.stdout is not None
        for number in range(2):
            box.put(letter("はい", number))
            assert watch.stdout.readline() == "took\n"
            _wait_until_empty(box)
        watch.send_signal(signal.SIGTERM)
        assert watch.wait(20) == 0


def _wait_until_empty(box: Box) -> None:
    for _look in range(200):
        if box.count() == 0:
            return
        time.sleep(0.05)
    raise AssertionError("the letter still lies there")
