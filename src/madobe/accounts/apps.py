from allauth.account.apps import AccountConfig
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "madobe.accounts"
    label = "accounts"
    default = True

    def ready(self) -> None:
        from madobe.accounts import signals  # noqa: F401
        from madobe.accounts.choices import Role
        from madobe.accounts.queries.people import members_for_duty, name_of_actor
        from madobe.desks.registry import teach_members
        from madobe.ui.staff import Entry, register_entry, teach_names

        teach_names(name_of_actor)
        teach_members(members_for_duty)
        admins = frozenset({Role.ADMIN.value})
        register_entry(Entry(_("人"), "accounts:people", admins, position=90))
        register_entry(Entry(_("記録"), "accounts:trail", admins, position=95))


class SignInLibrary(AccountConfig):
    """The sign-in library without its wish to see its middleware on every page: ours runs it behind the door."""

    def ready(self) -> None:
        from allauth.account import checks  # noqa: F401
