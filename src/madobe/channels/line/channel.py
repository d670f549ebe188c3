from django.conf import settings
from django.utils.translation import gettext_lazy as _

from madobe.channels.registry import Channel, register


def _is_ready() -> bool:
    return bool(settings.LINE_SECRET and settings.LINE_TOKEN)


LINE = register(
    Channel(
        code="line",
        label=_("LINE"),
        sentence=_(
            "LINEで届いたお便りを読み、望んだ方にはLINEでお返事します。"
            "書いたものはLINEの会社を通り、相手のトーク画面に残ります。『既読』は自動でつきます。"
        ),
        can_send_content=True,
        can_send_notice=True,
        needs=("MADOBE_LINE_SECRET", "MADOBE_LINE_TOKEN"),
        is_ready=_is_ready,
        position=45,
    )
)
