"""Saying what a database is for, and refusing to turn real work into a demo."""

from datetime import date

from django.apps import apps
from django.db import transaction

from madobe.web.models import Installation


class DatabaseIsNotADemo(Exception):
    """The database already holds something that is not a demo; nothing was changed."""


@transaction.atomic
def claim_for_demo(*, at: date) -> bool:
    """Mark the database as a demo. True when it was empty and is marked now, False when it already was one.

    Raises DatabaseIsNotADemo when any other row stands in it: a demo plays invented people and must
    never be mixed with a real centre's work.
    """
    installation = Installation.objects.select_for_update().first()
    if installation is not None:
        if installation.kind == Installation.Kind.DEMO:
            return False
        raise DatabaseIsNotADemo("this database belongs to a centre")
    filled = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_config.name.startswith("madobe.") and model._default_manager.exists()
    ]
    if filled:
        raise DatabaseIsNotADemo(f"this database already holds {', '.join(sorted(filled))}")
    Installation.objects.create(kind=Installation.Kind.DEMO, created_date=at)
    return True
