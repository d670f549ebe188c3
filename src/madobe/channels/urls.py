from django.urls import path

from madobe.channels.line import views as line

app_name = "channels"
urlpatterns = [path("channels/line/", line.webhook, name="line")]
