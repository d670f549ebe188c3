"""Links that go to one person, by mail or by hand."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from madobe.accounts.models import Invitation, User
from madobe.audit.actions import record
from madobe.lib.actor import Actor


def send_invitation(*, invitation: Invitation, link: str) -> bool:
    """This will mail the link; False where no mail server is set, so that somebody hands it over."""
    if not settings.MAIL:
        return False
    with translation.override(invitation.language):
        EmailMessage(
            subject=_("窓辺への招待"),
            body=render_to_string(
                "accounts/mail/invitation.txt",
                {"name": invitation.name, "link": link, "until": invitation.expires_at},
            ),
            to=[invitation.email],
        ).send()
    return True


def new_password_link(*, user: User, by: Actor, at: datetime) -> str:
    """This will give the path of a link to set a new password, once, and write down who asked for it."""
    record(by=by.id, action="password.link", at=at, table="user", record_id=user.pk)
    key = default_token_generator.make_token(user)
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
    )
