"""Where answers can go: what is not safe, what belongs together by the person's wish, who else writes from there."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from madobe.consult.actions.doors import linking
from madobe.consult.actions.doors.wishes import set_wishes
from madobe.consult.actions.doors.writer import TheySaidIt, note_writer
from madobe.consult.actions.staff.reading import note_lines_read, read_thread
from madobe.consult.choices import Who
from madobe.consult.forms.doors import WRITERS, LinkForm, SafeWaysForm, WriterForm
from madobe.consult.queries.doors.ways import (
    own_threads,
    safe_ways,
    ways_of,
    why_not_telephone,
    writer_of,
)
from madobe.consult.reach import Hand
from madobe.consult.views.staff.door import UNPROCESSABLE, at_desk, key_in, to_thread
from madobe.consult.views.staff.doors.said import REFUSALS


@at_desk("GET", "POST")
def ways(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """What there is, and the four things that can be done with it."""
    go = request.POST.get("go", "") if request.method == "POST" else ""
    safe = SafeWaysForm(request.POST if go == "safe" else None)
    link = LinkForm(request.POST if go == "link" else None)
    amiss, to_other = "", False
    if go:
        try:
            said = _done(request, hand, at, thread_id, go, safe, link)
        except linking.NoWish:
            amiss = _("ご本人が望まれたことと、その日を書くと、つなげます。")
        except linking.NotTheSamePerson:
            amiss = _(
                "ちがう方のお便りは、ひとつにしません。どちらも、それぞれのお便りのままで返事ができます。"
            )
        except linking.WriterNotKnown:
            to_other = True
            amiss = _(
                "つなぐ前に、どちらのお便りにも、書いている方がどなたかを書きとめます。「書いている方」で、ひとつえらぶとつなげます。"
            )
        except TheySaidIt:
            amiss = _("書いている方は、ご自分で伝えています。そのことばのままにします。")
        except linking.WordsWouldDie:
            amiss = _(
                "えらんだお便りには合言葉があります。そちらのページから、このお便りをつなげます。"
            )
        except linking.SomethingIsStillWaiting:
            amiss = _(
                "まだ開いていないお便りがあります。当番の方が開いたあとに、もう一度できます。"
            )
        except (linking.NoSuchWay, linking.NothingOfTheirs):
            amiss = _("ようすが変わっていました。いまのようすは、このとおりです。")
        else:
            if said:
                return to_thread(request, thread_id, said)
    return _page(
        request, hand, at, thread_id, safe=safe, link=link, amiss=amiss, failed=bool(go),
        to_other=to_other,
    )  # fmt: skip


def _done(
    request: HttpRequest,
    hand: Hand,
    at: datetime,
    thread_id: UUID,
    go: str,
    safe: SafeWaysForm,
    link: LinkForm,
) -> str:
    match go:
        case "safe" if safe.is_valid():
            before = safe_ways(read_thread(hand=hand, thread_id=thread_id, at=at, what="ways"))
            set_wishes(hand=hand, thread_id=thread_id, wishes=safe.wishes(before), at=at)
            return _("書きとめました。これからは、この方法では送りません。")
        case "who" if (writer := WriterForm(request.POST)).is_valid():
            who = Who(writer.cleaned_data["who"])
            note_writer(hand=hand, thread_id=thread_id, who=who, at=at)
            return _("書きとめました。")
        case "link" if link.is_valid():
            said = link.cleaned_data
            linking.link(
                hand=hand,
                thread_id=thread_id,
                other_id=said["other"],
                wish=said["wish"],
                wished_on=said["wished_on"],
                at=at,
            )
            return _("ひとつにつなぎました。ご本人が望めば、また分けられます。")
        case "unlink":
            linking.unlink(
                hand=hand, thread_id=thread_id, identity_id=key_in(request, "way"), at=at
            )
            return _("分けました。届いたものは、もとのお便りにもどりました。")
        case "split":
            since = key_in(request, "since") if request.POST.get("since") else None
            linking.split(
                hand=hand,
                thread_id=thread_id,
                identity_id=key_in(request, "way"),
                since=since,
                at=at,
            )
            return _("別の方のお便りとして分けます。")
    return ""


def _page(
    request: HttpRequest,
    hand: Hand,
    at: datetime,
    thread_id: UUID,
    *,
    safe: SafeWaysForm,
    link: LinkForm,
    amiss: str,
    failed: bool,
    to_other: bool = False,
) -> HttpResponse:
    found = read_thread(hand=hand, thread_id=thread_id, at=at, what="ways")
    wishes = safe_ways(found)
    others = own_threads(hand, at=at, besides=thread_id)
    note_lines_read(by=hand.id, threads=[one.id for one in others], at=at)
    no_call = why_not_telephone(found)
    context: dict[str, Any] = {
        "thread_id": thread_id,
        "ways": [
            (way, str(REFUSALS[way.refusal]) if way.refusal else "")
            for way in ways_of(found, at=at)
        ],
        "wishes": wishes,
        "no_call": str(REFUSALS[no_call]) if no_call else "",
        "others": others,
        "safe": safe if safe.is_bound else SafeWaysForm(initial=SafeWaysForm.initial_of(wishes)),
        "link": link,
        "other": link.data.get("other", "") if link.is_bound else "",
        "amiss": amiss,
        "to_other": to_other,
        "writer": writer_of(found),
        "writers": WRITERS,
    }
    status = UNPROCESSABLE if failed else 200
    return render(request, "consult/staff/doors/ways.html", context, status=status)
