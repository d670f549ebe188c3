"""Staff screens: entries that look the same, merging two side by side, taking a merge back."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from madobe.directory.actions.duplicates import mark_not_same
from madobe.directory.actions.merging.errors import ChangedSinceMerge, ChangedSincePreview
from madobe.directory.actions.merging.organizations import (
    merge_organizations,
    preview_merge_of_organizations,
)
from madobe.directory.actions.merging.services import (
    Preview,
    merge_services,
    preview_merge,
)
from madobe.directory.actions.merging.undo import changed_since, undo_merge
from madobe.directory.queries.duplicates import open_pairs
from madobe.directory.queries.merging import merge_of, merges
from madobe.directory.rules.scope import MAY_MERGE
from madobe.directory.views.staff.refusals import (
    REFUSALS,
    UNPROCESSABLE,
    allowed,
    words_for,
)

PAGE = 50
CHOICE, ANSWER = "choose_", "decide_"
TABLES: dict[str, tuple[Callable[..., Preview], Callable[..., object], str]] = {
    "service": (preview_merge, merge_services, "vetting:service"),
    "organization": (preview_merge_of_organizations, merge_organizations, "vetting:organization"),
}


@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that look the same, each with its reasons."""
    allowed(request, *MAY_MERGE)
    return _pairs(request)


@require_POST
def not_same(request: HttpRequest, key: UUID) -> HttpResponse:
    """Remember that two are not the same."""
    actor = allowed(request, *MAY_MERGE)
    try:
        mark_not_same(item=key, by=actor, at=timezone.now())
    except REFUSALS as refusal:
        return _pairs(request, problem=words_for(refusal))
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return HttpResponseRedirect(reverse("vetting:duplicates"))


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, table: str, keep: UUID, other: UUID) -> HttpResponse:
    """Two side by side: GET shows what would come of the choices made so far, POST merges."""
    actor = allowed(request, *MAY_MERGE)
    preview, act, page = TABLES[table]
    data = request.POST if request.method == "POST" else request.GET
    choices = _with_prefix(data, CHOICE)
    problem = ""
    try:
        if request.method == "POST":
            act(
                keep=keep, other=other, choices=choices, seen=data.get("seen", ""), by=actor, at=timezone.now()
            )  # fmt: skip
            return HttpResponseRedirect(reverse(page, kwargs={"key": keep}))
    except ChangedSincePreview as refusal:
        problem = words_for(refusal)
    except REFUSALS as refusal:
        return _impossible(request, table, keep, other, words_for(refusal))
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    try:
        shown = preview(keep=keep, other=other, choices=choices)
    except REFUSALS as refusal:
        return _impossible(request, table, keep, other, words_for(refusal))
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    context = {"preview": shown, "table": table, "problem": problem, "page": page}
    return render(
        request, "directory/vetting/merge.html", context, status=UNPROCESSABLE if problem else 200
    )


@require_GET
def merge_list(request: HttpRequest) -> HttpResponse:
    """The merges, the latest first, each with the way back."""
    allowed(request, *MAY_MERGE)
    first = _first(request)
    found, count = merges(first=first, many=PAGE)
    context = {"merges": found, "count": count, **_pages(first, count)}
    return render(request, "directory/vetting/merges.html", context)


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a merge back; what was changed since is asked about one by one."""
    actor = allowed(request, *MAY_MERGE)
    found = merge_of(key)
    if found is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            undo_merge(
                merge=key, decided=_with_prefix(request.POST, ANSWER), by=actor, at=timezone.now()
            )
            return HttpResponseRedirect(reverse("vetting:merges"))
        except ChangedSinceMerge as refusal:
            problem = words_for(refusal)
        except REFUSALS as refusal:
            problem = words_for(refusal)
    typed = _with_prefix(request.POST, ANSWER)
    conflicts = [] if found.undone_at else changed_since(found)
    rows = [(one, f"{ANSWER}{one.key}", typed.get(one.key, "")) for one in conflicts]
    context = {"merge": found, "rows": rows, "problem": problem}
    return render(
        request, "directory/vetting/undo.html", context, status=UNPROCESSABLE if problem else 200
    )


def _pairs(request: HttpRequest, problem: str = "") -> HttpResponse:
    table = "organization" if request.GET.get("of") == "organization" else "service"
    first = _first(request)
    pairs, count = open_pairs(table, first=first, many=PAGE)
    context = {
        "pairs": pairs,
        "count": count,
        "table": table,
        "problem": problem,
        **_pages(first, count),
    }
    return render(
        request, "directory/vetting/duplicates.html", context, status=UNPROCESSABLE if problem else 200
    )  # fmt: skip


def _impossible(
    request: HttpRequest, table: str, keep: UUID, other: UUID, problem: str
) -> HttpResponse:
    context = {"preview": None, "table": table, "problem": problem, "keep": keep, "other": other}
    return render(request, "directory/vetting/merge.html", context, status=UNPROCESSABLE)


def _with_prefix(data: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): data[key] for key in data if key.startswith(prefix)}


def _first(request: HttpRequest) -> int:
    text = request.GET.get("from", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _pages(first: int, count: int) -> dict[str, int | None]:
    return {
        "before": max(first - PAGE, 0) if first else None,
        "after": first + PAGE if first + PAGE < count else None,
    }
