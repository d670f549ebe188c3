"""What people type at the door and about themselves; cleaned here, saved elsewhere."""

import struct
import unicodedata
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

from madobe.accounts.choices import Language, Role
from madobe.accounts.queries.people import places_named, places_of
from madobe.lib.actor import Actor

NOTHING_YET = _("ここは空のままでした。")
ADDRESS = _("メールアドレスの形になっていないようです。例：hana@example.jp")


class CodeField(forms.CharField):
    """Six digits or a code of the sheet, in whatever width, with or without spaces."""

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFKC", super().to_python(value) or "")
        return "".join(sign for sign in text if sign.isalnum())


def _email() -> forms.EmailField:
    return forms.EmailField(
        label=_("メールアドレス"),
        max_length=254,
        error_messages={"required": NOTHING_YET, "invalid": ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


def _password(label: Any, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        error_messages={"required": NOTHING_YET},
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class SignInForm(LoginForm):
    """The first step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = _email()
        self.fields["password"] = _password(_("パスワード"), "current-password")


# What a parser of the browser's answer meets when somebody sends it something else.
NO_ANSWER = (ValueError, TypeError, KeyError, IndexError, AttributeError, struct.error)


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

    email = _email()


class NewPasswordForm(ResetPasswordKeyForm):
    """A new password, once: browsers show what is typed, and a second field helps nobody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"password1": _password(_("新しいパスワード"), "new-password")}

    def clean(self) -> dict[str, Any]:
        cleaned = forms.Form.clean(self) or {}
        if "password1" in cleaned:
            _check(self, "password1", cleaned["password1"], self.user)
        return cleaned


def _check(form: forms.Form, field: str, password: str, user: Any) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        form.add_error(field, error)


class UnlockForm(forms.Form):
    """Opening a session again: one proof when idle, both steps (`whole`) when a working day is over."""

    unlock_password = _password(_("パスワード"), "current-password")
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


class ConfirmCodeForm(forms.Form):
    """One code, to see that a new second step works before it is asked for."""

    code = CodeField(label=_("番号"), max_length=40, error_messages={"required": NOTHING_YET})


class PasskeyForm(forms.Form):
    """A new passkey, as the browser made it."""

    name = forms.CharField(label=_("呼び名"), max_length=40, required=False)
    credential = forms.JSONField(widget=forms.HiddenInput, error_messages={"required": NOTHING_YET})

    def clean_credential(self) -> Any:
        """Verified against the question this session was asked."""
        credential = self.cleaned_data["credential"]
        try:
            webauthn.parse_registration_response(credential)
            webauthn.complete_registration(credential)
        except (*NO_ANSWER, ValidationError) as error:
            raise ValidationError(_("うまく受け取れませんでした。もう一度ためせます。")) from error
        return credential


class ProfileForm(forms.Form):
    """How somebody is called, and in which language."""

    name = forms.CharField(label=_("名前"), max_length=60, error_messages={"required": NOTHING_YET})
    language = forms.ChoiceField(label=_("画面の言葉"), choices=Language.choices)


class ChangePasswordForm(forms.Form):
    """A new password while signed in."""

    password = _password(_("新しいパスワード"), "new-password")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class AcceptForm(ProfileForm):
    """What an invited person fills in."""

    password = _password(_("パスワード"), "new-password")

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password)
        return password


class RolesField(forms.MultipleChoiceField):
    """Roles as checkboxes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("役割"),
            choices=Role.choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("役割を一つ以上えらんでください。"),
                "invalid_choice": _("「%(value)s」という役割は、ここにはありません。"),
            },
            **kwargs,
        )


class PlaceMixin(forms.Form):
    """For which organization: chosen from one's own, or written by those who look after everything.

    `cleaned_data["organization"]` is its id as text, "" for the whole installation.
    """

    place = forms.CharField(label=_("どこで"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.same_name: list[tuple[str, str]] = []  # (id, name) to choose from
        if not actor.has(Role.ADMIN):
            self.fields["place"] = forms.ChoiceField(
                label=_("どこで"),
                choices=places_of(actor),
                error_messages={"required": NOTHING_YET},
            )

    def clean_place(self) -> str:
        written = self.cleaned_data["place"].strip()
        found = places_named(written, actor=self.actor) if written else []
        if len(found) > 1:
            self.same_name = found
            raise ValidationError(_("同じ名前の団体がいくつかあります。一つえらんでください。"))
        if written and not found:
            raise ValidationError(
                _(
                    "「%(name)s」という団体は見つかりませんでした。名前をそのまま入れるか、空のままにすると全体になります。"
                )
                % {"name": written}
            )
        self.cleaned_data["organization"] = found[0][0] if found else ""
        return written


class InviteForm(PlaceMixin):
    """Whom to invite, for what."""

    email = _email()
    name = forms.CharField(label=_("名前"), max_length=60, required=False)
    language = forms.ChoiceField(label=_("画面の言葉"), choices=Language.choices)
    roles = RolesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class GrantForm(PlaceMixin):
    """Roles for one place."""

    roles = RolesField()


class TrailForm(forms.Form):
    """What of the trail to show."""

    by = forms.CharField(label=_("だれ"), max_length=100, required=False)
    action = forms.CharField(label=_("なに"), max_length=60, required=False)
    record = forms.CharField(label=_("記録の番号"), max_length=64, required=False)
    since = forms.DateField(
        label=_("この日から"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("日にちは 2026-11-24 のように入れられます。")},
    )
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
