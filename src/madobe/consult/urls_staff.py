"""Addresses of the desk for the people who answer. Each has its row in accounts/tables/permissions.yaml."""

from django.urls import path

from madobe.consult.views.staff import answering, inbox, keeping, noting, thread
from madobe.consult.views.staff.doors import meetings, replying, talks, ways

app_name = "consult_staff"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("poll/", inbox.poll, name="inbox_poll"),
    path("lead/", inbox.lead, name="lead"),
    path("lead/learning/", inbox.trainee, name="trainee"),
    path("templates/", inbox.templates, name="templates"),
    path("phone/", talks.talk, name="talk"),
    path("calendar/", meetings.calendar, name="calendar"),
    path("<uuid:thread_id>/ways/", ways.ways, name="ways"),
    path("<uuid:thread_id>/by-door/", replying.by_door, name="by_door"),
    path("<uuid:thread_id>/letter/", replying.letter, name="letter"),
    path("<uuid:thread_id>/times/", meetings.times, name="times"),
    path("<uuid:thread_id>/", thread.thread, name="thread"),
    path("<uuid:thread_id>/poll/", thread.poll, name="poll"),
    path("<uuid:thread_id>/file/<uuid:file_id>/", thread.file, name="file"),
    path("<uuid:thread_id>/answer/", answering.answer, name="answer"),
    path("<uuid:thread_id>/look/", answering.look, name="look"),
    path("<uuid:thread_id>/hold/", keeping.hold, name="hold"),
    path("<uuid:thread_id>/mark/", keeping.mark, name="mark"),
    path("<uuid:thread_id>/close/", keeping.close, name="close"),
    path("<uuid:thread_id>/erase/", keeping.erase, name="erase"),
    path("<uuid:thread_id>/note/", noting.note, name="note"),
    path("<uuid:thread_id>/safety/", noting.danger, name="danger"),
    path("<uuid:thread_id>/register/", noting.abuse, name="abuse"),
]
