from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from madobe.channels.registry import Channel, register

COUNTER = register(
    Channel(
        code="counter",
        label=pgettext_lazy("a way to reach somebody", "窓口"),
        sentence=_("来てくださった方と話したことを書きのこします。名のらない方のことも残せます。"),
        starts_on=True,
        position=30,
    )
)
