from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "madobe.ui"
    label = "ui"
