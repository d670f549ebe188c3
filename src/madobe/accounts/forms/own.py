"""What people set about themselves."""

from typing import Any

from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from madobe.accounts.choices import Language
from madobe.accounts.forms.fields import NO_ANSWER, NOTHING_YET, CodeField, password_field


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

    password = password_field(_("新しいパスワード"), "new-password")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class AcceptForm(ProfileForm):
    """What an invited person fills in."""

    password = password_field(_("パスワード"), "new-password")

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password)
        return password
