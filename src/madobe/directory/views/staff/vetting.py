"""Staff screens: who may be listed, what is out of view, other spellings."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from madobe.directory.actions.aliases import MAY_NAME, add_alias, remove_alias
from madobe.directory.actions.operators import correct_operator
from madobe.directory.actions.suspension import (
    MAY_SUSPEND,
    lift_suspension,
    suspend_organization,
    suspend_service,
)
from madobe.directory.actions.vetting import (
    ADMIN,
    VERIFIER,
    NotAllAnswered,
    answer_checklist,
    facts_of,
    reopen_vetting,
)
from madobe.directory.choices import Sector
from madobe.directory.queries import vetting as queries
from madobe.directory.rules.hours import JAPAN
from madobe.directory.rules.scope import EDITING
from madobe.directory.rules.vetting import FACTS, Checklist, Reply, fingerprint, items_for
from madobe.directory.views.staff.refusals import (
    REFUSALS,
    UNPROCESSABLE,
    allowed,
    words_for,
)
from madobe.lib.actor import Actor

LONGEST_NOTE, LONGEST_EVIDENCE = 300, 4000


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a check, what is out of view, and what ends soon."""
    allowed(request, *EDITING)
    today = timezone.now().astimezone(JAPAN).date()
    return render(
        request, "directory/vetting/queue.html", {"queue": queries.vetting_queue(today=today)}
    )


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Operators and services by a word of their name, shown to the public or not."""
    allowed(request, *EDITING)
    words = request.GET.get("q", "")[:100]
    found = queries.find_entries(words)
    return render(request, "directory/vetting/find.html", {"words": words, "found": found})


@require_http_methods(["GET", "POST"])
def organization(request: HttpRequest, key: UUID) -> HttpResponse:
    """One operator: its checklist, who answered, what was decided. POST: one person's answers."""
    if request.method == "GET":
        return _operator(request, allowed(request, *EDITING), key)
    actor = allowed(request, VERIFIER)
    file = _dossier(key)
    said = _checklist(request.POST, file.organization.sector)
    try:
        answer_checklist(
            organization=key, checklist=said, seen=request.POST.get("seen", ""), by=actor, at=timezone.now()
        )  # fmt: skip
    except REFUSALS as refusal:
        lacking = refusal.items if isinstance(refusal, NotAllAnswered) else []
        return _operator(
            request, actor, key, form="answer", problem=words_for(refusal), typed=request.POST, lacking=lacking
        )  # fmt: skip
    return _to_operator(key)


@require_POST
def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """Correct who an operator is; a vetting made on other facts ends."""
    actor = allowed(request, *EDITING)
    _dossier(key)
    values = {fact: request.POST.get(fact, "") for fact in FACTS}
    try:
        correct_operator(
            organization=key, values=values, seen=request.POST.get("seen", ""), by=actor, at=timezone.now()
        )  # fmt: skip
    except REFUSALS as refusal:
        return _operator(
            request, actor, key, form="correct", problem=words_for(refusal), typed=request.POST
        )
    return _to_operator(key)


@require_POST
def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a refusal back."""
    actor = allowed(request, ADMIN)
    _dossier(key)
    reason = request.POST.get("reason", "")
    try:
        reopen_vetting(organization=key, reason=reason, by=actor, at=timezone.now())
    except REFUSALS as refusal:
        return _operator(
            request, actor, key, form="reopen", problem=words_for(refusal), typed=request.POST
        )
    return _to_operator(key)


@require_POST
def suspend_operator(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take an operator from view with all it offers: one tap and a reason."""
    actor = allowed(request, *MAY_SUSPEND)
    _dossier(key)
    reason = request.POST.get("reason", "")
    try:
        suspend_organization(organization=key, reason=reason, by=actor, at=timezone.now())
    except REFUSALS as refusal:
        return _operator(
            request, actor, key, form="suspend", problem=words_for(refusal), typed=request.POST
        )
    return _to_operator(key)


@require_POST
def suspend_one_service(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take one service from view."""
    actor = allowed(request, *MAY_SUSPEND)
    _file(key)
    reason = request.POST.get("reason", "")
    try:
        suspend_service(service=key, reason=reason, by=actor, at=timezone.now())
    except REFUSALS as refusal:
        return _service(
            request, actor, key, form="suspend", problem=words_for(refusal), typed=request.POST
        )
    return _to_service(key)


@require_POST
def lift(request: HttpRequest, key: UUID) -> HttpResponse:
    """Bring back what was taken from view."""
    actor = allowed(request, *MAY_SUSPEND)
    found = queries.suspension_of(key)
    if found is None:
        raise Http404
    back, owner = (
        (_service, found.service_id) if found.service_id else (_operator, found.organization_id)
    )
    assert owner is not None
    reason = request.POST.get("reason", "")
    try:
        lift_suspension(suspension=key, reason=reason, by=actor, at=timezone.now())
    except REFUSALS as refusal:
        return back(
            request, actor, owner, form="lift", problem=words_for(refusal), typed=request.POST
        )
    return _to_service(owner) if found.service_id else _to_operator(owner)


@require_GET
def service(request: HttpRequest, key: UUID) -> HttpResponse:
    """One service: whether people see it, its spellings, its merges, what was decided."""
    return _service(request, allowed(request, *EDITING), key)


@require_POST
def organization_aliases(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add or take away another spelling of an operator."""
    return _aliases(request, "organization", key)


@require_POST
def service_aliases(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add or take away another spelling of a service."""
    return _aliases(request, "service", key)


def _aliases(request: HttpRequest, table: str, key: UUID) -> HttpResponse:
    actor = allowed(request, *MAY_NAME)
    _file(key) if table == "service" else _dossier(key)
    change = remove_alias if "remove" in request.POST else add_alias
    alias = request.POST.get("remove") or request.POST.get("alias", "")
    try:
        change(table=table, key=key, alias=alias, by=actor, at=timezone.now())
    except REFUSALS as refusal:
        page = _service if table == "service" else _operator
        return page(
            request, actor, key, form="alias", problem=words_for(refusal), typed=request.POST
        )
    return _to_service(key) if table == "service" else _to_operator(key)


def _operator(
    request: HttpRequest,
    actor: Actor,
    key: UUID,
    *,
    form: str = "",
    problem: str = "",
    typed: Mapping[str, str] | None = None,
    lacking: list[str] | None = None,
) -> HttpResponse:
    file = _dossier(key)
    said = typed or {}
    current = file.open_round
    context: dict[str, Any] = {
        "file": file,
        "rows": _rows(file.organization.sector, said if form == "answer" else {}, lacking or []),
        "seen": fingerprint(facts_of(file.organization)),
        "may_answer": bool(actor.organizations(VERIFIER)) and not file.refused,
        "answered_before": current is not None and any(one.by == actor.id for one in current.answers.all()),
        "may_correct": bool(actor.organizations(*EDITING)),
        "facts": {f: said.get(f, v) if form == "correct" else v for f, v in facts_of(file.organization).items()},
        "sectors": Sector.choices,
        "may_suspend": bool(actor.organizations(*MAY_SUSPEND)),
        "may_name": bool(actor.organizations(*MAY_NAME)),
        "may_reopen": bool(actor.organizations(ADMIN)) and file.refused,
        "form": form, "problem": problem, "typed": said, "lacking": lacking or [],
    }  # fmt: skip
    return render(
        request, "directory/vetting/organization.html", context, status=UNPROCESSABLE if problem else 200
    )  # fmt: skip


def _service(
    request: HttpRequest,
    actor: Actor,
    key: UUID,
    *,
    form: str = "",
    problem: str = "",
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    file = _file(key)
    context = {
        "file": file,
        "may_edit": not file.service.merged_into_id
        and actor.has(*EDITING, organization=file.service.organization_id),
        "may_suspend": bool(actor.organizations(*MAY_SUSPEND)),
        "may_name": bool(actor.organizations(*MAY_NAME)),
        "form": form, "problem": problem, "typed": typed or {},
    }  # fmt: skip
    return render(
        request, "directory/vetting/service.html", context, status=UNPROCESSABLE if problem else 200
    )


def _rows(sector: str, said: Mapping[str, str], lacking: list[str]) -> list[dict[str, Any]]:
    """The questions, with what was typed."""
    return [
        {
            "code": item.code, "may_not_apply": item.may_not_apply, "blocks": item.blocks,
            "answer": said.get(f"answer_{item.code}", ""), "note": said.get(f"note_{item.code}", ""),
            "lacking": item.code in lacking,
        }
        for item in items_for(sector)
    ]  # fmt: skip


def _checklist(said: Mapping[str, str], sector: str) -> Checklist:
    replies = {
        item.code: Reply(
            said.get(f"answer_{item.code}", ""), said.get(f"note_{item.code}", "")[:LONGEST_NOTE]
        )
        for item in items_for(sector)
    }
    return Checklist(
        replies,
        evidence=said.get("evidence", "")[:LONGEST_EVIDENCE],
        evidence_url=said.get("evidence_url", "").strip(),
    )


def _dossier(key: UUID) -> queries.Dossier:
    found = queries.dossier(key)
    if found is None:
        raise Http404
    return found


def _file(key: UUID) -> queries.ServiceFile:
    found = queries.service_file(key)
    if found is None:
        raise Http404
    return found


def _to_operator(key: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("vetting:organization", kwargs={"key": key}))


def _to_service(key: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("vetting:service", kwargs={"key": key}))
