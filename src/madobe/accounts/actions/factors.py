"""Second steps: an app that shows codes, a passkey, a printed sheet. Each is complete in itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.http import HttpRequest

from madobe.accounts.actions.roles import NotYoursToGive, looks_after_all_of
from madobe.accounts.actions.signing import end_sessions
from madobe.accounts.models import User
from madobe.audit.actions import record
from madobe.lib.actor import Actor

APP, SHEET = "app_begun", "sheet_begun"  # where a session keeps, sealed, what is not yet confirmed
Kind = Authenticator.Type


class CodeDoesNotFit(Exception):
    """The code typed is not one of the new app or sheet; nothing was changed."""


class LastSecondStep(Exception):
    """Without this one there would be no second step left."""


def begun_secret(request: HttpRequest) -> str:
    """This will give the secret of the app being set up in this session, a new one the first time."""
    if APP not in request.session:
        request.session[APP] = encrypt(generate_totp_secret())
    return decrypt(request.session[APP])


def begun_sheet(request: HttpRequest) -> list[str]:
    """This will give the codes of the sheet being made in this session, new ones the first time."""
    if SHEET not in request.session:
        request.session[SHEET] = encrypt(RecoveryCodes.generate_seed())
    return _codes(request.session[SHEET])


def _codes(sealed_seed: str) -> list[str]:
    return RecoveryCodes(
        Authenticator(type=Kind.RECOVERY_CODES, data={"seed": sealed_seed, "used_mask": 0})
    ).generate_codes()


@transaction.atomic
def add_app(*, request: HttpRequest, user: User, code: str, at: datetime) -> None:
    """This will make the app begun in this session a second step; an older one is replaced. Raises CodeDoesNotFit."""
    secret = begun_secret(request)
    if not validate_totp_code(secret, code):
        raise CodeDoesNotFit
    Authenticator.objects.filter(user=user, type=Kind.TOTP).delete()
    factor = TOTP.activate(user, secret).instance
    del request.session[APP]
    _written(user, "second_step.add", factor, by=user.actor_id, at=at)


@transaction.atomic
def add_sheet(*, request: HttpRequest, user: User, code: str, at: datetime) -> None:
    """This will make the sheet begun in this session the valid one; the older one stops working.

    The code typed to confirm it is used up. Raises CodeDoesNotFit.
    """
    codes = begun_sheet(request)
    if code not in codes:
        raise CodeDoesNotFit
    Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
    factor = Authenticator.objects.create(
        user=user,
        type=Kind.RECOVERY_CODES,
        data={"seed": request.session.pop(SHEET), "used_mask": 1 << codes.index(code)},
    )
    _written(user, "second_step.add", factor, by=user.actor_id, at=at)


@transaction.atomic
def add_passkey(*, user: User, name: str, credential: Mapping[str, Any], at: datetime) -> None:
    """This will keep a passkey the browser has just made and the view has verified."""
    factor = WebAuthn.add(user, name, dict(credential)).instance
    _written(user, "second_step.add", factor, by=user.actor_id, at=at)


@transaction.atomic
def remove_factor(*, user: User, factor_id: int, at: datetime) -> None:
    """This will remove one second step of one's own. Raises LastSecondStep; Authenticator.DoesNotExist."""
    held = list(Authenticator.objects.select_for_update().filter(user=user))
    factor = next((one for one in held if one.pk == factor_id), None)
    if factor is None:
        raise Authenticator.DoesNotExist
    if len(held) == 1:
        raise LastSecondStep
    _written(user, "second_step.remove", factor, by=user.actor_id, at=at)
    factor.delete()


@transaction.atomic
def set_up_anew(*, user: User, by: Actor, at: datetime) -> None:
    """This will let somebody who lost everything choose a second step again at their next sign-in.

    The password stays theirs: nobody comes in by this alone. Raises NotYoursToGive.
    """
    if not looks_after_all_of(by, user):
        raise NotYoursToGive
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    record(by=by.id, action="second_step.reset", at=at, table="user", record_id=user.pk)


def _written(user: User, action: str, factor: Authenticator, *, by: str, at: datetime) -> None:
    record(
        by=by,
        action=action,
        at=at,
        table="user",
        record_id=user.pk,
        detail={"kind": factor.type, "number": factor.pk},
    )
