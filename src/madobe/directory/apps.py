from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "madobe.directory"
    label = "directory"

    def ready(self) -> None:
        from madobe.directory.municipalities.reading import kana_of_names
        from madobe.ui.furigana import teach

        teach(kana_of_names)
