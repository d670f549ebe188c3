from datetime import timedelta

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "madobe.vault"
    label = "vault"
    default = True

    def ready(self) -> None:
        from madobe.lib.chores import Chore, register_chore
        from madobe.vault.actions.upkeep import rewrite_keys

        register_chore(Chore("keys rewritten", rewrite_keys, timedelta(days=1)))
