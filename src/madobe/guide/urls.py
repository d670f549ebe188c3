"""The guide's addresses: one for all the questions, so that no answer ever stands in an address."""

from django.urls import path

from madobe.guide.views import seeker

app_name = "guide"
urlpatterns = [
    path("<display:display>/guide/", seeker.steps, name="steps"),
    path("<display:display>/guide/memo/", seeker.memo, name="memo"),
    path("<display:display>/how/", seeker.how, name="how"),
    path("<display:display>/kinds/<slug:kind>/", seeker.kind, name="kind"),
]
