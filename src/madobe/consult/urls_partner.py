"""The calendar feed: an address of its own for each who works here, read by their calendar program."""

from django.urls import path

from madobe.consult.views.staff.doors import feed

app_name = "consult_feed"
urlpatterns = [path("<str:token>/", feed.calendar, name="calendar")]
