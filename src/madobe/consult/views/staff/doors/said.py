"""Why nothing goes out, in a sentence."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from madobe.consult.rules.doors.gate import Refusal

OTHER_WORDS_WENT: Final[Any] = _(
    "この画面からは、はじめの文がもう届いています。書きかえた文は下書きに残してあり、もう一通として送れます。"
)
REFUSALS: Final[Mapping[Refusal, Any]] = {
    Refusal.NOT_THIS_WAY: _("この方法では、文を送れません。"),
    Refusal.NO_ADDRESS: _("送り先がありません。"),
    Refusal.NO_PHONE: _("「電話しない」を望まれています。"),
    Refusal.NO_LETTER: _("「手紙を送らない」を望まれています。"),
    Refusal.UNSAFE_WAY: _("この方法は、安全のために使わないことになっています。"),
    Refusal.UNSAFE_PLACE: _("この送り先は、安全のために使わないことになっています。"),
    Refusal.NOT_CHOSEN: _("ご本人がえらんだ方法ではありません。"),
    Refusal.LEFT: _("ご本人が、このつながりを閉じています。"),
    Refusal.WAY_IS_OFF: _("この窓口では、この方法を使っていません。"),
    Refusal.QUIET: _("いまは送らない時間です。下書きは残っています。"),
    Refusal.SHOWS_A_PLACE: _("文の中に、安全のために出さない番号や住所があります。"),
}
