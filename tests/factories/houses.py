"""A house in which people work and somebody has written: keys, a duty group, sheets, sealed letters."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from madobe.accounts.models import User
from madobe.vault.actions.cases import begin_case
from madobe.vault.actions.groups import make_group
from madobe.vault.actions.members import make_member_key, unlock_member_key
from madobe.vault.actions.recovery import make_recovery
from madobe.vault.keyring import Keyring, NotYours
from madobe.vault.models import HolderKey
from madobe.vault.registry import SealedColumn
from madobe.vault.rules.members import Cost
from madobe.web.models import Feedback
from tests.factories.accounts import make_user

AT = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
CHEAP = Cost(rounds=2, mebibytes=19)
PASSPHRASE = "asa no hikari to kaze"
DESK = "desk:1"
# No table of ours is sealed by this number; the letter lies in hex where a test finds it again.
LETTER = SealedColumn(number=65000, model="web.Feedback", column="comment", case="page")


@dataclass(frozen=True)
class House:
    sheets: tuple[str, ...]
    hana: User
    letters: dict[UUID, str]  # case -> what was written


def furnish(*, letters: int = 3) -> House:
    """This will make a house with one counsellor and some letters, held by her, the duty group and the sheets."""
    hana = make_user("hana@example.jp")
    keyring = make_member_key(owner=hana.actor_id, passphrase=PASSPHRASE, at=AT, cost=CHEAP)
    make_group(owner=DESK, members=[keyring.holder], at=AT)
    sheets = make_recovery(at=AT)
    written: dict[UUID, str] = {}
    for _ in range(letters):
        written |= another_letter()
    return House(sheets, hana, written)


def another_letter() -> dict[UUID, str]:
    """One more letter, held by every living key there is."""
    case = uuid4()
    readers = list(HolderKey.objects.filter(retired_at__isnull=True))
    opened = begin_case(case=case, readers=readers, on=AT.date()).opened
    text = f"letter {case}"
    Feedback.objects.create(
        page=str(case),
        language="ja",
        comment=opened.seal_text(LETTER, case, text).hex(),
        received_date=AT.date(),
    )
    return {case: text}


def keyring_of(user: User, passphrase: str = PASSPHRASE) -> Keyring:
    return unlock_member_key(owner=user.actor_id, passphrase=passphrase)


def read_by(keyring: Keyring) -> dict[UUID, str]:
    """Every letter this keyring reads, from the tables as they are."""
    read = {}
    for row in Feedback.objects.exclude(page=""):
        case = UUID(row.page)
        try:
            read[case] = keyring.open(case).text(LETTER, case, bytes.fromhex(row.comment))
        except NotYours:
            continue
    return read
