from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "madobe.desks"
    label = "desks"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from madobe.desks.rules.scope import SEEING
        from madobe.ui.staff import Entry, register_entry

        register_entry(Entry(_("相談の窓口と当番"), "desks_staff:desks", frozenset(SEEING), 30))
