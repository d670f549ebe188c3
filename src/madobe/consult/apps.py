from django.apps import AppConfig


class ConsultConfig(AppConfig):
    name = "madobe.consult"
    label = "consult"

    def ready(self) -> None:
        from madobe.consult import sealed  # noqa: F401
