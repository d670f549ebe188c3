from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultConfig(AppConfig):
    name = "madobe.consult"
    label = "consult"

    def ready(self) -> None:
        from madobe.channels.registry import on_first_contact, on_incoming
        from madobe.consult import incoming, sealed  # noqa: F401
        from madobe.consult.actions import upkeep
        from madobe.consult.actions.doors.appointments import remind
        from madobe.consult.actions.doors.incoming import forget_hours
        from madobe.consult.actions.staff.notices import tell_duty
        from madobe.consult.rules.scope import ANSWERS
        from madobe.consult.thread import lock_row
        from madobe.consult.waiting import lock_waiting
        from madobe.lib.chores import Chore, register_chore
        from madobe.ui.staff import Entry, register_entry
        from madobe.vault.registry import register_lock

        register_lock(lock_row)
        register_lock(lock_waiting)

        minutes, day = timedelta(minutes=5), timedelta(days=1)
        register_chore(Chore("promises renewed", upkeep.renew_promises, minutes))
        register_chore(Chore("threads let go", upkeep.let_go, timedelta(hours=1)))
        register_chore(Chore("tombstones forgotten", upkeep.forget_tombstones, day))
        register_chore(Chore("keys without a thread", upkeep.sweep_keys, day))
        register_chore(Chore("open screens forgotten", upkeep.forget_openings, minutes))
        register_chore(Chore("whoever is on duty told", tell_duty, minutes))
        register_chore(Chore("reminders without content", remind, minutes))
        register_chore(Chore("hours of writing forgotten", forget_hours, minutes))
        on_incoming(incoming.take)
        on_first_contact(incoming.knows)
        register_entry(Entry(_("お便り"), "consult_staff:inbox", frozenset(ANSWERS), position=10))
