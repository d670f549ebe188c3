from django.utils.translation import gettext_lazy as _

from madobe.channels.registry import Channel, register

PHONE = register(
    Channel(
        code="phone",
        label=_("電話"),
        sentence=_("話したことを、相談員が自分の言葉で書きのこします。録音はしません。"),
        starts_on=True,
        position=10,
    )
)
