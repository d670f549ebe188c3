"""Addresses of the ui floor."""

from django.urls import path

from madobe.ui import views

app_name = "ui"
urlpatterns = [
    path("<display:display>/calendar/", views.leave, name="exit"),
    path("<display:display>/gallery/", views.gallery, name="gallery"),
]
