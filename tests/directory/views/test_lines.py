"""Lines and desks open at one minute."""

import re

import pytest
from django.test import Client

from tests.directory.views.pages import main_of, text_of

pytestmark = pytest.mark.django_db


def test_s0_34_only_what_is_open_at_this_minute_stands_under_open_now(client: Client, clock):
    clock("2026-11-24T19:00")  # a Tuesday
    html = main_of(client.get("/ja/open-now/"))
    assert "いま開いています" in html
    assert "つぎに開くのは" not in html
    assert "19:00" in text_of(client.get("/ja/open-now/"))


def test_open_text_desks_stand_before_closed_ones(client: Client):
    html = main_of(client.get("/ja/text-desks/"))
    states = re.findall(r'class="(open|closed|unsure)"', html)
    assert "open" in states
    assert states.index("open") == 0
    assert states == sorted(states, key=["open", "unsure", "closed"].index) or states == sorted(
        states, key=["open", "closed", "unsure"].index
    )
