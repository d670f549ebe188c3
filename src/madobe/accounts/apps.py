from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "madobe.accounts"
    label = "accounts"
