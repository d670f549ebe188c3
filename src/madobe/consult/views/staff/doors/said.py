"""Why nothing goes out, in a sentence."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from madobe.consult.actions.doors import outgoing
from madobe.consult.actions.staff.answers import NobodyReadsHere
from madobe.consult.queries.doors.ways import WayOut
from madobe.consult.rules.doors.gate import Refusal

OTHER_WORDS_WENT: Final[Any] = lazy(
    "この画面からは、はじめの文がもう届いています。書きかえた文は下書きに残してあり、もう一通として送れます。"
)
REFUSALS: Final[Mapping[Refusal, Any]] = {
    Refusal.NOT_THIS_WAY: lazy("この方法では、文を送れません。"),
    Refusal.NO_ADDRESS: lazy("送り先がありません。"),
    Refusal.NO_PHONE: lazy("「電話しない」を望まれています。"),
    Refusal.NO_LETTER: lazy("「手紙を送らない」を望まれています。"),
    Refusal.UNSAFE_WAY: lazy("この方法は、安全のために使わないことになっています。"),
    Refusal.UNSAFE_PLACE: lazy("この送り先は、安全のために使わないことになっています。"),
    Refusal.NOT_CHOSEN: lazy("ご本人がえらんだ方法ではありません。"),
    Refusal.LEFT: lazy("ご本人が、このつながりを閉じています。"),
    Refusal.WAY_IS_OFF: lazy("この窓口では、この方法を使っていません。"),
    Refusal.QUIET: lazy("いまは送らない時間です。"),
    Refusal.SHOWS_A_PLACE: lazy("文の中に、安全のために出さない番号や住所があります。"),
}


NOT_SENT: Final = (
    outgoing.NotThatWay, outgoing.DidNotGo, outgoing.IsOnItsWay, outgoing.WentAllTheSame, NobodyReadsHere,
)  # fmt: skip


def not_sent(refused: Exception) -> str:
    """This will say one of NOT_SENT in a sentence."""
    match refused:
        case outgoing.NotThatWay(refusal=Refusal.QUIET):
            return _("いまは送らない時間です。書いたものは残っています。")
        case outgoing.NotThatWay():
            return str(REFUSALS[refused.refusal])
        case outgoing.IsOnItsWay():
            return _("いま送っているところです。少しあとに、お便りの中で確かめられます。")
        case outgoing.WentAllTheSame():
            return _(
                "文はもう届きましたが、そのあいだに様子が変わり、書いたとおりにはできませんでした。もう一通で、あらためて伝えられます。"
            )
        case outgoing.DidNotGo():
            return _(
                "うまく送れませんでした。書いたものは下書きに残っています。あとで同じように送れます。"
            )
    return _(
        "この方は合言葉をお持ちでないため、ここに書いても届きません。書いたものは残っています。"
    )


def why_not(out: WayOut) -> str:
    """This will say why nothing goes out to somebody who has no page here; "" where something does."""
    if out.goes:
        return ""
    if out.refusal is not None:
        return str(REFUSALS[out.refusal])
    if not out.is_ready:
        return _("このサーバーからは、いまこの方法で送れません。")
    return ""
