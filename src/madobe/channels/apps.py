from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "madobe.channels"
    label = "channels"
    default = True

    def ready(self) -> None:
        # Each folder with a `channel.py` is a channel and registers itself: a new one needs no line elsewhere.
        package = import_module(self.name)
        for folder in iter_modules(package.__path__, f"{self.name}."):
            inside = import_module(folder.name).__path__ if folder.ispkg else ()
            if any(module.name == "channel" for module in iter_modules(inside)):
                import_module(f"{folder.name}.channel")
