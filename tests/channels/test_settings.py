"""Settings of the channels: a wrong one stops the start, says how to mend it, and does not repeat a secret."""

import pytest

from tests.house.test_settings import madobe


@pytest.mark.parametrize(
    "given",
    [
        {"MADOBE_INBOX_URL": "pop3://desk:geheim@mail.example.jp/"},
        {"MADOBE_INBOX_URL": "imaps://desk@mail.example.jp/INBOX"},
        {"MADOBE_LINE_SECRET": "geheim"},
        {"MADOBE_LINE_TOKEN": "geheim"},
        {"MADOBE_LINE_API": "http://line.example.jp"},
        {"MADOBE_LINE_API": "api.line.me"},
    ],
)
def test_a_wrong_one_is_named_with_its_remedy(given: dict[str, str]):
    result = madobe("version", **given)
    assert result.returncode == 1
    assert all(name in result.stderr for name in given)
    assert "in the environment" in result.stderr
    assert "geheim" not in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "given",
    [
        {"MADOBE_INBOX_URL": "imaps://desk:pw@mail.example.jp/INBOX?desk=akishima"},
        {"MADOBE_LINE_SECRET": "s", "MADOBE_LINE_TOKEN": "t"},
        {"MADOBE_LINE_API": "https://api.line.me/"},
        {"MADOBE_LINE_API": "http://127.0.0.1:9000"},
    ],
)
def test_a_right_one_is_taken(given: dict[str, str]):
    assert madobe("version", **given).returncode == 0
