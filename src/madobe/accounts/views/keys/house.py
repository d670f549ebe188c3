"""The keys of the house: what is done, what is not yet; the sheets of paper, and trying them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from madobe.accounts.actions.keys import house
from madobe.accounts.actions.roles import NotYoursToGive
from madobe.accounts.choices import Role
from madobe.accounts.forms.keys import DrillForm, ReadersForm
from madobe.accounts.queries.keys import DeskKeys, house_keys
from madobe.accounts.request import StaffRequest
from madobe.accounts.views.unlock import fresh_proof
from madobe.audit.actions import record
from madobe.lib.actor import Actor
from madobe.ui.staff import staff_of
from madobe.vault.actions.recovery import NoRecoveryKey, SharesAreOfAnotherHouse, SharesAreOld
from madobe.vault.rules.recovery import SharesDoNotFitError


@require_GET
def keys_of_the_house(request: StaffRequest) -> HttpResponse:
    """What is done and what is not yet. Looking is written down."""
    actor = staff_of(request)
    record(by=actor.id, action="keys.view", at=timezone.now())
    return house_page(request)


def house_page(
    request: StaffRequest, *, refused: ReadersForm | None = None, of: Any = None, status: int = 200
) -> HttpResponse:
    """This will give the page; `refused`: the form of the desk with id `of`, with what is amiss in it."""
    actor = staff_of(request)
    keys = house_keys(actor)
    context = {
        "keys": keys,
        "desks": [(one, refused if one.desk.pk == of else form_for(one)) for one in keys.desks],
        "sets_up": actor.has(Role.ADMIN),
        "reads": _reads(actor),
    }
    return render(request, "accounts/keys/house.html", context, status=status)


def form_for(keys: DeskKeys, data: Any = None) -> ReadersForm:
    """This will give the form of the people a desk's key may be given to."""
    far = _("%(name)s（ほかの窓口）")
    readers = [
        (str(one.user.pk), one.user.name if one.is_near else far % {"name": one.user.name})
        for one in keys.ready
    ]
    return ReadersForm(data, readers=readers, prefix=None)


@require_http_methods(["GET", "POST"])
@fresh_proof
def sheets(request: StaffRequest) -> HttpResponse:
    """Ask on GET; on POST make the three sheets and show them, this once."""
    actor = _who_sets_up(request)
    if request.method == "GET":
        return render(request, "accounts/keys/sheets_ask.html", {"keys": house_keys(actor)})
    at = timezone.now()
    try:
        made = house.make_sheets(by=actor, at=at)
    except NotYoursToGive as error:
        raise Http404 from error
    context = {"sheets": [one.split() for one in made], "at": at}
    return render(request, "accounts/keys/sheets.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def drill(request: StaffRequest) -> HttpResponse:
    """Two of the sheets, typed back, to see that they open."""
    actor = _who_sets_up(request)
    form = DrillForm(request.POST or None)
    if form.is_valid():
        try:
            house.read_back(sheets=form.cleaned_data["sheets"], by=actor, at=timezone.now())
        except NotYoursToGive as error:
            raise Http404 from error
        except SharesAreOld:
            form.refuse(_("前に作った紙のようです。いちばん新しい紙でどうぞ。"))
        except (SharesAreOfAnotherHouse, NoRecoveryKey):
            form.refuse(_("この窓辺の紙とは、ちがう組のようです。"))
        except SharesDoNotFitError:
            form.refuse(_("2枚が、べつべつの組の紙のようです。同じ日に作った紙でどうぞ。"))
        else:
            messages.success(request, _("2枚で開くことを、確かめました。"))
            return redirect("accounts:house_keys")
    return render(request, "accounts/keys/drill.html", {"form": form})


def _who_sets_up(request: StaffRequest) -> Actor:
    """An administrator of the whole installation. Raises Http404 for one of a single organization."""
    actor = staff_of(request)
    if not actor.has(Role.ADMIN):
        raise Http404
    return actor


def _reads(actor: Actor) -> bool:
    return bool(actor.organizations(Role.COUNSELLOR, Role.COORDINATOR))
