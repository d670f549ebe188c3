from datetime import timedelta

from django.apps import AppConfig


class ConsultConfig(AppConfig):
    name = "madobe.consult"
    label = "consult"

    def ready(self) -> None:
        from madobe.consult import sealed  # noqa: F401
        from madobe.consult.actions import upkeep
        from madobe.lib.chores import Chore, register_chore

        minutes, day = timedelta(minutes=5), timedelta(days=1)
        register_chore(Chore("promises renewed", upkeep.renew_promises, minutes))
        register_chore(Chore("threads let go", upkeep.let_go, timedelta(hours=1)))
        register_chore(Chore("tombstones forgotten", upkeep.forget_tombstones, day))
        register_chore(Chore("keys without a thread", upkeep.sweep_keys, day))
