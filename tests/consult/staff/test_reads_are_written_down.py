"""Every page that shows a word of a thread writes down that it did, once a look (trust.md G24)."""

from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse

from madobe.audit.models import AuditEvent
from madobe.audit.queries import broken_links
from madobe.consult import urls_staff
from madobe.consult.actions.staff import notes, safety
from madobe.consult.models import Attachment, Message
from madobe.consult.reach import open_thread
from madobe.consult.rules.noted import Abuse, Danger, Noted
from madobe.consult.sealed import FILE
from madobe.consult.staff_choices import Safety, Visibility
from madobe.consult.views.staff.door import at_desk
from tests.factories.answering import MORNING, Person, Sent, send
from tests.factories.desk import World

pytestmark = pytest.mark.django_db
MARKER = "しるしのことば"


@pytest.fixture
def sent(world: World, hana: Person) -> Sent:
    """A thread that holds the marker everywhere something can be written."""
    made = send(f"{MARKER}一", other=f"{MARKER}二")
    hand = hana.hand
    notes.add_note(
        hand=hand, thread_id=made.id, visibility=Visibility.DESK, noted=Noted(facts=f"{MARKER}三"), at=MORNING
    )  # fmt: skip
    safety.note_danger(
        hand=hand, thread_id=made.id, level=Safety.WATCH, danger=Danger(f"{MARKER}四"),
        review_on=MORNING.date(), at=MORNING,
    )  # fmt: skip
    safety.note_abuse(hand=hand, thread_id=made.id, abuse=Abuse(f"{MARKER}五"), at=MORNING)
    message, file = Message.objects.get(), uuid4()
    opened = open_thread(hand, made.id, at=MORNING).opened
    Attachment.objects.create(
        id=file, message=message, consultation_id=made.id, number=1, kind="text",
        media_type="text/plain", data=opened.seal(FILE, file, f"{MARKER}六".encode()),
    )  # fmt: skip
    return made


def places(pattern: URLPattern, sent: Sent) -> dict[str, object]:
    known = {"thread_id": sent.id, "file_id": Attachment.objects.get().pk}
    return {name: known[name] for name in pattern.pattern.converters}


def written_down(by: str) -> int:
    """Looks that were written down."""
    return AuditEvent.objects.filter(by=by, action__in=["talk.read", "talk.lines_read"]).count()


def looks(sent: Sent, who: Person, patterns: list[URLPattern]) -> dict[str, tuple[bool, int]]:
    """Address -> whether it shows the marker, and how many looks it wrote down."""
    client = who.client()
    found = {}
    for pattern in patterns:
        before = written_down(who.id)
        page = client.get(reverse(f"consult_staff:{pattern.name}", kwargs=places(pattern, sent)))
        found[pattern.name or ""] = (MARKER in page.content.decode(), written_down(who.id) - before)
    return found


def test_each_look_at_a_word_is_one_row_of_the_trail(world: World, sora: Person, sent: Sent):
    found = looks(sent, sora, list(urls_staff.urlpatterns))
    shown = {name for name, (shows, _count) in found.items() if shows}
    assert {"inbox", "inbox_poll", "thread", "poll", "file", "danger", "abuse"} <= shown
    assert {name: count for name, (shows, count) in found.items() if shows and count != 1} == {}
    assert broken_links() == []


def test_a_view_that_writes_nothing_down_would_be_seen(
    world: World, sora: Person, sent: Sent, monkeypatch: pytest.MonkeyPatch
):
    """Negative control: the same page with its reading taken past the trail."""
    monkeypatch.setattr("madobe.consult.views.staff.thread.read_thread", past_the_trail)
    found = looks(sent, sora, list(urls_staff.urlpatterns))
    unwritten = {name for name, (shows, count) in found.items() if shows and count != 1}
    assert unwritten == {"thread", "poll", "file"}


def past_the_trail(*, hand, thread_id, at, what=""):
    return open_thread(hand, thread_id, at=at)


def test_the_trail_holds_no_word_of_it(world: World, sora: Person, sent: Sent):
    looks(sent, sora, list(urls_staff.urlpatterns))
    for event in AuditEvent.objects.all():
        assert MARKER not in f"{event.reason}{event.detail}"


def test_every_view_of_the_desk_stands_behind_the_key():
    """A view without `at_desk` would be answered without a key in hand."""
    inner = at_desk("GET")(_bare)
    code = inner.__code__
    assert [one.name for one in urls_staff.urlpatterns if one.callback.__code__ is not code] == []


def _bare(request: HttpRequest, hand: object, at: object) -> HttpResponse:
    return HttpResponse()
