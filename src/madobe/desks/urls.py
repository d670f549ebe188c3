"""The desks' addresses behind sign-in, under /staff/desks/."""

from django.urls import path

from madobe.desks.views import calendar, staff

app_name = "desks_staff"
urlpatterns = [
    path("", staff.desks, name="desks"),
    path("new/", staff.new, name="new"),
    path("<uuid:desk_id>/", staff.desk, name="desk"),
    path("<uuid:desk_id>/settings/", staff.settings, name="settings"),
    path("<uuid:desk_id>/open/", staff.open_up, name="open"),
    path("<uuid:desk_id>/set-up/", staff.set_up, name="set_up"),
    path("<uuid:desk_id>/days/", calendar.days, name="days"),
    path("<uuid:desk_id>/days/<uuid:days_id>/remove/", calendar.remove_days, name="remove_days"),
    path("<uuid:desk_id>/duty/", calendar.duty, name="duty"),
    path("<uuid:desk_id>/duty/<uuid:turn_id>/remove/", calendar.remove_turn, name="remove_turn"),
]
