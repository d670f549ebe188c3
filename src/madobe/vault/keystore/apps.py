from django.apps import AppConfig


class KeyStoreConfig(AppConfig):
    name = "madobe.vault.keystore"
    label = "keystore"
