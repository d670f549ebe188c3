from django.conf import settings
from django.utils.translation import gettext_lazy as _

from madobe.channels.registry import Channel, register


def _is_ready() -> bool:
    return bool(settings.MAIL and settings.INBOX)


EMAIL = register(
    Channel(
        code="email",
        label=_("メール"),
        sentence=_(
            "メールで届いたお便りを読み、望んだ方にはメールでお返事します。"
            "メールは途中の会社やご家族の画面で読まれることがあり、相手の機械に残ります。"
        ),
        can_send_content=True,
        can_send_notice=True,
        needs=("MADOBE_MAIL_URL", "MADOBE_INBOX_URL"),
        is_ready=_is_ready,
        position=40,
    )
)
