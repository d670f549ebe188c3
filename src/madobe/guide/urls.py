"""The guide's addresses: one for all the questions, so that no answer ever stands in an address."""

from django.urls import path, register_converter

from madobe.guide.addresses import KindConverter
from madobe.guide.views import seeker

register_converter(KindConverter, "kind")

app_name = "guide"
urlpatterns = [
    path("<display:display>/guide/", seeker.steps, name="steps"),
    path("<display:display>/guide/memo/", seeker.memo, name="memo"),
    path("<display:display>/how/", seeker.how, name="how"),
    path("<display:display>/kinds/<kind:kind>/", seeker.kind, name="kind"),
]
