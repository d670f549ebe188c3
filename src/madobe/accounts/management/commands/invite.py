from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, call_command
from django.core.validators import validate_email
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from madobe.accounts.actions.inviting import address_is_known, invite, token_of
from madobe.accounts.choices import Role
from madobe.accounts.models import Invitation
from madobe.lib.actor import EVERYWHERE, Actor

OPERATOR = Actor("command invite", "", frozenset({(Role.ADMIN.value, EVERYWHERE)}))


class Command(BaseCommand):
    help = "Print a link that lets one person in, once, within fourteen days: the first admin of an installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--role", action="append", choices=Role.values, help="default: admin")
        parser.add_argument("--name", default="")
        parser.add_argument("--language", default="ja", choices=["ja", "en"])

    def handle(
        self, *, email: str, role: list[str] | None, name: str, language: str, **options: Any
    ) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(
                f"{email!r} is no e-mail address. It looks like hana@example.jp."
            ) from error
        if connection.vendor == "sqlite":
            call_command("migrate", verbosity=0)
        elif Invitation._meta.db_table not in connection.introspection.table_names():
            raise CommandError("The database misses tables. Run `madobe migrate` once, then again.")
        if address_is_known(email):
            raise CommandError(
                f"Somebody with {email} works here already; an admin gives roles at /staff/people/."
            )
        invitation = invite(
            email=email,
            roles=role or [Role.ADMIN],
            name=name,
            language=language,
            by=OPERATOR,
            at=timezone.now(),
        )
        path = reverse("accounts:invitation", args=[token_of(invitation)])
        print(f"{settings.ADDRESS}{path}")
