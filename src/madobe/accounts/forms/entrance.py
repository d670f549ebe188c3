"""Coming in, and opening a session again."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.core import context, ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from madobe.accounts.forms.fields import (
    NO_ANSWER,
    NOTHING_YET,
    CodeField,
    email_field,
    password_field,
)


class SignInForm(LoginForm):
    """The first step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field()
        self.fields["password"] = password_field(_("パスワード"), "current-password")


class CredentialMixin:
    """A passkey's answer, or whatever was sent instead of one: that is said, never stumbled over."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except NO_ANSWER as error:
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyStepForm(CredentialMixin, AuthenticateWebAuthnForm):
    """The second step, by a passkey."""


class PasskeySignInForm(CredentialMixin, LoginWebAuthnForm):
    """Both steps at once, by a passkey."""


class PasskeyUnlockForm(CredentialMixin, ReauthenticateWebAuthnForm):
    """Opening a session again, by a passkey."""


class SecondStepForm(AuthenticateForm):
    """The second step, by a code."""

    code = CodeField(label=_("番号"), max_length=40, error_messages={"required": NOTHING_YET})


class ForgottenForm(ResetPasswordForm):
    """Where to send the link to."""

    email = email_field()


class NewPasswordForm(ResetPasswordKeyForm):
    """A new password, once: browsers show what is typed, and a second field helps nobody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"password1": password_field(_("新しいパスワード"), "new-password")}

    def clean(self) -> dict[str, Any]:
        cleaned = forms.Form.clean(self) or {}
        if "password1" in cleaned:
            add_password_faults(self, "password1", cleaned["password1"], self.user)
        return cleaned


def add_password_faults(form: forms.Form, field: str, password: str, user: Any) -> None:
    """This will put beside a field what its password still lacks."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        form.add_error(field, error)


class UnlockForm(forms.Form):
    """Opening a session again: one proof when idle, both steps (`whole`) when a working day is over."""

    unlock_password = password_field(_("パスワード"), "current-password")
    unlock_code = CodeField(label=_("番号"), max_length=40, required=False)
    unlock_credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.whole = user, whole
        self.fields["unlock_password"].required = False
        self.shown: list[str] = []  # "password", "code", "passkey"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if password := cleaned.get("unlock_password"):
            self._password(password)
        if code := cleaned.get("unlock_code"):
            self._factor("code", ReauthenticateForm(data={"code": code}, user=self.user))
        verified = False
        if credential := cleaned.get("unlock_credential"):
            data = {"credential": self.data["unlock_credential"]}
            if self._factor("passkey", PasskeyUnlockForm(data=data, user=self.user)):
                answer = webauthn.parse_authentication_response(credential).response
                verified = answer.authenticator_data.is_user_verified()
        if not self.errors and not self._enough(verified):
            raise ValidationError(
                _("きょう一日分が終わりました。パスワードと番号の両方で、また始められます。")
                if self.whole
                else _("どれか一つを入れると、続きから始められます。")
            )
        return cleaned

    def _enough(self, verified: bool) -> bool:
        if not self.whole:
            return bool(self.shown)
        factor = "code" in self.shown or "passkey" in self.shown
        password = "password" in self.shown or not self.user.has_usable_password()
        return verified or (factor and password)

    def _password(self, password: str) -> None:
        key = f"unlock {self.user.pk}"
        if not ratelimit.consume(context.request, action="login_failed", key=key):
            self.add_error(None, get_adapter().validation_error("too_many_login_attempts"))
        elif not self.user.check_password(password):
            self.add_error("unlock_password", get_adapter().validation_error("incorrect_password"))
        else:
            ratelimit.clear(context.request, action="login_failed", key=key)
            self.shown.append("password")

    def _factor(self, kind: str, form: forms.Form) -> bool:
        if form.is_valid():
            form.save()  # type: ignore[attr-defined]
            self.shown.append(kind)
            return True
        for errors in form.errors.values():
            self.add_error(f"unlock_{'code' if kind == 'code' else 'credential'}", errors)
        return False
