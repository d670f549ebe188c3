from allauth.account.apps import AccountConfig
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "madobe.accounts"
    label = "accounts"
    default = True

    def ready(self) -> None:
        from madobe.accounts import signals  # noqa: F401
        from madobe.accounts.choices import READING, Role
        from madobe.accounts.queries.people import members_for_duty, name_of_actor
        from madobe.accounts.readers import readiness
        from madobe.desks.registry import teach_members, teach_readiness
        from madobe.ui.staff import Entry, register_entry, teach_names

        teach_names(name_of_actor)
        teach_members(members_for_duty)
        teach_readiness(readiness)
        admins = frozenset({Role.ADMIN.value})
        with_keys = frozenset({*admins, *(role.value for role in READING)})
        register_entry(Entry(_("合い鍵"), "accounts:house_keys", with_keys, position=85))
        register_entry(Entry(_("人"), "accounts:people", admins, position=90))
        register_entry(Entry(_("記録"), "accounts:trail", admins, position=95))


class SignInLibrary(AccountConfig):
    """The sign-in library without its wish to see its middleware on every page: ours runs it behind the door."""

    def ready(self) -> None:
        from allauth.account import checks  # noqa: F401
