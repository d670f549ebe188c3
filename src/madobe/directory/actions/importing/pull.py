"""`madobe pull`: following another Madobe. Each piece is written whole together with how far it goes, so that an
end at any moment loses and doubles nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from madobe.directory.actions.importing.hsds import Taking
from madobe.directory.actions.importing.hsds_fetch import Origin, OriginRefusedError
from madobe.directory.actions.importing.hsds_files import Found
from madobe.directory.actions.importing.hsds_write import Trust
from madobe.directory.actions.importing.report import ImportRequest, Report
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import SHOWN, Status
from madobe.directory.hsds.formats import is_uuid
from madobe.directory.models import Original, Service, SourceRecord, Subscription
from madobe.directory.rules.csv_file import Problem

A_PIECE = 100  # services asked for at once


def pull(*, origin: Origin, request: ImportRequest) -> Report:
    """This will take in what changed at `origin` since the last pull, and say what that did.

    The first pull of an address decides whether the operator vouches for it (`request.trust_source`); a later
    one may add that. What is not shown there any more is shown here no more. Raises OriginRefusedError.
    """
    following = _following(origin.url, request)
    total = Report(source="hsds", release=origin.url)
    while True:
        asked: dict[str, Any] = {"after": following.number, "full": "true", "per_page": A_PIECE}
        if following.after_id:
            asked["after_id"] = str(following.after_id)
        answer = origin.get("changes", asked, etag=following.etag)
        if answer.document is None:
            break
        piece = _checked(answer.document, origin.url)
        if piece["changes"] and not _is_further(piece, following):
            raise OriginRefusedError(f"{origin.url} tells the same changes again and again.")
        if piece["revision"] < following.number:
            request.say("The other directory began anew; everything is read again.")
            following.number, following.after_id, following.etag = 0, None, ""
            continue
        if not piece["changes"]:
            following.etag = answer.etag[
                :200
            ]  # the same question next time: only what is new is sent
            break
        _take(piece, following, request, total)
        request.progress(following.number, max(piece["revision"], 1))
    following.pulled_at = request.at
    following.save()
    return total


@transaction.atomic
def _take(
    piece: dict[str, Any], following: Subscription, request: ImportRequest, total: Report
) -> None:
    shown = [one["service"] for one in piece["changes"] if one["shown"] and "service" in one]
    trust = Trust(following.trust_source, request.kind)
    own = replace(request, say=lambda _line: None, progress=lambda _done, _all: None)
    kinds = {
        one["id"].lower(): [str(kind) for kind in one["kinds"]]
        for one in piece["changes"]
        if isinstance(one.get("kinds"), list)
    }
    taking = Taking(scope=following.url, name=following.url, trust=trust, request=own, kinds=kinds)
    found = [Found("changes", number, "service", one) for number, one in enumerate(shown, start=1)]
    hidden = _hidden([one["id"] for one in piece["changes"] if one["shown"]], following)
    report = taking.take(lambda: iter(found), is_whole=False)
    _show_again(hidden, following, request)
    total.removed += _hide(
        [one["id"] for one in piece["changes"] if not one["shown"]], following, request
    )
    for name in ("rows", "added", "changed", "unchanged", "rejected", "duplicates"):
        setattr(total, name, getattr(total, name) + getattr(report, name))
    total.problems += [
        Problem(one.row + total.rows - report.rows, one.column, one.value, one.reason)
        for one in report.problems
    ]
    following.number = piece["after"]
    following.after_id = UUID(piece["after_id"]) if piece.get("after_id") else None
    following.etag = ""
    following.save()


def _hide(keys: list[str], following: Subscription, request: ImportRequest) -> int:
    """What came from there and is not shown there any more. Nothing of our own, nothing of another source."""
    rows = Service.objects.filter(
        pk__in=_of_there(keys, following), status__in=(*SHOWN, Status.CHECKED)
    )
    hidden = list(rows.values_list("pk", flat=True))
    Service.objects.filter(pk__in=hidden).update(status=Status.SUSPENDED, updated_at=request.at)
    SourceRecord.objects.filter(source="hsds", service__in=hidden).update(removed_at=request.at)
    if hidden:
        refresh_listing(services=hidden, at=request.at)
    return len(hidden)


def _hidden(keys: list[str], following: Subscription) -> list[UUID]:
    """Which of these are hidden here because they were hidden there. What a person put away here is not."""
    away = SourceRecord.objects.filter(
        source="hsds", service__in=_of_there(keys, following), removed_at__isnull=False,
        service__status=Status.SUSPENDED,
    )  # fmt: skip
    return [key for key in away.values_list("service", flat=True) if key is not None]


def _show_again(keys: list[UUID], following: Subscription, request: ImportRequest) -> None:
    if not keys:
        return
    Service.objects.filter(pk__in=keys).update(status=Status.CHECKED, updated_at=request.at)
    SourceRecord.objects.filter(source="hsds", service__in=keys).update(removed_at=None)
    if following.trust_source:
        with_kind = Service.objects.filter(pk__in=keys, kinds__isnull=False).values_list(
            "pk", flat=True
        )
        Service.objects.filter(pk__in=list(with_kind)).update(status=Status.PUBLISHED)
    refresh_listing(services=keys, at=request.at)


def _of_there(keys: list[str], following: Subscription) -> list[UUID]:
    wanted = [UUID(one) for one in keys if is_uuid(one)]
    held = Original.objects.filter(pk__in=wanted, kind="service", scope=following.url)
    return list(held.values_list("pk", flat=True))


def _following(url: str, request: ImportRequest) -> Subscription:
    following, _ = Subscription.objects.get_or_create(url=url)
    if request.trust_source and request.trust_source != following.trust_source:
        # everything is compared once more, so that what waited is shown
        following.trust_source, following.number = request.trust_source, 0
        following.after_id, following.etag = None, ""
        following.save()
    return following


def _checked(document: Any, url: str) -> dict[str, Any]:
    """The other side is believed nothing: every value is looked at before it is used."""
    fine = (
        isinstance(document, Mapping)
        and _is_number(document.get("revision"))
        and _is_number(document.get("after"))
        and isinstance(document.get("complete"), bool)
        and isinstance(document.get("changes"), list)
        and len(document["changes"]) <= A_PIECE
        and all(
            isinstance(one, Mapping)
            and is_uuid(str(one.get("id")))
            and isinstance(one.get("shown"), bool)
            for one in document["changes"]
        )
        and ("after_id" not in document or is_uuid(str(document["after_id"])))
    )
    if not fine:
        raise OriginRefusedError(
            f"{url} answers, but not as a Madobe tells its changes. Check the address."
        )
    return dict(document)


def _is_further(piece: dict[str, Any], following: Subscription) -> bool:
    last = str(following.after_id or UUID(int=2**128 - 1))
    return (piece["after"], str(piece.get("after_id", "")).lower()) > (following.number, last)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
