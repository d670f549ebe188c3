"""Coming in and going out: the sign-in library's views with our forms, pages and words."""

import json
from typing import Any
from urllib.parse import urlsplit

from allauth.account import views as account
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.providers.openid_connect import views as oidc
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from madobe.accounts.actions.signing import note_sign_out
from madobe.accounts.forms.entrance import (
    ForgottenForm,
    NewPasswordForm,
    PasskeySignInForm,
    PasskeyStepForm,
    SecondStepForm,
    SignInForm,
)
from madobe.accounts.hints import hints
from madobe.accounts.queries.people import factors
from madobe.accounts.request import StaffRequest


def provider_origins() -> list[str]:
    """Where a form may lead besides here: to the organization's own provider."""
    parts = urlsplit(settings.OIDC_ISSUER)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


class SignIn(account.LoginView):
    """The first step: an address and a password, or a passkey that is both steps at once."""

    template_name = "accounts/sign_in.html"
    form_class = SignInForm

    @method_decorator(csp_update({"form-action": provider_origins()}))
    def dispatch(self, request: StaffRequest, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "hints": hints(),
            "provider": settings.OIDC_NAME,
            "next": get_next_redirect_url(self.request) or "",
            "not_quite": "passkey" in self.request.GET,
        }


class SecondStep(AuthenticateView):
    """The second step: a code of the app or of the printed sheet, or a passkey."""

    template_name = "accounts/second_step.html"
    form_class = SecondStepForm
    webauthn_form_class = PasskeyStepForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        kinds = {factor.kind for factor in factors(self.stage.login.user)}
        passkey = Authenticator.Type.WEBAUTHN in kinds
        options = context["js_data"]["request_options"]
        return context | {
            "asks_code": bool(kinds - {Authenticator.Type.WEBAUTHN}),
            "asks_app": Authenticator.Type.TOTP in kinds,
            "asks_sheet": Authenticator.Type.RECOVERY_CODES in kinds,
            "passkey": json.dumps(options) if passkey else "",
            "forms_with_words": [self.auth_form, self.webauthn_form],
        }


class PasskeySignIn(LoginWebAuthnView):
    """A passkey alone: GET with X-Requested-With gives the browser its question, POST takes the answer."""

    form_class = PasskeySignInForm

    def form_invalid(self, form: Any) -> HttpResponse:
        return HttpResponseRedirect(f"{resolve_url('account_login')}?passkey")

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        return flows.perform_passwordless_login(self.request, authenticator, login)


class Forgotten(account.PasswordResetView):
    """A link by mail to set a new password. It restores signing in only: the second step stays as it is, and
    whatever will be locked by keys of one's own (there are none yet) stays locked."""

    template_name = "accounts/forgotten.html"
    form_class = ForgottenForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"mail": bool(settings.MAIL)}


class ForgottenSent(account.PasswordResetDoneView):
    template_name = "accounts/forgotten_sent.html"


class NewPassword(account.PasswordResetFromKeyView):
    template_name = "accounts/new_password.html"
    form_class = NewPasswordForm


class NewPasswordDone(account.PasswordResetFromKeyDoneView):
    template_name = "accounts/new_password_done.html"


@require_http_methods(["GET", "POST"])
def sign_out(request: StaffRequest) -> HttpResponse:
    """Ask on GET, sign out on POST."""
    if request.method == "GET":
        return render(request, "accounts/sign_out.html")
    if request.user.is_authenticated:
        note_sign_out(user=request.user, at=timezone.now())
    logout(request)
    return HttpResponseRedirect(resolve_url("account_login"))


@require_POST
def to_provider(request: StaffRequest, provider_id: str) -> HttpResponse:
    """Off to the organization's own provider; back to a page of ours when it does not answer."""
    try:
        return oidc.login(request, provider_id)
    except RequestException:
        return HttpResponseRedirect(resolve_url("socialaccount_login_error"))


@require_GET
def from_provider(request: StaffRequest, provider_id: str) -> HttpResponse:
    """Back from the provider, with its word for somebody."""
    try:
        return oidc.callback(request, provider_id)
    except RequestException:
        return HttpResponseRedirect(resolve_url("socialaccount_login_error"))


@require_GET
def provider_is_silent(request: StaffRequest) -> HttpResponse:
    """The provider did not answer, or did not vouch for anybody."""
    return render(request, "accounts/provider_silent.html")


@require_GET
def not_here(request: StaffRequest) -> HttpResponse:
    """For somebody who has left, or whom the provider knows and this house does not."""
    return render(request, "accounts/not_here.html")
