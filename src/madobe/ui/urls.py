from django.urls import path

from madobe.ui import views

app_name = "ui"
urlpatterns = [path("<display:display>/calendar/", views.calendar, name="exit")]
