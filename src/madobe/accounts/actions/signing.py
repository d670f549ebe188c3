"""Signing in and out, unlocking, and what is written down about it."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from madobe.accounts.models import StaffSession, User
from madobe.accounts.seat import note_proof, take_seat
from madobe.audit.actions import record


@transaction.atomic
def sign_in(*, request: HttpRequest, user: User, second_step: str, at: datetime) -> None:
    """This will seat somebody whose steps were right, tell them of their other open sessions, write it down."""
    StaffSession.objects.filter(expire_date__lt=at).delete()
    others = (
        StaffSession.objects.filter(user_id=user.pk)
        .exclude(session_key=request.session.session_key)
        .count()
    )
    take_seat(request, at=at, second_step=second_step)
    record(
        by=user.actor_id,
        action="sign_in",
        at=at,
        table="user",
        record_id=user.pk,
        detail={"second_step": second_step, "other_sessions": others},
    )
    if others:
        messages.warning(
            request,
            _(
                "ほかにも、あなたの名前で開いているところがあります。覚えがなければ「わたしの設定」で閉じられます。"
            ),
        )


def unlock(*, request: HttpRequest, user: User, shown: str, second_step: str, at: datetime) -> None:
    """This will open a locked session again. `second_step`: given when a whole new day begins."""
    if second_step:
        take_seat(request, at=at, second_step=second_step)
    else:
        note_proof(request, at=at)
    record(
        by=user.actor_id,
        action="sign_in.again" if second_step else "unlock",
        at=at,
        table="user",
        record_id=user.pk,
        detail={"shown": shown},
    )


def note_sign_out(*, user: User, at: datetime) -> None:
    """This will write down that somebody signed out."""
    record(by=user.actor_id, action="sign_out", at=at, table="user", record_id=user.pk)


def note_refusal(*, email: str, step: str, at: datetime) -> None:
    """This will write down that a sign-in with a known address did not open; an unknown address leaves nothing."""
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        record(
            by="door",
            action="sign_in.refused",
            at=at,
            table="user",
            record_id=user.pk,
            detail={"step": step},
        )


def end_sessions(user: User, *, but: str = "") -> int:
    """This will sign somebody out everywhere, but for the session with the key `but`."""
    ended, _ = StaffSession.objects.filter(user_id=user.pk).exclude(session_key=but).delete()
    return ended
