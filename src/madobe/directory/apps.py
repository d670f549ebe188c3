from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "madobe.directory"
    label = "directory"
