"""What the sign-in library tells us by signal, and by nothing else."""

from typing import Any

from allauth.mfa import signals as factors
from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from madobe.accounts.actions.signing import note_refusal


@receiver(factors.authenticator_used)
def second_step_was_shown(request: HttpRequest, authenticator: Any, **kwargs: Any) -> None:
    """Remember the kind until the sign-in of this same request is complete."""
    request.second_step = authenticator.type  # type: ignore[attr-defined]


@receiver(factors.authentication_failed)
def second_step_was_refused(user: Any, **kwargs: Any) -> None:
    note_refusal(email=user.email, step="second", at=timezone.now())


@receiver(user_login_failed)
def password_was_refused(credentials: dict[str, Any], **kwargs: Any) -> None:
    note_refusal(email=credentials.get("email", ""), step="password", at=timezone.now())
