"""The form of an entry: opened, kept while it is written, saved; two people at a time."""

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from madobe.directory.actions import editing as actions
from madobe.directory.choices import SuggestionState
from madobe.directory.forms.service import NewServiceForm, ServiceForm, SourceForm, names_of_facts
from madobe.directory.queries import editing as queries
from madobe.directory.views.staff.door import Keeper, keeper_of

NEW = "new"
NOT_TYPED = ("csrfmiddlewaretoken", "go", "more")  # buttons and the like: no part of a draft
LARGEST_DRAFT = 1_000_000  # bytes
FIRST_OPEN = ("names", "texts", "reach", "hours", "truth")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """An entry in one form. A draft comes back as it was left."""
    keeper = keeper_of(request)
    opened = queries.opened(service_id, keeper.organizations)
    if opened is None:
        raise Http404
    work = _Work(request, keeper, str(service_id), opened)
    address = reverse("directory_staff:service", kwargs={"service_id": service_id})

    def save() -> HttpResponse:
        work.save(service_id)
        return HttpResponseRedirect(f"{address}?said=saved")

    return work.answer(save)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new entry: a draft nobody reads until it is published."""
    work = _Work(request, keeper_of(request), NEW, None)

    def save() -> HttpResponse:
        made = work.create()
        address = reverse("directory_staff:service", kwargs={"service_id": made})
        return HttpResponseRedirect(f"{address}?said=created")

    return work.answer(save)


@require_POST
def draft(request: HttpRequest, target: str) -> HttpResponse:
    """What stands in an open form, sent while it is written."""
    keeper = keeper_of(request)
    if target != NEW and _scoped(target, keeper) is None:
        raise Http404
    body = _read_draft(request)
    if body is None:
        return HttpResponseBadRequest()
    values, page, count = body
    actions.save_draft(
        by=keeper.id, target=target, values=values, page=page, count=count, at=timezone.now()
    )
    return HttpResponse(status=204)


class _Work:
    """One look at a form: what was typed, what stands in the tables, what is to be shown."""

    def __init__(
        self, request: HttpRequest, keeper: Keeper, target: str, opened: queries.Opened | None
    ) -> None:
        self.request, self.keeper, self.target, self.opened = request, keeper, target, opened
        self.draft = queries.draft_of(keeper.id, target)
        self.seen = dict(opened.seen) if opened else {}
        self.conflicts: list[actions.Conflict] = []
        self.lacking: list[Any] = []
        self.is_checked = False
        self.use(request.POST if request.method == "POST" else self._from_draft())

    def use(self, data: QueryDict | None) -> None:
        """Take what was typed (None: nothing yet) into the forms."""
        facts = self.opened.facts if self.opened else None
        self.data = data
        self.form = ServiceForm(data, facts=facts)
        self.word = SourceForm(data, initial={"word_name": (facts or {}).get("source_name", "")})
        owner = NewServiceForm(data, initial={"organization_name": self._own_organization()})
        self.owner = None if self.opened else owner
        if data is not None:
            self.seen = _seen(data)

    def answer(self, save: Callable[[], HttpResponse]) -> HttpResponse:
        """Show, keep or save the form, as the button pressed says."""
        if self.data is None or self.request.method == "GET":
            return self.page()
        if self.data.get("go") == "discard":
            actions.throw_draft_away(by=self.keeper.id, target=self.target, at=timezone.now())
            return HttpResponseRedirect(self.request.path)
        if self.data.get("go") == "save" and self.data.get("whole") == "yes":
            self.is_checked = True
            try:
                if self.is_valid():
                    return save()
            except actions.ChangedMeanwhile as both:
                self.conflicts = both.conflicts
            except actions.WouldLackSomething as refusal:
                self.lacking = names_of_facts(refusal.facts)
            except actions.AlreadySettled:
                pass  # by somebody else, just now: nothing was written, and saving once more is a plain edit
        self.keep()
        self._add_row()
        return self.page(status=422 if self.is_checked else 200)

    def is_valid(self) -> bool:
        """Check all of it at once."""
        results = [one.is_valid() for one in (self.form, self.word, self.owner) if one is not None]
        return all(results) and (self.owner is None or self._may_add())

    def save(self, service_id: UUID) -> None:
        """Write what this person changed; a suggestion that led here is settled by it."""
        suggestion = self._suggestion()
        said: dict[str, Any] = {
            "values": self.form.values(),
            "seen": self.seen,
            "is_checked": self.word.cleaned_data["is_checked"],
            **self._word(),
        }
        if suggestion is not None and suggestion.service_id == service_id:
            actions.apply_suggestion(suggestion_id=suggestion.pk, **said)
        else:
            actions.edit_service(service_id=service_id, **said)

    def create(self) -> UUID:
        """Add the entry, of an organization this person keeps."""
        assert self.owner is not None
        name = self.owner.cleaned_data["organization_name"]
        known = queries.own_organizations(self.keeper.organizations).filter(name=name).first()
        made = actions.create_service(
            values=self.form.values(),
            organization_name=name,
            organization_id=known.pk if known else None,
            **self._word(),
        )
        return made.pk

    def _may_add(self) -> bool:
        """Somebody who keeps some organizations' entries adds to those only."""
        assert self.owner is not None
        own = queries.own_organizations(self.keeper.organizations)
        name = self.owner.cleaned_data["organization_name"]
        if self.keeper.organizations is None or own.filter(name=name).exists():
            return True
        names = "」「".join(own.values_list("name", flat=True)[:5])
        self.owner.add_error(
            "organization_name",
            _("ここには「%(names)s」の名前を書くと、残せます。") % {"names": names},
        )
        return False

    def keep(self) -> None:
        """Keep what was typed, so that it is there again whatever happens to this page."""
        assert self.data is not None
        values = {
            _storable(key): [_storable(text) for text in one]
            for key, one in self.data.lists()
            if key not in NOT_TYPED
        }
        self.draft = actions.save_draft(
            by=self.keeper.id, target=self.target, values=values, at=timezone.now()
        )

    def page(self, status: int = 200) -> HttpResponse:
        """The form with all that was typed."""
        for one in self.conflicts:  # they have now seen what stands there
            self.seen[one.field] = self.opened.seen[one.field] if self.opened else ""
        context = {
            "form": self.form,
            "word": self.word,
            "owner": self.owner,
            "opened": self.opened,
            "target": self.target,
            "draft": self.draft,
            "seen": json.dumps(self.seen),
            "page_key": secrets.token_hex(8),
            "conflicts": self.conflicts,
            "lacking": self.lacking,
            "is_checked": self.is_checked,
            "first_open": FIRST_OPEN,
            "suggestion": self._suggestion(),
        }
        return render(self.request, "directory/staff/edit.html", context, status=status)

    def _word(self) -> dict[str, Any]:
        word = self.word.cleaned_data
        return {
            "by": self.keeper.id,
            "at": timezone.now(),
            "source_name": word["word_name"],
            "source_url": word["word_url"],
            "reason": word["reason"],
        }

    def _add_row(self) -> None:
        prefix = self.request.POST.get("more", "")
        if prefix and self.data is not None:
            data = self.data.copy()
            text = data.get(f"{prefix}-rows", "")
            data[f"{prefix}-rows"] = str(int(text) + 1 if text.isascii() and text.isdigit() else 1)
            seen = self.seen
            self.use(data)
            self.seen = seen

    def _from_draft(self) -> QueryDict | None:
        if self.draft is None:
            return None
        data = QueryDict(mutable=True)
        for name, texts in self.draft.values.items():
            data.setlist(name, texts)
        return data

    def _suggestion(self) -> Any:
        data = self.request.POST if self.request.method == "POST" else self.request.GET
        key = _uuid(data.get("suggestion", ""))
        found = key and queries.suggestion(key, self.keeper.organizations)
        return found if found and found.state == SuggestionState.OPEN else None

    def _own_organization(self) -> str:
        if self.keeper.organizations is None or self.opened:
            return ""
        own = queries.own_organizations(self.keeper.organizations).first()
        return own.name if own else ""


def _read_draft(request: HttpRequest) -> tuple[dict[str, list[str]], str, int] | None:
    """The values, the page and the number of a saving; None for what is none."""
    if len(request.body) > LARGEST_DRAFT:
        return None
    try:
        body = json.loads(request.body)
        values, page, count = body["values"], body["page"], body["count"]
    except (ValueError, KeyError, TypeError):
        return None
    is_good = (
        isinstance(values, dict)
        and all(isinstance(one, list) for one in values.values())
        and all(isinstance(text, str) for one in values.values() for text in one)
        and isinstance(page, str)
        and len(page) <= 32
        and isinstance(count, int)
        and 0 <= count < 2**31
    )
    if not is_good:
        return None
    kept = {
        _storable(key): [_storable(text) for text in one]
        for key, one in values.items()
        if key not in NOT_TYPED
    }
    return kept, _storable(page), count


def _storable(text: str) -> str:
    """A text without what no database keeps: NUL, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _seen(data: Mapping[str, Any]) -> dict[str, str]:
    try:
        seen = json.loads(data.get("seen", ""))
    except ValueError:
        return {}
    return {str(key): str(one) for key, one in seen.items()} if isinstance(seen, dict) else {}


def _scoped(target: str, keeper: Keeper) -> Any:
    key = _uuid(target)
    return key and queries.scoped(key, keeper.organizations)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
