"""A small floor above the keys, for tests: a matter (the case), letters sealed in it, and slips that open it alone."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Never

from django.apps import apps
from django.apps.registry import Apps
from django.db import connection, models

from madobe.vault import registry
from madobe.vault.actions.cases import Begun
from madobe.vault.registry import GrantColumn, SealedColumn
from madobe.vault.rules.open_case import OpenCase

ASIDE = Apps()  # not among the tables of the product


class Shown(models.Manager["Letter"]):
    def get_queryset(self) -> Any:
        return super().get_queryset().filter(hidden=False)


class Matter(models.Model):
    """The row that is locked before a case is opened for writing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    touched = models.IntegerField(default=0)

    class Meta:
        apps, app_label, db_table = ASIDE, "vault", "test_matter"

    def __str__(self) -> str:
        return str(self.pk)


class Letter(models.Model):
    """`body` grows a version with each writing; `title` has none. The usual manager hides some, `save` is taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    matter = models.UUIDField(db_index=True)
    title = models.BinaryField(null=True)
    body = models.BinaryField(null=True)
    version = models.IntegerField(default=1)
    hidden = models.BooleanField(default=False)

    objects = Shown()

    class Meta:
        apps, app_label, db_table = ASIDE, "vault", "test_letter"

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: Any, **options: Any) -> Never:
        raise AssertionError("a letter does more than store a column when it is saved")


class Slip(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    matter = models.UUIDField(db_index=True)
    public = models.BinaryField()
    generation = models.IntegerField()
    blob = models.BinaryField()

    class Meta:
        apps, app_label, db_table = ASIDE, "vault", "test_slip"

    def __str__(self) -> str:
        return str(self.pk)


TABLES: tuple[type[models.Model], ...] = (Matter, Letter, Slip)
BODY = SealedColumn(9001, "vault.Letter", "body", "matter", "version")
TITLE = SealedColumn(9002, "vault.Letter", "title", "matter")
SLIP = GrantColumn("vault.Slip", "matter", "public", "generation", "blob")


def make_tables() -> None:
    with connection.schema_editor() as editor:
        for table in TABLES:
            editor.create_model(table)


def drop_tables() -> None:
    with connection.schema_editor() as editor:
        for table in TABLES:
            editor.delete_model(table)


@contextmanager
def registered() -> Iterator[None]:
    """Nothing but these columns is registered while this lasts."""
    kept, known = (registry._fields, registry._grants), dict(apps.all_models["vault"])
    registry._fields, registry._grants = {}, {}
    for table in TABLES:
        apps.all_models["vault"][table._meta.model_name or ""] = table
    for column in (BODY, TITLE):
        registry.register_column(column)
    registry.register_grant(SLIP)
    try:
        yield
    finally:
        registry._fields, registry._grants = kept
        apps.all_models["vault"].clear()
        apps.all_models["vault"].update(known)


def write(opened: OpenCase, text: str, *, hidden: bool = False, version: int = 1) -> uuid.UUID:
    """A letter whose title and body are this text."""
    row = uuid.uuid4()
    letter = Letter(
        id=row,
        matter=opened.of.case,
        title=opened.seal_text(TITLE, row, text),
        body=opened.seal_text(BODY, row, text, version=version),
        version=version,
        hidden=hidden,
    )
    Letter._base_manager.bulk_create([letter])
    return row


def read(opened: OpenCase, row: uuid.UUID) -> tuple[str, str]:
    """Title and body."""
    letter = Letter._base_manager.get(pk=row)
    body = opened.text(BODY, row, letter.body, version=letter.version)
    return opened.text(TITLE, row, letter.title), body


def keep_slip(begun: Begun, public: bytes) -> Slip:
    """Store the grant a floor above stores itself."""
    of = begun.opened.of
    return Slip.objects.create(
        matter=of.case, public=public, generation=of.generation, blob=begun.own[0]
    )
