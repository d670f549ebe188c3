"""Channels say what they are; one floor above takes what comes in."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from madobe.channels import registry
from madobe.channels.registry import Channel, CodeIsTaken, SomebodyTakesAlready
from madobe.channels.rules.incoming import File, HasNoHour, Incoming, Kind, LeavesNothingVisible

AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def test_every_folder_with_a_channel_has_registered_itself():
    assert [channel.code for channel in registry.channels()] == [
        "phone",
        "letter",
        "counter",
        "email",
        "line",
    ]


def test_a_new_desk_starts_with_what_costs_no_privacy_outside():
    assert {c.code for c in registry.channels() if c.starts_on} == {"phone", "letter", "counter"}


def test_only_mail_and_line_carry_words_out():
    assert {c.code for c in registry.channels() if c.can_send_content} == {"email", "line"}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_says_in_words_what_it_does(language: str):
    with translation.override(language):
        said = {channel.code: str(channel.sentence) for channel in registry.channels()}
    assert len(set(said.values())) == 5
    assert all(len(sentence) > 20 for sentence in said.values())


def test_mail_and_line_are_ready_only_with_their_settings(settings):
    settings.MAIL, settings.INBOX, settings.LINE_SECRET, settings.LINE_TOKEN = True, None, "", ""
    assert not registry.channel("email").is_ready()
    assert not registry.channel("line").is_ready()
    settings.INBOX, settings.LINE_SECRET, settings.LINE_TOKEN = object(), "s", "t"
    assert registry.channel("email").is_ready()
    assert registry.channel("line").is_ready()
    assert registry.channel("phone").is_ready()


def test_a_code_is_given_once(monkeypatch):
    monkeypatch.setattr(registry, "_channels", {})
    first = registry.register(Channel("dove", "鳩", "手紙をはこびます。"))
    assert registry.register(Channel("dove", "鳩", "手紙をはこびます。")) == first
    with pytest.raises(CodeIsTaken):
        registry.register(Channel("dove", "鳥", "歌います。"))


def test_one_floor_alone_takes_what_comes_in(above):
    registry.on_incoming(above)  # the same again is fine
    with pytest.raises(SomebodyTakesAlready):
        registry.on_incoming(lambda incoming, desk: True)


def test_whether_a_sender_is_known_is_asked_above(above):
    assert registry.is_known("line", "U1", "") is None
    above.known = {"U1"}
    registry.on_first_contact(above.knows)
    assert registry.is_known("line", "U1", "") is True
    assert registry.is_known("line", "U2", "") is False


def test_what_comes_in_never_leaves_a_gap():
    with pytest.raises(LeavesNothingVisible):
        Incoming("line", Kind.UNKNOWN, AT, "1")
    with pytest.raises(LeavesNothingVisible):
        Incoming("line", Kind.TEXT, AT, "1", text=" \n")


def test_what_comes_in_knows_its_hour():
    with pytest.raises(HasNoHour):
        Incoming("line", Kind.TEXT, AT.replace(tzinfo=None), "1", text="はい")


def test_no_log_can_show_what_somebody_wrote_by_accident():
    whole = {
        "sender": "hana@example.jp", "sender_name": "はな", "subject": "おねがい", "text": "ねむれません",
        "folded": "> まえの話", "letter_id": "<a@b>", "visible_line": "写真", "foreign_id": "f-1",
    }  # fmt: skip
    letter = Incoming(
        "email", Kind.TEXT, AT, files=(File("写真.jpg", b"jpg", "image/jpeg"),), **whole
    )
    assert not [part for part in [*whole.values(), "写真.jpg"] if part in repr(letter)]
