from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "madobe.guide"
    label = "guide"
