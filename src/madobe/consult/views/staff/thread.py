"""One thread on the screen of somebody who answers: every look at it is written down once."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from madobe.consult.actions.staff.reading import hold_open, read_thread
from madobe.consult.forms.staff import AnswerForm, RestForm
from madobe.consult.queries.staff.thread import staff_file, staff_thread, thread_mark
from madobe.consult.reach import Hand
from madobe.consult.rules.attachments import headers_of
from madobe.consult.rules.attachments.kinds import Kind
from madobe.consult.rules.writing import Side
from madobe.consult.views.staff.door import at_desk, unchanged
from madobe.consult.views.staff.doors.said import why_not
from madobe.consult.views.writing import says_writing, tell_writing
from madobe.lib.tone import JA, findings


@at_desk("GET")
def thread(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """What the person wishes, what was said, what was promised, and a box to answer in."""
    return page(request, hand, at, thread_id)


def page(
    request: HttpRequest,
    hand: Hand,
    at: datetime,
    thread_id: UUID,
    *,
    form: AnswerForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """This will draw a thread; `form`: what was just typed, which stands in the box whatever is stored."""
    found = staff_thread(hand, read_thread(hand=hand, thread_id=thread_id, at=at), at=at)
    text = found.draft.text if form is None else form.data.get("text", "")
    context = {
        "found": found,
        "text": text,
        "message": uuid4() if form is None else form.data.get("message", ""),
        "hints": findings(text, JA),
        "faults": form if form is not None and form.errors else None,
        "rest_form": RestForm(),
        "no_way": why_not(found.out),
    }
    return render(request, "consult/staff/thread.html", context | more, status=status)


@at_desk("GET")
def poll(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """What was said when something is new, else 304. Asked by the page itself, so that colleagues see it is open."""
    tag = thread_mark(hand, thread_id, at=at)
    response = unchanged(request, tag)
    if response is None:
        found = read_thread(hand=hand, thread_id=thread_id, at=at)
        whole = staff_thread(hand, found, at=at)
        response = render(request, "consult/staff/_messages.html", {"found": whole})
        response.headers["ETag"] = f'"{tag}"'
    elif says_writing(request) is None:  # a sign is asked for beside this, and holds nothing
        hold_open(hand=hand, thread_id=thread_id, at=at)
    return tell_writing(request, response, thread_id, Side.STAFF, at)


@at_desk("GET")
def file(
    request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID, file_id: UUID
) -> HttpResponse:
    """One picture or paper, shut off from everything around it."""
    locked = read_thread(hand=hand, thread_id=thread_id, at=at, what=f"file {file_id}")
    found = staff_file(locked, file_id)
    if found is None:
        raise Http404
    headers = headers_of(Kind(found.kind), f"{found.number}")
    return HttpResponse(found.data, content_type=found.media_type, headers=headers)
