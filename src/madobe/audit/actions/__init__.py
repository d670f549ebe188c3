"""The one write of this app: a row more."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from madobe.audit.models import AuditEvent, ChainHead
from madobe.audit.rules.chain import digest


@transaction.atomic
def record(
    *,
    by: str,
    action: str,
    at: datetime,
    table: str = "",
    record_id: object = "",
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """This will write down one act, in the transaction of the act itself. `detail` holds no content of records."""
    ChainHead.objects.get_or_create(id=1)
    head = ChainHead.objects.select_for_update().get(id=1)
    event = AuditEvent(
        number=head.number + 1,
        at=at.astimezone(UTC),
        by=by,
        action=action,
        table=table,
        record_id=str(record_id),
        reason=reason,
        detail=dict(detail or {}),
        previous=head.digest,
    )
    event.digest = digest(head.digest, event.sealed_values())
    event.save(force_insert=True)
    head.number, head.digest = event.number, event.digest
    head.save(update_fields=["number", "digest"])
    return event
