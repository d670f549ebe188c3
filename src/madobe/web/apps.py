from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "madobe.web"
    label = "web"
