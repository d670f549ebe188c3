from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "madobe.web"
    label = "web"

    def ready(self) -> None:
        from madobe.accounts.hints import register_hint
        from madobe.web.queries import demo_hint

        register_hint(demo_hint)
