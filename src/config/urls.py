"""Every address of the product. A public address starts with the display segment (docs/adr)."""

from django.urls import include, path

urlpatterns = [
    path("api/hsds/", include("madobe.directory.api.urls")),
    path("", include("madobe.web.urls")),
    path("", include("madobe.consult.urls")),
    path("", include("madobe.guide.urls")),
    path("", include("madobe.directory.urls")),
    path("staff/directory/", include("madobe.directory.urls_staff")),
    path("staff/directory/", include("madobe.directory.urls_staff_vetting")),
    path("staff/talk/", include("madobe.consult.urls_staff")),
    path("partner/calendar/", include("madobe.consult.urls_partner")),
    path("staff/desks/", include("madobe.desks.urls")),
    path("", include("madobe.channels.urls")),
    path("", include("madobe.ui.urls")),
    path("", include("madobe.accounts.urls")),
]
handler400 = "madobe.web.views.errors.not_taken"
handler429 = "madobe.accounts.views.held.rest_a_while"
handler404 = "madobe.web.views.errors.not_found"
handler500 = "madobe.web.views.errors.server_error"
