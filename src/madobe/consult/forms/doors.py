"""What is noted and chosen around the other ways in and out."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madobe.consult.choices import Door, Who
from madobe.consult.door_choices import Meeting
from madobe.consult.forms.staff import LONGEST, DayField, StaffForm, Written
from madobe.consult.rules.doors.talks import MINUTES, MeetingWords, Span, Talk
from madobe.consult.rules.doors.wishes import CallBack, DoorsWished
from madobe.directory.rules.hours import JAPAN

OFFERS: Final = 3  # rows of a form; fewer may be filled in
KEPT: Final = _("これで、お返事やかけなおしの約束をはたした")
_HOURS_UNREADABLE: Final = _("時刻として読めませんでした。14:30 のように書けます。")


class Chips(forms.ChoiceField):
    """One of a few, by a tap."""

    def __init__(self, *, choices: Any, **more: Any) -> None:
        super().__init__(required=False, choices=choices, widget=forms.RadioSelect, **more)


class Line(forms.CharField):
    """One line, as it was typed."""

    def __init__(self, *, length: int = 300, **more: Any) -> None:
        super().__init__(required=False, max_length=length, **more)


class HourField(forms.TimeField):
    """A time of day a browser gives."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"invalid": _HOURS_UNREADABLE},
            **more,
        )


WRITERS: Final = (
    (Who.SELF, _("ご本人")),
    (Who.FAMILY, _("ご家族")),
    (Who.TOGETHER, _("ご本人とご家族")),
    (Who.FRIEND, _("友人・知人")),
    (Who.WORKER, _("支援の方")),
)


class TalkForm(StaffForm):
    """A talk, in half a minute: one box, the rest by taps, all of which may be left out."""

    text = Written(length=LONGEST, rows=6, label=_("話したこと（自分のことばで）"))
    door = Chips(
        label=_("どのように"),
        choices=[
            (Door.PHONE, _("電話")),
            (Door.COUNTER, pgettext_lazy("how we met", "来所")),
            (Door.VISIT, _("訪問・玄関先")),
            (Door.LETTER, _("手紙・メモが届いた")),
            (Door.VIDEO, _("オンライン")),
        ],
        initial=Door.PHONE,
    )
    who = Chips(
        label=_("どなたと"),
        choices=[("", _("名のらない方")), *WRITERS],
    )
    minutes = Chips(
        label=_("どのくらい"),
        choices=[("", _("書かない")), *((str(one), _("%s分") % one) for one in MINUTES)],
    )
    when = Line(label=_("かけなおしてよい時間"))
    message_ok = forms.BooleanField(
        required=False, label=_("出た方や留守番電話に、伝言をのこしてよい")
    )
    withheld_ok = forms.BooleanField(required=False, label=_("番号を知らせない電話でもよい"))
    keeps_promise = forms.BooleanField(required=False, label=KEPT)
    thread = forms.UUIDField(required=False)
    desk = forms.UUIDField(required=False)
    message = forms.UUIDField()

    def talk(self) -> Talk:
        """This will give what was said."""
        said = self.cleaned_data
        return Talk(
            said["text"], said["door"] or Door.PHONE, said["who"], int(said["minutes"] or 0)
        )

    def call_back(self) -> CallBack | None:
        """This will give the wish to be called back, if there is one."""
        said = self.cleaned_data
        if not said["when"]:
            return None
        return CallBack(said["when"], said["message_ok"], said["withheld_ok"])


class SafeWaysForm(StaffForm):
    """What is not safe for somebody, and when it is quiet there."""

    unsafe_ways = forms.MultipleChoiceField(
        required=False,
        label=_("使わない方法（安全のため）"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (Door.EMAIL, _("メール")),
            (Door.LINE, _("LINE")),
            (Door.PHONE, _("電話")),
            (Door.LETTER, pgettext_lazy("on paper", "手紙")),
        ],
    )
    unsafe_places = Written(
        rows=3,
        label=_(
            "使わない番号・アドレス・住所（一行にひとつ。紙やメールに出そうになると止まります）"
        ),
    )
    chosen = forms.MultipleChoiceField(
        required=False,
        label=_("ご本人がえらんだ、お返事の方法"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(Door.PHONE, _("電話")), (Door.LETTER, pgettext_lazy("on paper", "手紙"))],
    )
    quiet_from = HourField(label=_("送らない時間のはじまり（空なら窓口と同じ）"))
    quiet_until = HourField(label=_("送らない時間のおわり"))

    def wishes(self, before: DoorsWished) -> DoorsWished:
        """This will give it with the wish to be called back as it was."""
        said = self.cleaned_data
        places = tuple(line.strip() for line in said["unsafe_places"].splitlines() if line.strip())
        begins, ends = said["quiet_from"], said["quiet_until"]
        return DoorsWished(
            unsafe_ways=tuple(said["unsafe_ways"]),
            unsafe_places=places,
            chosen=tuple(said["chosen"]),
            quiet_from=begins.strftime("%H:%M") if begins and ends else "",
            quiet_until=ends.strftime("%H:%M") if begins and ends else "",
            call_back=before.call_back,
        )

    @staticmethod
    def initial_of(wishes: DoorsWished) -> dict[str, Any]:
        """This will give what stands in the form before anything is changed."""
        return {
            "unsafe_ways": wishes.unsafe_ways,
            "unsafe_places": "\n".join(wishes.unsafe_places),
            "chosen": wishes.chosen,
            "quiet_from": wishes.quiet_from,
            "quiet_until": wishes.quiet_until,
        }


class WriterForm(StaffForm):
    """Who writes, by one tap."""

    who = forms.ChoiceField(choices=WRITERS)


class LinkForm(StaffForm):
    """Another thread of the same person, and how they said so."""

    other = forms.UUIDField(error_messages={"required": _("つなぐお便りをえらぶと進めます。")})
    wish = Written(label=_("ご本人は、どのように望まれましたか"))
    wished_on = DayField(required=True, label=_("いつ"))


class ByDoorForm(StaffForm):
    """An answer that goes out by a channel."""

    text = Written(length=LONGEST, rows=9, label=_("お返事"))
    message = forms.UUIDField()
    seen = forms.IntegerField(min_value=0)
    way = forms.UUIDField(error_messages={"required": _("送り先をえらぶと送れます。")})


class PaperForm(StaffForm):
    """A letter on paper. The address is printed and kept nowhere."""

    text = Written(length=LONGEST, rows=9, label=_("手紙の文"))
    to_name = Line(length=60, label=_("封筒の名前（よんでほしい名前）"))
    address = Written(length=300, rows=3, label=_("封筒の住所（印刷だけに使い、残しません）"))
    is_wished = forms.BooleanField(required=False, label=_("ご本人が、手紙を望んでいます"))
    shows_sender = forms.BooleanField(
        required=False, label=_("封筒に窓口の名前を書いてよいと、ご本人から聞きました")
    )
    keeps_promise = forms.BooleanField(required=False, label=KEPT)
    message = forms.UUIDField()


class TimesForm(StaffForm):
    """An invitation with up to three times; the desk may offer again."""

    kind = Chips(label=_("どのように"), choices=Meeting.choices, initial=Meeting.PHONE)
    where = Line(label=_("場所・かける番号・つなぎ方（空でもかまいません）"))
    consent = Written(rows=2, label=_("家にうかがうとき：ご本人は、どのように同意されましたか"))
    length = Chips(
        label=_("長さ"),
        choices=[(str(one), _("%s分") % one) for one in (15, 30, 50, 90)],
        initial="30",
    )
    way = forms.UUIDField(required=False)
    message = forms.UUIDField(required=False)
    seen = forms.IntegerField(min_value=0, required=False)
    quietly = forms.BooleanField(required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for number in range(1, OFFERS + 1):
            self.fields[f"day_{number}"] = DayField(label=_("日にち"))
            self.fields[f"hour_{number}"] = HourField(label=_("時刻"))

    def rows(self) -> list[Any]:
        """This will give the fields of each time, side by side."""
        return [(self[f"day_{n}"], self[f"hour_{n}"]) for n in range(1, OFFERS + 1)]

    def spans(self) -> list[Span]:
        """This will give the times that were filled in."""
        said, found = self.cleaned_data, []
        length = timedelta(minutes=int(said["length"] or 30))
        for number in range(1, OFFERS + 1):
            day, hour = said.get(f"day_{number}"), said.get(f"hour_{number}")
            if day and hour:
                begins = datetime.combine(day, time(hour.hour, hour.minute), JAPAN)
                found.append(Span(begins, begins + length))
        return found

    def words(self) -> MeetingWords:
        """This will give what is said beside the times."""
        return MeetingWords(self.cleaned_data["where"], self.cleaned_data["consent"])


class FixForm(StaffForm):
    """One of the times, as was agreed in a talk; without a number, the whole invitation."""

    meeting = forms.UUIDField()
    number = forms.IntegerField(min_value=1, required=False)
    consent = Written(rows=2)
    way = forms.UUIDField(required=False)
    message = forms.UUIDField(required=False)
    seen = forms.IntegerField(min_value=0, required=False)
    quietly = forms.BooleanField(required=False)
