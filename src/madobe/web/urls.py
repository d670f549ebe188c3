"""The front door, the quiet pages, and where every app hangs."""

from django.urls import include, path, register_converter

from madobe.ui.display import DisplayConverter
from madobe.web.views import health, pages

register_converter(DisplayConverter, "display")

app_name = "web"

public = [
    path("", pages.front, name="front"),
    path("now/", pages.now, name="now"),
    path("safety/", pages.safety, name="safety"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("read/", pages.reading_list, name="reading_list"),
    path("read/<slug:article>/", pages.read, name="read"),
    path("feedback/", pages.feedback, name="feedback"),
]

urlpatterns = [
    path("", pages.start, name="start"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("<display:display>/", include(public)),
]
