"""What all tables of the directory share."""

import uuid

from django.db import models


class Record(models.Model):
    """A row with a public id (HSDS `id`). Each table also carries `privacy`, its declaration."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


def code_list() -> models.JSONField:
    """This will give a field holding a list of codes or short texts, empty by default."""
    return models.JSONField(default=list, blank=True)
