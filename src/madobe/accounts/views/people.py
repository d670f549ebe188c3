"""The people who work here, for those who look after them."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from madobe.accounts.actions import factors as factor_acts
from madobe.accounts.actions import inviting, leaving
from madobe.accounts.actions.mailing import new_password_link, send_invitation
from madobe.accounts.actions.roles import (
    NobodyWouldBeLeft,
    NotYoursToGive,
    looks_after_all_of,
    set_roles,
)
from madobe.accounts.forms.people import GrantForm, InviteForm
from madobe.accounts.queries import people as asked
from madobe.accounts.request import StaffRequest
from madobe.accounts.views.unlock import fresh_proof
from madobe.audit.actions import record
from madobe.ui.staff import staff_of


def _person(request: StaffRequest, user_id: UUID):  # type: ignore[no-untyped-def]
    user = asked.person(staff_of(request), user_id)
    if user is None:
        raise Http404
    return user


@require_GET
def everybody(request: StaffRequest) -> HttpResponse:
    """Everybody one looks after, and the links that are still open. Looking is written down."""
    actor, at = staff_of(request), timezone.now()
    record(by=actor.id, action="people.view", at=at)
    context = {
        "people": asked.people(actor),
        "invitations": asked.invitations(actor, at=at),
    }
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "POST"])
def invite_somebody(request: StaffRequest) -> HttpResponse:
    """Invite one person; without a mail server the link is shown, to hand over."""
    actor, at = staff_of(request), timezone.now()
    form = InviteForm(request.POST or None, actor=actor, initial={"language": "ja"})
    if not form.is_valid():
        return render(request, "accounts/invite.html", {"form": form})
    given = form.cleaned_data
    invitation = inviting.invite(
        email=given["email"],
        name=given["name"],
        language=given["language"],
        organization=given["organization"],
        roles=given["roles"],
        by=actor,
        at=at,
    )
    token = inviting.token_of(invitation)
    link = request.build_absolute_uri(reverse("accounts:invitation", args=[token]))
    sent = send_invitation(invitation=invitation, link=link)
    context = {
        "email": invitation.email,
        "link": link,
        "sent": sent,
        "until": invitation.expires_at,
    }
    return render(request, "accounts/invited.html", context)


@require_POST
def withdraw_one(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """Close a link that is still open."""
    try:
        inviting.withdraw(invitation_id=invitation_id, by=staff_of(request), at=timezone.now())
    except (inviting.LinkIsNoLongerOpen, NotYoursToGive) as error:
        raise Http404 from error
    return redirect("accounts:people")


@require_GET
def one(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """One person: roles, second steps, sessions. Looking is written down."""
    actor, at = staff_of(request), timezone.now()
    user = _person(request, user_id)
    record(by=actor.id, action="person.view", at=at, table="user", record_id=user.pk)
    return _page(request, user, GrantForm(actor=actor))


def _page(request: StaffRequest, user, form: GrantForm, status: int = 200) -> HttpResponse:  # type: ignore[no-untyped-def]
    actor = staff_of(request)
    context = {
        "person": user,
        "form": form,
        "memberships": asked.memberships(actor, user),
        "factors": asked.factors(user),
        "sessions": asked.sessions(user, at=timezone.now()).count(),
        "all_mine": looks_after_all_of(actor, user),
        "mail": bool(settings.MAIL),
    }
    return render(request, "accounts/person.html", context, status=status)


@require_POST
@fresh_proof
def roles(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Set the roles of somebody in one place; `none` takes all of them there."""
    actor = staff_of(request)
    user = _person(request, user_id)
    given: list[str]
    if "none" in request.POST:
        place, given = request.POST.get("place", ""), []
    else:
        form = GrantForm(request.POST, actor=actor)
        if not form.is_valid():
            return _page(request, user, form, status=422)
        place, given = form.cleaned_data["organization"], form.cleaned_data["roles"]
    try:
        set_roles(user=user, organization=place, roles=given, by=actor, at=timezone.now())
    except (NotYoursToGive, ValueError) as error:
        raise Http404 from error
    except NobodyWouldBeLeft:
        messages.info(request, _("管理する人がいなくなるため、そのままにしました。"))
    return redirect("accounts:person", user_id)


@require_POST
@fresh_proof
def leave(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Close an account; every session of it ends at once."""
    user = _person(request, user_id)
    try:
        leaving.leave(user=user, by=staff_of(request), at=timezone.now())
    except NotYoursToGive as error:
        raise Http404 from error
    except NobodyWouldBeLeft:
        messages.info(request, _("管理する人がいなくなるため、そのままにしました。"))
        return redirect("accounts:person", user_id)
    messages.success(request, _("%(name)sさんの席を閉じました。") % {"name": user.name})
    return redirect("accounts:people")


@require_POST
@fresh_proof
def second_step(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Let somebody who lost everything choose a second step again."""
    user = _person(request, user_id)
    try:
        factor_acts.set_up_anew(user=user, by=staff_of(request), at=timezone.now())
    except NotYoursToGive as error:
        raise Http404 from error
    messages.success(request, _("次に入るとき、二つ目の確認をえらびなおせます。"))
    return redirect("accounts:person", user_id)


@require_POST
@fresh_proof
def password_link(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Where no mail can be sent: a link to a new password, to hand over. The second step still follows."""
    actor = staff_of(request)
    user = _person(request, user_id)
    if settings.MAIL or not user.is_active or not looks_after_all_of(actor, user):
        raise Http404
    path = new_password_link(user=user, by=actor, at=timezone.now())
    context = {"person": user, "link": request.build_absolute_uri(path)}
    return render(request, "accounts/password_link.html", context)
