"""Nothing typed is lost: what stands in an open form is kept while it is being written."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from madobe.directory.models import Draft


@transaction.atomic
def save_draft(
    *,
    by: str,
    target: str,
    values: Mapping[str, list[str]],
    page: str = "",
    count: int = 0,
    at: datetime,
) -> Draft:
    """This will keep a form as it stands. Of one open page (`page`) the highest `count` holds, whichever
    arrives last; another page's typing follows it.
    """
    draft, is_new = Draft.objects.select_for_update().get_or_create(
        owner=by,
        target=target,
        defaults={"values": values, "page": page, "count": count, "updated_at": at},
    )
    is_late = bool(page) and draft.page == page and count <= draft.count
    if not is_new and not is_late:
        draft.values, draft.page, draft.count, draft.updated_at = dict(values), page, count, at
        draft.save()
    return draft


@transaction.atomic
def throw_draft_away(*, by: str, target: str, at: datetime) -> bool:
    """This will take a draft away because its owner wishes so; returns whether there was one."""
    return bool(Draft.objects.filter(owner=by, target=target).delete()[0])
