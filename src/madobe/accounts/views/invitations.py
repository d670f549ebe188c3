"""The link an invited person opens."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from madobe.accounts.actions import inviting
from madobe.accounts.forms.own import AcceptForm
from madobe.accounts.request import StaffRequest
from madobe.accounts.rules.door import Standing
from madobe.accounts.views.unlock import at_the_door


@require_http_methods(["GET", "POST"])
def accept(request: StaffRequest, token: str) -> HttpResponse:
    """Set a name and a password, or, for somebody who works here already, take up the new roles."""
    at = timezone.now()
    try:
        invitation = inviting.invitation_of(token, at=at)
        if inviting.address_is_known(invitation.email):
            return _again(request, token)
        form = AcceptForm(
            request.POST or None,
            initial={"name": invitation.name, "language": invitation.language},
        )
        if form.is_valid():
            user = inviting.accept(token=token, at=at, **form.cleaned_data)
            login = Login(user=user, redirect_url=reverse("accounts:second_step"))
            return perform_login(request, login)
    except inviting.LinkIsNoLongerOpen:
        return render(request, "accounts/invitation_closed.html", status=410)
    context = {"form": form, "email": invitation.email}
    return render(request, "accounts/invitation.html", context)


def _again(request: StaffRequest, token: str) -> HttpResponse:
    """Somebody who has an account: they show who they are, then the roles are added."""
    if request.standing is Standing.SETTING_UP:
        return redirect("accounts:second_step")
    if request.standing in {Standing.LOCKED, Standing.STALE}:
        answer = at_the_door(request, whole=request.standing is Standing.STALE)
        if answer is not None:
            return answer
    elif request.standing is Standing.OUTSIDE:
        here = urlencode({"next": request.path})
        return HttpResponseRedirect(f"{reverse('account_login')}?{here}")
    if request.method == "GET":
        return render(request, "accounts/invitation_again.html")
    try:
        inviting.accept_as(token=token, user=request.user, at=timezone.now())
    except inviting.AddressIsSomebodyElses:
        return render(request, "accounts/invitation_closed.html", status=410)
    return redirect("accounts:dashboard")
