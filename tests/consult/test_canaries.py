"""A marker in every field somebody can fill, and a look at everything that stays: sealed, or nowhere (trust.md G13)."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from PIL import Image

from madobe.consult.actions.staff import answers, drafts, holding, marks, notes, safety
from madobe.consult.models import Consultation, StaffDraft
from madobe.consult.rules.noted import Abuse, Danger, Noted
from madobe.consult.sealed import STAFF_DRAFT
from madobe.consult.staff_choices import ClosingKind, Safety, Visibility
from tests.factories.answering import MORNING, people
from tests.factories.canaries import Canaries, every_shape, shapes, unpacked
from tests.factories.desk import AT, World, form_of, make_world, open_by, words_of

pytestmark = pytest.mark.django_db

CONTACT = ("call_me", "safe_hours", "must_not_know", "other")


@pytest.fixture
def world() -> Iterator[World]:
    with time_machine.travel(AT, tick=False):
        yield make_world()


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


def photograph(marker: str) -> bytes:
    """A JPEG that says a marker in its EXIF and its comment."""
    exif = Image.Exif()
    exif[0x010E] = marker
    exif.get_ifd(0x8825)[29] = marker
    out = BytesIO()
    Image.new("RGB", (40, 30), (200, 180, 120)).save(out, "JPEG", exif=exif, comment=marker)
    return out.getvalue()


def files(canaries: Canaries) -> list[SimpleUploadedFile]:
    note = f"メモ {canaries.new()}".encode()
    return [
        SimpleUploadedFile(f"{canaries.new()}.jpg", photograph(canaries.new()), "image/jpeg"),
        SimpleUploadedFile(f"{canaries.new()}.txt", note, "text/plain"),
    ]


def fill_in(client: Client, canaries: Canaries) -> str:
    """Everything somebody who writes can fill; gives the words of the thread that stays."""
    new = canaries.new
    contact = {name: new() for name in CONTACT} | {"notice_to": f"{new()}@example.jp"}
    first = form_of(client.get("/ja/talk/").content)
    page = client.post(
        "/ja/talk/", first | contact | {"text": new(), "go": "send", "sent_files": files(canaries), "place": new()}
    )  # fmt: skip
    words = words_of(page.content)
    aside = form_of(client.get("/ja/talk/").content)
    client.post("/ja/talk/", aside | contact | {"text": new(), "go": "aside_first"})
    for go, fields in (
        ("reply", {"text": new(), "sent_files": files(canaries)}),
        ("aside", {"text": new()}),
        ("contact_change", {name: new() for name in CONTACT} | {"notice_to": f"{new()}@example.jp"}),
        ("back", {"text": new()}),
        ("reply", {"text": new() + "長" * 20_001}),
        (new(), {new(): new()}),
    ):  # fmt: skip
        thread = form_of(open_by(client, words).content)
        assert client.post("/ja/talk/", thread | fields | {"go": go}).status_code in (200, 422)
    client.post("/ja/talk/", {"go": "words", "words": f"{new()} ひかり", "text": new()})
    client.post("/ja/talk/", {"go": "reply", "token": new(), "text": new(), "words": new()})
    client.get(
        "/talk/poll",
        headers={"x-madobe-thread": new(), "user-agent": new(), "x-forwarded-for": new()},
    )
    client.get(
        f"/ja/talk/?{new()}={new()}",
        headers={"user-agent": new(), "referer": f"https://x.example/{new()}"},
    )
    return words  # fmt: skip


def answer(world: World, canaries: Canaries) -> None:
    """Everything staff can write beside that thread."""
    hana, sora = people(world)
    thread = Consultation.objects.exclude(state="set_aside").get()
    new, who = canaries.new, {"hand": hana.hand, "thread_id": thread.pk, "at": MORNING}
    holding.claim(**who)
    drafts.save_draft(**who, text=new())
    drafts.ask_for_a_look(**who, text=new())
    asked = StaffDraft.objects.get()
    drafts.give_draft_back(**who | {"hand": sora.hand}, draft_id=asked.pk, text=new())
    assert STAFF_DRAFT.column == "body"
    for visibility in Visibility:
        notes.add_note(
            **who, visibility=visibility, noted=Noted(facts=new(), words=new(), view=new())
        )
    danger = Danger(basis=new(), contacts=new())
    safety.note_danger(**who, level=next(iter(Safety)), danger=danger, review_on=date(2026, 12, 4))
    safety.note_abuse(**who, abuse=Abuse(basis=new(), where=new()))
    answers.reply(**who, draft=answers.Draft(uuid4(), thread.messages_count, new()))
    marks.close(**who, kind=ClosingKind.WISH, helped=new())  # fmt: skip


def all_that_stays() -> Iterator[tuple[str, bytes]]:
    """Every column of every table of both databases, what was cached, what was mailed, every file of the product."""
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                for row in cursor.fetchall():
                    for value in row:
                        raw = isinstance(value, bytes | memoryview)
                        yield table, bytes(value) if raw else str(value).encode()
    yield "cache", repr(getattr(cache, "_cache", {})).encode()
    for one in mail.outbox:
        yield "mail", one.message().as_bytes()
    for path in Path(settings.DATA_DIR).rglob("*"):
        if path.is_file():
            yield str(path), path.read_bytes()


def test_no_marker_stays_anywhere(
    client: Client, world: World, canaries: Canaries, capfd: pytest.CaptureFixture[str]
):
    fill_in(client, canaries)
    answer(world, canaries)
    assert len(canaries.made) >= 55
    found = [(place, seen) for place, data in all_that_stays() if (seen := canaries.found_in(data))]
    assert found == []
    said = "".join(capfd.readouterr())
    assert canaries.found_in(said.encode()) == set()


def test_all_that_was_sealed_is_there_for_whom_it_was_meant(
    client: Client, world: World, canaries: Canaries
):
    """Not found is no merit of a field that was thrown away."""
    words = fill_in(client, canaries)
    page = open_by(client, words).content.decode()
    assert sum(one in page for one in canaries.made) >= 3


def test_a_plain_column_is_found_in_every_shape(world: World, canaries: Canaries):
    """The control: a table that keeps what it is given."""
    made = [canaries.new() for _ in range(60)]
    with connections["default"].cursor() as cursor:
        kind = "bytea" if connections["default"].vendor == "postgresql" else "blob"
        cursor.execute(f"CREATE TABLE plain (body {kind})")
        for shape in every_shape(made):
            cursor.execute("INSERT INTO plain VALUES (%s)", [shape])
    each = [canaries.found_in(data) for place, data in all_that_stays() if place == "plain"]
    assert [seen for seen in each if len(seen) != 1] == []
    assert set().union(*each) == set(made)


def test_every_shape_is_one_somebody_could_read(canaries: Canaries):
    marker = canaries.new()
    assert len(shapes(marker)) >= 9
    assert list(unpacked(b"xx" + next(iter(every_shape([marker]))))) == []
