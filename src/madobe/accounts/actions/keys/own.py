"""One's own key: made, opened, locked with other words. No word of a passphrase is kept or written down."""

from datetime import datetime

from django.db import transaction

from madobe.accounts.actions.signing import end_sessions
from madobe.accounts.hashers import AT_ONCE
from madobe.accounts.models import User
from madobe.accounts.passwords import tidy_passphrase
from madobe.audit.actions import record
from madobe.vault.actions import members
from madobe.vault.keyring import Keyring
from madobe.vault.rules.members import Cost

COST = Cost()


@transaction.atomic
def make_key(*, user: User, passphrase: str, at: datetime) -> Keyring:
    """This will make somebody's key, unlocked. Raises HasAKeyAlready."""
    with AT_ONCE:
        keyring = members.make_member_key(
            owner=user.actor_id, passphrase=tidy_passphrase(passphrase), at=at, cost=COST
        )
    _written(user, "key.make", keyring, at=at)
    return keyring


def open_key(*, user: User, passphrase: str, at: datetime) -> Keyring:
    """This will unlock somebody's key. Raises NoKeyYet, PassphraseIsNotRight; the second is written down."""
    try:
        with AT_ONCE:
            keyring = members.unlock_member_key(
                owner=user.actor_id, passphrase=tidy_passphrase(passphrase)
            )
    except members.PassphraseIsNotRight:
        record(by=user.actor_id, action="key.refused", at=at, table="user", record_id=user.pk)
        raise
    _written(user, "key.open", keyring, at=at)
    return keyring


@transaction.atomic
def change_passphrase(*, user: User, old: str, new: str, session: str, at: datetime) -> Keyring:
    """This will lock somebody's key with other words and sign them out everywhere but in `session`.

    Raises NoKeyYet, PassphraseIsNotRight.
    """
    with AT_ONCE:
        members.change_passphrase(
            owner=user.actor_id, old=tidy_passphrase(old), new=tidy_passphrase(new), cost=COST
        )
        keyring = members.unlock_member_key(owner=user.actor_id, passphrase=tidy_passphrase(new))
    end_sessions(user, but=session)
    _written(user, "key.passphrase", keyring, at=at)
    return keyring


def note_closing(*, user: User, at: datetime) -> None:
    """This will write down that somebody locked their key before signing out."""
    record(by=user.actor_id, action="key.close", at=at, table="user", record_id=user.pk)


def _written(user: User, action: str, keyring: Keyring, *, at: datetime) -> None:
    record(by=user.actor_id, action=action, at=at, table="holderkey", record_id=keyring.holder.pk)
