"""A picture goes along, and nothing hidden with it."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from madobe.consult.models import Attachment, Message
from madobe.consult.sealed import FILE
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of, write
from tests.factories.rows import tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    with time_machine.travel(AT, tick=False):
        yield make_world()


def photograph() -> bytes:
    """A small JPEG that says where it was taken, and a marker in its comment."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (35.0, 42.0, 30.0)
    exif[0x010E] = "canary-of-a-picture"
    out = BytesIO()
    Image.new("RGB", (40, 30), (200, 180, 120)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def send(client: Client, *files: SimpleUploadedFile):
    fields = form_of(client.get("/ja/talk/").content)
    return client.post(
        "/ja/talk/", fields | {"text": "写真です", "go": "send", "sent_files": list(files)}
    )


def test_a_picture_is_kept_without_its_place_and_the_page_says_so(client: Client, world: World):
    came = photograph()
    assert b"canary-of-a-picture" in came
    page = send(client, SimpleUploadedFile("IMG_0001.jpg", came, "image/jpeg"))
    assert "撮影した場所の記録を取りのぞきました" in page.content.decode()
    row = Attachment.objects.get()
    kept = world.keyrings[0].open(row.consultation_id).open(FILE, row.pk, row.data)
    assert Image.open(BytesIO(kept)).size == (40, 30)
    assert not Image.open(BytesIO(kept)).getexif()
    assert b"canary-of-a-picture" not in kept


def test_a_file_that_cannot_be_kept_holds_no_letter_back(client: Client, world: World):
    page = send(client, SimpleUploadedFile("x.zip", b"PK\x03\x04" + bytes(50)))
    assert page.status_code == 200
    assert "受けとれます" in page.content.decode()
    assert (Message.objects.count(), Attachment.objects.count()) == (1, 0)


def test_a_picture_of_any_size_waits_in_memory_alone(
    client: Client, world: World, settings, monkeypatch: pytest.MonkeyPatch
):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10  # above it, Django writes a file into a folder
    on_disk: list[object] = []
    monkeypatch.setattr(
        "django.core.files.uploadedfile.tempfile.NamedTemporaryFile",
        lambda *args, **more: on_disk.append(args),
    )
    page = send(client, SimpleUploadedFile("IMG_0001.jpg", photograph(), "image/jpeg"))
    assert page.status_code == 200
    assert on_disk == []
    assert Attachment.objects.count() == 1


def test_a_picture_sent_twice_is_there_once(client: Client, world: World):
    fields = form_of(client.get("/ja/talk/").content) | {"text": "写真です", "go": "send"}
    for _ in range(2):
        file = SimpleUploadedFile("a.jpg", photograph(), "image/jpeg")
        client.post("/ja/talk/", fields | {"sent_files": [file]})
    assert (Message.objects.count(), Attachment.objects.count()) == (1, 1)


# --- seen again ------------------------------------------------------------------------------------


PAPER_TEXT = "夜のメモです。<script>"


def thread_with(client: Client, *files: SimpleUploadedFile) -> tuple[str, dict[str, str]]:
    """The words of a thread with these files, and the form of its page."""
    words = words_of(send(client, *files).content)
    return words, form_of(open_by(client, words).content)


def a_picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG_0001.jpg", photograph(), "image/jpeg")


def a_text() -> SimpleUploadedFile:
    return SimpleUploadedFile("diary.txt", PAPER_TEXT.encode(), "text/plain")


def ask_for(client: Client, form: dict[str, str], place: str):
    return client.post("/ja/talk/", form | {"go": f"file.{place}"})


def test_the_thread_shows_what_was_kept_how_large_it_is_and_what_was_taken_away(
    client: Client, world: World
):
    words, _ = thread_with(client, a_picture(), a_text())
    page = open_by(client, words).content.decode()
    assert "写真1を見る" in page
    assert "文章2を読む" in page
    assert "大きさは1KBくらい" in page
    assert "撮影した場所の記録を取りのぞきました" in page
    assert {str(row.pk) for row in Attachment.objects.all() if str(row.pk) in page} == set()


def test_a_picture_comes_back_shut_off_from_everything(client: Client, world: World):
    _, form = thread_with(client, a_picture())
    answer = ask_for(client, form, "1.1")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert Image.open(BytesIO(answer.content)).size == (40, 30)
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == (
        "inline; filename*=UTF-8''%E3%83%A1%E3%83%A2.jpg"
    )
    assert not answer.cookies


def test_a_text_comes_back_as_text_whatever_it_says(client: Client, world: World):
    _, form = thread_with(client, a_text())
    Attachment.objects.update(media_type="text/html")
    answer = ask_for(client, form, "1.1")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.content.decode().strip() == PAPER_TEXT


def test_looking_at_a_file_changes_no_row(client: Client, world: World):
    _, form = thread_with(client, a_picture())
    before = tables()
    with time_machine.travel(AT + timedelta(minutes=20), tick=False):
        assert ask_for(client, form, "1.1").headers["Content-Type"] == "image/jpeg"
    assert tables() == before


@pytest.mark.parametrize(
    "place", ["", "1", "1.2", "2.1", "0.1", "1.0", "1.1.1", "-1.1", "１.１", "9999.99", "x"]
)
def test_a_number_there_is_not_leads_to_the_thread(client: Client, world: World, place: str):
    _, form = thread_with(client, a_picture())
    answer = ask_for(client, form | {"text": "途中の文"}, place)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "写真1を見る" in answer.content.decode()
    assert "途中の文" in answer.content.decode()


def test_a_form_that_has_waited_too_long_gives_no_file_and_keeps_the_letter(
    client: Client, world: World
):
    _, form = thread_with(client, a_picture())
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        answer = ask_for(client, form | {"text": "途中の文"}, "1.1")
    assert answer.status_code == 422
    assert "words-field" in answer.content.decode()
    assert "途中の文" in answer.content.decode()


@pytest.mark.parametrize("token", ["", "x", "あ", "AAAA"])
def test_without_the_words_there_is_no_file(client: Client, world: World, token: str):
    thread_with(client, a_picture())
    answer = ask_for(client, {"token": token}, "1.1")
    assert (answer.status_code, answer.headers["Content-Type"][:9]) == (422, "text/html")


def test_it_cannot_be_asked_for_by_an_address(client: Client, world: World):
    _, form = thread_with(client, a_picture())
    answer = client.get("/ja/talk/", form | {"go": "file.1.1"})
    assert answer.headers["Content-Type"].startswith("text/html")


def test_no_thread_gives_a_file_of_another(client: Client, world: World):
    _, theirs = thread_with(client, a_picture(), a_text())
    mine = form_of(open_by(client, write(client, "眠れません。")).content)
    assert ask_for(client, theirs, "1.2").headers["Content-Type"].startswith("text/plain")
    for letter in range(1, 4):
        for file in range(1, 4):
            answer = ask_for(client, mine, f"{letter}.{file}")
            assert answer.headers["Content-Type"].startswith("text/html")
            assert PAPER_TEXT not in answer.content.decode()


def test_an_erased_thread_gives_nothing(client: Client, world: World):
    _, form = thread_with(client, a_picture())
    client.post("/ja/talk/", form | {"go": "erase_now"})
    answer = ask_for(client, form, "1.1")
    assert (answer.status_code, answer.headers["Content-Type"][:9]) == (422, "text/html")


def test_a_paper_staff_laid_beside_their_note_is_not_the_persons(client: Client, world: World):
    _, form = thread_with(client, a_picture())
    Message.objects.update(door="phone", author="staff")
    answer = ask_for(client, form, "1.1")
    assert answer.headers["Content-Type"].startswith("text/html")
