"""The key of one desk: begun, given, renewed; and the desk opened."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from madobe.accounts.actions.keys import groups
from madobe.accounts.actions.roles import NotYoursToGive
from madobe.accounts.queries.keys import desk_keys
from madobe.accounts.request import KeysRequest, StaffRequest
from madobe.accounts.views.keys.house import form_for, house_page
from madobe.accounts.views.unlock import fresh_proof
from madobe.accounts.views.with_keys import with_keys
from madobe.desks.actions import NoSuchDesk, SetUpIsNotDone
from madobe.desks.queries import the_desk
from madobe.desks.rules import set_up
from madobe.ui.staff import staff_of
from madobe.vault.actions.groups import GroupHasAKey, NobodyInTheGroup
from madobe.vault.granting import KeyIsRetired
from madobe.vault.keyring import NotYours

STILL_TO_DO = {
    set_up.HOURS: gettext_lazy("開いている時間"),
    set_up.PROMISE: gettext_lazy("返事の約束"),
    set_up.READERS: gettext_lazy("だれが読むかの説明"),
    set_up.NIGHT_CALL: gettext_lazy("夜に一人のときの連絡先"),
    set_up.KEYS: gettext_lazy("鍵を持つ二人"),
    set_up.DRILL: gettext_lazy("紙で開く練習"),
}
NOT_FOUND = (NoSuchDesk, NotYoursToGive, groups.NoGroupYet)


@require_POST
@fresh_proof
def begin(request: StaffRequest, desk_id: UUID) -> HttpResponse:
    """Make the key of a desk for two people or more."""
    desk = the_desk(desk_id)
    if desk is None:
        raise Http404
    form = form_for(desk_keys(staff_of(request), desk), request.POST)
    if form.is_valid():
        users = [UUID(one) for one in form.cleaned_data["users"]]
        try:
            groups.begin_group(
                desk_id=desk_id, users=users, by=staff_of(request), at=timezone.now()
            )
        except NOT_FOUND as error:
            raise Http404 from error
        except groups.TooFew:
            form.add_error("users", _("この窓口の人を一人はふくめて、二人以上えらぶと作れます。"))
        except (GroupHasAKey, groups.NotAReader, KeyIsRetired):
            _moved_on(request)
            return redirect("accounts:house_keys")
        else:
            messages.success(request, _("「%(name)s」の鍵ができました。") % {"name": desk.name})
            return redirect("accounts:house_keys")
    return house_page(request, refused=form, of=desk_id, status=422)


@with_keys
@require_POST
def admit(request: KeysRequest, desk_id: UUID) -> HttpResponse:
    """Give the key of a desk to one person more."""
    try:
        groups.admit(
            desk_id=desk_id,
            user_id=_id(request, "user"),
            keyring=request.keyring,
            by=staff_of(request),
            at=timezone.now(),
        )
    except (*NOT_FOUND, NotYours) as error:
        raise Http404 from error
    except (groups.NotAReader, KeyIsRetired):
        _moved_on(request)
    else:
        messages.success(request, _("鍵をわたしました。"))
    return redirect("accounts:house_keys")


@require_POST
@fresh_proof
def dismiss(request: StaffRequest, desk_id: UUID) -> HttpResponse:
    """A new key of a desk, without one of the people."""
    user = _id(request, "user")
    return _changed(
        request,
        lambda **who: groups.dismiss(desk_id=desk_id, user_id=user, **who),
        _("新しい鍵になり、その人は読めなくなりました。"),
    )


@require_POST
@fresh_proof
def renew(request: StaffRequest, desk_id: UUID) -> HttpResponse:
    """A new key of a desk for the same people."""
    return _changed(
        request, lambda **who: groups.renew(desk_id=desk_id, **who), _("新しい鍵になりました。")
    )


@require_POST
def open_desk(request: StaffRequest, desk_id: UUID) -> HttpResponse:
    """Let letters arrive at a desk."""
    try:
        return _changed(
            request,
            lambda **who: groups.open_desk(desk_id=desk_id, **who),
            _("この窓口に、手紙が届くようになりました。"),
        )
    except SetUpIsNotDone as error:
        left = "、".join(str(STILL_TO_DO[item]) for item in error.items)
        messages.info(
            request, _("窓口の準備に、まだ残っていることがあります：%(left)s") % {"left": left}
        )
        return redirect("accounts:house_keys")


def _changed(request: StaffRequest, act: Callable[..., Any], done: str) -> HttpResponse:
    try:
        act(by=staff_of(request), at=timezone.now())
    except NOT_FOUND as error:
        raise Http404 from error
    except NobodyInTheGroup:
        messages.info(request, _("鍵を持つ人がいなくなるため、そのままにしました。"))
    except (GroupHasAKey, KeyIsRetired):
        _moved_on(request)
    else:
        messages.success(request, done)
    return redirect("accounts:house_keys")


def _moved_on(request: StaffRequest) -> None:
    messages.info(
        request, _("そのあいだに、ほかの人が変えたところがあります。いまの様子はこちらです。")
    )


def _id(request: StaffRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise Http404 from error
