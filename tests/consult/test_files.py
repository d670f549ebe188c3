"""A picture goes along, and nothing hidden with it."""

from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from madobe.consult.models import Attachment, Message
from madobe.consult.sealed import FILE
from tests.factories.desk import AT, World, form_of, make_world

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
