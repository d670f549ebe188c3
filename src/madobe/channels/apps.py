from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "madobe.channels"
    label = "channels"
