from django.apps import AppConfig


class ConsultConfig(AppConfig):
    name = "madobe.consult"
    label = "consult"
