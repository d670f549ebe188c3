"""How the sign-in library is told what this house wants."""

import base64
import hmac
from datetime import date
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from madobe.accounts.actions.signing import sign_in

NOT_QUITE = _(
    "その番号では開きませんでした。いま表示されている番号か、紙の次の番号を入れてみてください。"
)


class AccountAdapter(DefaultAccountAdapter):
    """No self-registration, our words, our mails, and no address of anybody's computer."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("この名前は、いまは使われていません。"),
        "email_password_mismatch": _(
            "メールアドレスとパスワードの組み合わせが見つかりませんでした。"
        ),
        "incorrect_password": _("パスワードがちがうようです。"),
        "incorrect_code": NOT_QUITE,
        "invalid_login": _("メールアドレスとパスワードの組み合わせが見つかりませんでした。"),
        "invalid_password_reset": _("このリンクは、もう使われたか、古くなりました。"),
        "too_many_login_attempts": _("何度か続いたので、少し休みます。5分ほどしてからどうぞ。"),
        "rate_limited": _("何度か続いたので、少し休みます。5分ほどしてからどうぞ。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["madobe.accounts.stages.SecondStep"]

    def get_client_ip(self, request: HttpRequest) -> str:
        """A name for one computer for one day, that leads back to none: all that a limit needs."""
        word = f"{date.today()} {super().get_client_ip(request)}"  # noqa: DTZ011
        return hmac.new(_key("limits"), word.encode(), sha256).hexdigest()[:16]

    def post_login(
        self, request: HttpRequest, user: Any, *, signal_kwargs: Any = None, **kwargs: Any
    ) -> HttpResponse:
        second_step = getattr(request, "second_step", "")
        from_provider = bool((signal_kwargs or {}).get("sociallogin"))
        if from_provider and not settings.OIDC_SECOND_STEP:
            second_step = second_step or "oidc"
        sign_in(request=request, user=user, second_step=second_step, at=timezone.now())
        return super().post_login(request, user, signal_kwargs=signal_kwargs, **kwargs)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The library's own messages are not ours; pages say what happened."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one mail there is, to set a new password. Nothing else is ever sent by the library."""
        if template_prefix != "account/email/password_reset_key":
            return
        EmailMessage(
            subject=str(_("窓辺のパスワード")),
            body=render_to_string(
                "accounts/mail/new_password.txt", {"link": context["password_reset_url"]}
            ),
            to=[email],
        ).send()


class FactorAdapter(DefaultMFAAdapter):
    """A printed sheet is a second step of its own; seeds are sealed before they reach the database."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": NOT_QUITE}

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        # The library asks for "TOTP or WebAuthn" where it means "has a second step".
        if types is not None and {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN} <= set(
            types
        ):
            types = None
        return super().is_mfa_enabled(user, types)

    def encrypt(self, text: str) -> str:
        return Fernet(base64.urlsafe_b64encode(_key("seeds"))).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return Fernet(base64.urlsafe_b64encode(_key("seeds"))).decrypt(encrypted_text).decode()

    def _get_site_name(self) -> str:
        return str(_("窓辺"))


class OidcAdapter(DefaultSocialAccountAdapter):
    """A provider signs in people who were invited here; it makes nobody."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if not sociallogin.is_existing:
            raise ImmediateHttpResponse(redirect("account_inactive"))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(redirect("socialaccount_login_error"))


def _key(purpose: str) -> bytes:
    return hmac.new(str(settings.SECRET_KEY).encode(), purpose.encode(), sha256).digest()
