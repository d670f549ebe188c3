"""What the product remembers about itself."""

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from madobe.accounts.actions.inventing import PASSWORD, invented
from madobe.web.models import Installation


def is_demo() -> bool:
    """This will tell whether the database is marked as a demo; False where there is no database yet."""
    try:
        with transaction.atomic():
            return Installation.objects.filter(kind=Installation.Kind.DEMO).exists()
    except DatabaseError:
        return False


def demo_hint() -> list[str]:
    """This will give the lines a demo shows on its sign-in page, none elsewhere."""
    if not is_demo():
        return []
    people = "、".join(f"{user.email}（{user.name}）" for user in invented())
    return [
        _("これは見本です。ここの人は、みな架空です：%(people)s") % {"people": people},
        _(
            "パスワードはみな同じ「%(password)s」。番号は、端末の「./madobe demo code hana」で出ます。"
        )
        % {"password": PASSWORD},
    ]
