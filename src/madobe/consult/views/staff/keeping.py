"""Whose a thread is, and how it rests, comes to a stop and opens again."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from madobe.consult.actions.staff import holding, marks
from madobe.consult.actions.staff.erasing import NotTheirsToErase, erase_at_wish
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.forms.staff import CloseForm, EraseForm, HoldForm, RestForm, SeenForm
from madobe.consult.reach import Hand, may_erase
from madobe.consult.staff_choices import ClosingKind
from madobe.consult.views.staff.door import UNPROCESSABLE, at_desk, to_inbox, to_thread


@at_desk("POST")
def hold(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """Take it, give it back, hand it over, arrange another counsellor."""
    form = HoldForm(request.POST)
    form.is_valid()
    to, beside = form.cleaned_data.get("to", ""), form.cleaned_data.get("beside", "")
    try:
        match request.POST.get("go"):
            case "claim":
                held = holding.claim(hand=hand, thread_id=thread_id, co_holder=beside, at=at)
                return to_thread(request, thread_id, _held(held))
            case "give_back":
                holding.give_back(hand=hand, thread_id=thread_id, at=at)
                return to_inbox(request, _("当番にもどしました。"))
            case "hand_over":
                holding.hand_over(hand=hand, thread_id=thread_id, to=to, at=at)
                return to_inbox(request, _("引きつぎました。"))
            case "change":
                holding.arrange_change(hand=hand, thread_id=thread_id, to=to, at=at)
                return to_inbox(request, _("新しい担当を決めました。"))
    except holding.HeldAlready as other:
        return to_inbox(
            request, _("%(name)sさんが、ひと足先に受けもちました。") % {"name": other.name}
        )
    except holding.NotAColleague:
        return to_thread(
            request, thread_id, _("この窓口で答えていて、合い鍵のある方をえらべます。")
        )
    except holding.NobodyOnDutyCouldRead:
        return to_thread(request, thread_id, _("この窓口には、まだ当番の合い鍵がありません。"))
    except holding.NothingToArrange:
        return to_thread(request, thread_id, _("変えることは、ありませんでした。"))
    raise Http404


@at_desk("POST")
def mark(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """Just listening, resting, waiting in quiet, not urgent now, open again."""
    step = MARKS.get(request.POST.get("go", ""))
    if step is None:
        raise Http404
    try:
        return to_thread(request, thread_id, step(request, hand, at, thread_id))
    except marks.AnAnswerIsPromised:
        return to_thread(request, thread_id, _promised())
    except marks.SomethingNewCame:
        return to_thread(request, thread_id, _("新しいお便りがあります。読んでから決められます。"))
    except marks.IsNotClosed:
        return to_thread(request, thread_id)


@at_desk("GET", "POST")
def close(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """How it comes to a stop, and what helped."""
    form, amiss = CloseForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            marks.close(
                hand=hand,
                thread_id=thread_id,
                kind=ClosingKind(said["kind"]),
                helped=said["helped"],
                at=at,
            )
        except marks.AnAnswerIsPromised:
            amiss = _promised()
        else:
            return to_thread(
                request, thread_id, _("ひと区切りにしました。いつでも、続きからはじまります。")
            )
    found = read_thread(hand=hand, thread_id=thread_id, at=at, what="close")
    context = {"thread_id": found.thread.pk, "form": form, "amiss": amiss}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "consult/staff/close.html", context, status=status)


@at_desk("GET", "POST")
def erase(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """What goes and what stays; then, once it is ticked that the person wishes it, all of it goes."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            erase_at_wish(hand=hand, thread_id=thread_id, at=at)
        except NotTheirsToErase:
            raise Http404 from None
        return to_inbox(request, _("ぜんぶ消しました。"))
    found = read_thread(hand=hand, thread_id=thread_id, at=at, what="erase")
    if not may_erase(hand, found.thread):
        raise Http404
    context = {"thread_id": found.thread.pk, "desk": found.thread.desk, "form": form}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "consult/staff/erase.html", context, status=status)


def _promised() -> str:
    return _("お返事を約束しています。先にお返事か、新しい約束の日を書けます。")


def _held(held: holding.Held) -> str:
    if held.is_much:
        return _(
            "受けもちました。手もとのお便りが、窓口の目安より多くなっています。引きつぐこともできます。"
        )
    return _("受けもちました。")


def _listen(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> str:
    marks.mark_listening(hand=hand, thread_id=thread_id, listens=True, at=at)
    return _("「話だけ」にしました。")


def _not_only(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> str:
    marks.mark_listening(hand=hand, thread_id=thread_id, listens=False, at=at)
    return _("「話だけ」をはずしました。")


def _rest(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> str:
    form = RestForm(request.POST)
    form.is_valid()
    marks.let_rest(
        hand=hand, thread_id=thread_id, contact_after=form.cleaned_data.get("contact_after"), at=at
    )
    return _("お休みにしました。")


def _quiet(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> str:
    marks.keep_quiet(hand=hand, thread_id=thread_id, quiet=True, at=at)
    return _("一週間、静かに待つお便りにしました。")


def _loud(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> str:
    marks.keep_quiet(hand=hand, thread_id=thread_id, quiet=False, at=at)
    return _("ほかのお便りと同じところに、もどしました。")


def _reopen(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> str:
    marks.reopen(hand=hand, thread_id=thread_id, at=at)
    return _("もう一度ひらきました。")


def _calm(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> str:
    form = SeenForm(request.POST)
    form.is_valid()
    marks.take_danger_back(
        hand=hand, thread_id=thread_id, seen=form.cleaned_data.get("seen", -1), at=at
    )
    return _("急ぎのしるしをはずしました。危ないことばがまた届いたら、しるしがつきます。")


MARKS: Final[dict[str, Callable[[HttpRequest, Hand, datetime, UUID], str]]] = {
    "listen": _listen,
    "not_only": _not_only,
    "rest": _rest,
    "quiet": _quiet,
    "loud": _loud,
    "reopen": _reopen,
    "calm": _calm,
}
