"""Addresses of the desk. `/talk` is one address: no step and no id ever stands in it."""

from django.urls import path

from madobe.consult.views.seeker import poll, talk

app_name = "consult"
urlpatterns = [
    path("talk", talk.bare, name="talk_bare"),
    path("talk/poll", poll.poll, name="poll"),
    path("<display:display>/talk/", talk.talk, name="talk"),
]
