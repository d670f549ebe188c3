"""Every address of the product. A public address starts with the display segment (docs/words.md)."""

from django.urls import include, path

urlpatterns = [path("", include("madobe.web.urls"))]
