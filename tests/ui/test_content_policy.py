"""What a browser is told it may do with a page: hardly anything."""

import pytest
from django.test import Client

PATHS = ("/", "/ja/", "/ja/safety/", "/en/nothing/", "/ja/calendar/", "/nothing/", "/healthz")


def policy(answer) -> dict[str, set[str]]:
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {name: set(sources) for name, *sources in parts}


@pytest.mark.parametrize("path", PATHS)
def test_everything_comes_from_here_and_nothing_is_framed(client: Client, path: str):
    assert policy(client.get(path)) == {
        "default-src": {"'none'"},
        "style-src": {"'self'"},
        "script-src": {"'self'"},
        "img-src": {"'self'", "data:"},
        "font-src": {"'self'"},
        "connect-src": {"'self'"},
        "form-action": {"'self'"},
        "base-uri": {"'none'"},
        "frame-ancestors": {"'none'"},
    }


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_the_plain_headers_are_sent(client: Client, path: str, header: str, value: str):
    assert client.get(path)[header] == value


def test_nothing_of_the_machine_is_lent_to_a_page_but_writing_the_clipboard(client: Client):
    sent = client.get("/ja/")["Permissions-Policy"]
    lent = {part.strip() for part in sent.split(",") if not part.endswith("=()")}
    assert lent == {"clipboard-write=(self)"}  # the memo's copy button


@pytest.mark.parametrize("feature", ["camera", "microphone", "geolocation", "usb", "payment", "local-fonts", "display-capture", "clipboard-read", "browsing-topics"])  # fmt: skip
def test_what_could_reveal_a_person_is_off_by_name(client: Client, feature: str):
    assert f"{feature}=()" in client.get("/ja/")["Permissions-Policy"]
