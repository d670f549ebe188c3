from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "madobe.guide"
    label = "guide"

    def ready(self) -> None:
        from madobe.directory.search.care import register_reader
        from madobe.guide.queries import now_card

        register_reader(now_card)
