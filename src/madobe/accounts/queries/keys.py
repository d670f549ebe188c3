"""Who has a key, and whose."""

from madobe.accounts.models import User
from madobe.vault.choices import Holder
from madobe.vault.holders import holder


def has_key(user: User) -> bool:
    """This will tell whether somebody has made a key that is theirs now."""
    return holder(Holder.MEMBER, user.actor_id) is not None
