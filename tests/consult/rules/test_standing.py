"""The sentence a thread begins with: the state decides, then whose words came last."""

import pytest

from madobe.consult.rules.standing import standing_of


@pytest.mark.parametrize(
    ("state", "last", "late", "promised", "stands"),
    [
        ("waiting_staff", "person", False, True, "waiting"),
        ("waiting_staff", "person", False, False, "waiting"),
        ("waiting_staff", "", False, True, "waiting"),
        ("waiting_staff", "staff", False, True, "more"),  # 「まだ考えています」
        ("waiting_staff", "staff", False, False, "answered"),
        ("waiting_staff", "person", True, True, "late"),
        ("waiting_staff", "staff", True, True, "late"),  # and that day has passed, too
        ("waiting_staff", "staff", True, False, "late"),
        ("waiting_person", "staff", False, False, "answered"),
        ("waiting_person", "person", False, False, "nothing"),  # a time was chosen or cancelled
        ("waiting_person", "", False, False, "nothing"),
        ("waiting_person", "person", True, False, "nothing"),
        ("resting", "person", False, False, "resting"),
        ("resting", "staff", True, False, "resting"),
        ("closed", "person", False, False, "closed"),
        ("closed", "staff", False, False, "closed"),
    ],
)
def test_how_a_thread_stands(state: str, last, late: bool, promised: bool, stands: str):
    assert standing_of(state, last=last, is_late=late, is_promised=promised) == stands
