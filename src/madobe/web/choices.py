"""Named values of the web floor."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Article:
    """One thing to read: the name in the address, the title and one line shown in the list."""

    name: str
    title: str | Promise
    line: str | Promise


ARTICLES = (
    Article(
        "state",
        _("ひきこもりという状態について"),
        _("病気の名前ではありません。だれにでも、どの年齢でも起こります。"),
    ),
    Article("family", _("ご家族へ"), _("あしたの一言と、ご自身の休み方。")),
    Article("words", _("言葉のかえ方"), _("責める言い方にならないための、言いかえの例です。")),
    Article("neighbours", _("近所・学校・職場の方へ"), _("そっと見守るために、知っておけること。")),
    Article("sources", _("もとにした資料"), _("国の手引きやガイドラインと、この窓の関係です。")),
)

YES, PARTLY, NO = "yes", "partly", "no"
ANSWERS = ((YES, _("はい")), (PARTLY, _("すこし")), (NO, _("いいえ")))
