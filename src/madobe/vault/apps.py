from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "madobe.vault"
    label = "vault"
    default = True
