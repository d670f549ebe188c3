from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "madobe.desks"
    label = "desks"
