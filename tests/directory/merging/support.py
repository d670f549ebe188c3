"""What tests of merging share: pairs of services, and the whole directory as text."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model

from madobe.directory.actions.merging.services import merge_services, preview_merge
from madobe.directory.actions.merging.undo import undo_merge
from madobe.directory.models import Merge, Service
from madobe.lib.actor import Actor
from tests.factories.staff import actor

AT = datetime(2026, 11, 10, 3, 0, 0, 123456, tzinfo=UTC)
WORKER = actor("coordinator")
# trails of what happened, and numbers that only go up
TRAILS = {"merge", "change", "revision", "reviewitem"}
# made anew from the others at every change, dated and in the order the database gives rows
MADE = {"document", "searchentry"}


def whole_directory() -> dict[str, list[str]]:
    """Every row of every table, byte for byte; of the listing, which is made anew, what it says."""
    return {
        model.__name__: sorted(
            repr(
                [(name, value) for name, value in row.items() if (name, type(value)) != ("id", int)]
            )
            for row in model._default_manager.values()
        )
        for model in apps.get_app_config("directory").get_models()
        if model._meta.model_name not in TRAILS | MADE
    }


def rows(entry: Model, name: str, *columns: str) -> list[Any]:
    flat = len(columns) == 1
    return sorted(getattr(entry, name).values_list(*columns, flat=flat))


def merge(
    keep: Service,
    other: Service,
    choices: Mapping[str, str] | None = None,
    *,
    by: Actor = WORKER,
    at: datetime = AT,
) -> Merge:
    """Preview and merge, as a person does."""
    shown = preview_merge(keep=keep.pk, other=other.pk, choices=choices)
    return merge_services(
        keep=keep.pk, other=other.pk, choices=choices or {}, seen=shown.mark, by=by, at=at
    )


def undo(one: Merge, decided: Mapping[str, str] | None = None, *, by: Actor = WORKER) -> None:
    undo_merge(merge=one.pk, decided=decided, by=by, at=AT)
