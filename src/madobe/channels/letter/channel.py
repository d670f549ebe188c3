from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madobe.channels.registry import Channel, register

LETTER = register(
    Channel(
        code="letter",
        label=pgettext_lazy("on paper", "手紙"),
        sentence=_(
            "届いた手紙と、置いてきたメモを書きのこします。住所は、ご本人が望んだときだけ残ります。"
        ),
        starts_on=True,
        position=20,
    )
)
