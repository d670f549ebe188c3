"""The first page inside, and what people see and change about themselves."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from madobe.accounts.actions import own
from madobe.accounts.forms.own import ChangePasswordForm, ProfileForm
from madobe.accounts.queries.people import factors, own_roles
from madobe.accounts.queries.people import sessions as sessions_of
from madobe.accounts.request import StaffRequest
from madobe.accounts.views.unlock import fresh_proof
from madobe.ui.staff import entries_for, staff_of


@require_GET
def dashboard(request: StaffRequest) -> HttpResponse:
    """The places of work one may open."""
    actor = staff_of(request)
    context = {
        "name": actor.name,
        "entries": entries_for(actor),
        "roles": own_roles(request.user),
        "few_codes": [
            one for one in factors(request.user) if one.left is not None and one.left < 5
        ],
    }
    return render(request, "accounts/dashboard.html", context)


@require_http_methods(["GET", "POST"])
def me(request: StaffRequest) -> HttpResponse:
    """One's name, language, second steps and open sessions."""
    user = request.user
    at = timezone.now()
    form = ProfileForm(
        request.POST or None,
        initial={"name": user.name, "language": user.language},
    )
    if form.is_valid():
        own.change_profile(user=user, at=at, **form.cleaned_data)
        return redirect("accounts:me")
    context = {
        "form": form,
        "email": user.email,
        "factors": factors(user),
        "sessions": sessions_of(user, at=at),
        "here": request.session.session_key,
        "roles": own_roles(user),
        "has_password": user.has_usable_password(),
    }
    return render(request, "accounts/me.html", context)


@require_http_methods(["GET", "POST"])
@fresh_proof
def password(request: StaffRequest) -> HttpResponse:
    """A new password; every other session ends."""
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if form.is_valid():
        own.change_password(
            user=request.user,
            password=form.cleaned_data["password"],
            session=request.session.session_key or "",
            at=timezone.now(),
        )
        update_session_auth_hash(request, request.user)
        messages.success(request, _("新しいパスワードになりました。"))
        return redirect("accounts:me")
    return render(request, "accounts/password.html", {"form": form})


@require_POST
def sessions(request: StaffRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    own.end_other_sessions(
        user=request.user,
        session=request.session.session_key or "",
        at=timezone.now(),
    )
    messages.success(request, _("ほかのところは、すべて閉じました。"))
    return redirect("accounts:me")
