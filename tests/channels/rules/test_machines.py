"""Letters of machines are known by what the standards give them, and people are not taken for machines."""

import pytest

from madobe.channels.rules.mail.machines import Machine, machine


@pytest.mark.parametrize(
    ("headers", "content_type", "sender", "who"),
    [
        ({}, "text/plain", "hana@example.jp", Machine.NONE),
        ({"auto-submitted": "no"}, "text/plain", "hana@example.jp", Machine.NONE),
        ({"precedence": "first-class"}, "text/plain", "hana@example.jp", Machine.NONE),
        ({"return-path": "<hana@example.jp>"}, "text/plain", "hana@example.jp", Machine.NONE),
        ({"auto-submitted": "auto-replied"}, "text/plain", "hana@example.jp", Machine.ANSWERS),
        ({"auto-submitted": "Auto-Generated; x=y"}, "text/plain", "a@example.jp", Machine.ANSWERS),
        ({"precedence": "auto_reply"}, "text/plain", "a@example.jp", Machine.ANSWERS),
        ({"x-autoreply": "yes"}, "text/plain", "a@example.jp", Machine.ANSWERS),
        ({"precedence": "Bulk"}, "text/plain", "a@example.jp", Machine.LIST),
        ({"list-id": "<x.example.jp>"}, "text/plain", "a@example.jp", Machine.LIST),
        ({}, "multipart/report", "a@example.jp", Machine.CAME_BACK),
        ({"return-path": "<>"}, "text/plain", "a@example.jp", Machine.CAME_BACK),
        ({"auto-submitted": "auto-replied"}, "text/plain", "MAILER-DAEMON@example.jp", Machine.CAME_BACK),
    ],
)  # fmt: skip
def test_who_wrote(headers: dict[str, str], content_type: str, sender: str, who: Machine):
    assert machine(headers, content_type, sender) is who
