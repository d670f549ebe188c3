"""What stands beside a thread: notes, danger, the duty to notify."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from madobe.consult.actions.staff import notes, safety
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.forms.staff import AbuseForm, DangerForm, NoteForm, NotifiedForm
from madobe.consult.queries.staff.thread import staff_thread
from madobe.consult.reach import Hand
from madobe.consult.rules.noted import Abuse, Danger, Noted
from madobe.consult.staff_choices import Safety, Visibility
from madobe.consult.views.staff.door import UNPROCESSABLE, at_desk, key_in, to_thread


@at_desk("GET", "POST")
def note(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """First who will see it, then the boxes."""
    status, amiss = 200, ""
    form = NoteForm(request.POST if request.method == "POST" else None)
    chosen = request.POST.get("visibility") or request.GET.get("for", "")
    if request.method == "POST":
        if form.is_valid():
            said = form.cleaned_data
            try:
                notes.add_note(
                    hand=hand,
                    thread_id=thread_id,
                    visibility=Visibility(said["visibility"]),
                    noted=Noted(said["facts"], said["words"], said["view"]),
                    at=at,
                )
                return to_thread(request, thread_id, _("メモを残しました。ご本人には見えません。"))
            except notes.NothingNoted:
                amiss = _("どれかひとつに書くと残せます。")
        status = UNPROCESSABLE
    read_thread(hand=hand, thread_id=thread_id, at=at, what="note")
    if chosen not in Visibility.values:
        chosen = ""
    context = {
        "thread_id": thread_id,
        "form": form,
        "chosen": Visibility(chosen) if chosen else None,
        "choices": Visibility,
        "amiss": amiss,
    }
    return render(request, "consult/staff/note.html", context, status=status)


@at_desk("GET", "POST")
def danger(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """A danger is noted by one, confirmed by another, looked at again on a day."""
    form = DangerForm(request.POST if request.POST.get("go") == "note" else None)
    amiss = ""
    if request.method == "POST":
        try:
            said = _danger(request, hand, at, thread_id, form)
        except safety.NoBasis:
            amiss = _("何からそう思うかを、ひとことでも書くと残せます。")
        except (safety.ItTakesASecond, safety.NothingToConfirm):
            return to_thread(request, thread_id, _("確かめるのは、別の人がします。"))
        else:
            if said:
                return to_thread(request, thread_id, said)
    return _beside(request, hand, at, thread_id, "consult/staff/danger.html", form, amiss)


@at_desk("GET", "POST")
def abuse(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """On what basis a notification is thought of, by two people."""
    form = AbuseForm(request.POST if request.POST.get("go") == "note" else None)
    amiss = ""
    if request.method == "POST":
        try:
            said = _abuse(request, hand, at, thread_id, form)
        except safety.NoBasis:
            amiss = _("何をもとに考えるかを、ひとことでも書くと残せます。")
        except (safety.ItTakesASecond, safety.NothingToConfirm):
            return to_thread(request, thread_id, _("確かめるのは、別の人がします。"))
        else:
            if said:
                return to_thread(request, thread_id, said)
    return _beside(request, hand, at, thread_id, "consult/staff/abuse.html", form, amiss)


def _danger(
    request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID, form: DangerForm
) -> str:
    match request.POST.get("go"):
        case "confirm":
            safety.confirm_danger(
                hand=hand, thread_id=thread_id, note_id=key_in(request, "note"), at=at
            )
            return _("二人目として確かめました。")
        case "end":
            safety.end_danger(hand=hand, thread_id=thread_id, at=at)
            return _("安全のメモを終えました。記録は残ります。")
    if not form.is_valid():
        return ""
    said = form.cleaned_data
    safety.note_danger(
        hand=hand,
        thread_id=thread_id,
        level=Safety(said["level"]),
        danger=Danger(said["basis"], said["contacts"]),
        review_on=said["review_on"],
        at=at,
    )
    return _("安全のメモを残しました。いまから働きます。もう一人が確かめます。")


def _abuse(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID, form: AbuseForm) -> str:
    if request.POST.get("go") == "confirm":
        second = NotifiedForm(request.POST)
        if not second.is_valid():
            return ""
        safety.confirm_abuse(
            hand=hand,
            thread_id=thread_id,
            record_id=key_in(request, "record"),
            notified_on=second.cleaned_data["notified_on"],
            at=at,
        )
        return _("二人目として確かめました。")
    if not form.is_valid():
        return ""
    said = form.cleaned_data
    safety.note_abuse(
        hand=hand, thread_id=thread_id, abuse=Abuse(said["basis"], said["where"]), at=at
    )
    return _("書きとめました。もう一人が確かめます。")


def _beside(
    request: HttpRequest,
    hand: Hand,
    at: datetime,
    thread_id: UUID,
    template: str,
    form: DangerForm | AbuseForm,
    amiss: str,
) -> HttpResponse:
    locked = read_thread(hand=hand, thread_id=thread_id, at=at, what=template[14:-5])
    found = staff_thread(hand, locked, at=at)
    context = {"found": found, "form": form, "amiss": amiss, "second": NotifiedForm()}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, template, context, status=status)
