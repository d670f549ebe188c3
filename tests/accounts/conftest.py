"""Every test at the door begins with nobody having tried anything."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_tried_yet() -> None:
    cache.clear()
