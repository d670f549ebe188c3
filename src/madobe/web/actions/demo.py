"""Making a demo: a small living city from real facts."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from madobe.accounts.actions.inventing import invent_people
from madobe.accounts.actions.inventing_keys import WORDS, invent_keys
from madobe.accounts.models import User
from madobe.accounts.queries.seats import actor_of
from madobe.accounts.readers import may_read
from madobe.consult.actions.inventing import LETTERS, invent_letters, words_of_letter
from madobe.consult.actions.staff.inventing import invent_templates
from madobe.consult.reach import Hand
from madobe.desks.actions import leave_set_up_mode
from madobe.desks.actions.inventing import invent_desk
from madobe.directory.actions.founding import load_founding
from madobe.directory.actions.importing import ImportRequest, import_wam, import_windows
from madobe.vault.actions.members import unlock_member_key
from madobe.web.actions.installation import claim_for_demo

BY = "demo"
WINDOWS, OFFICES = "municipal_windows", "wam_2024-09"
# 生活訓練 and 就労移行支援: the two kinds of the register people see (docs/adr/0008-wam.md). The whole country would
# make a demo wait for two minutes.
SHOWN = ("csvdownload042.csv.gz", "csvdownload060.csv.gz")
PREFECTURE = "東京都"


@transaction.atomic
def make_demo(*, open_data: Path, at: datetime, say: Callable[[str], None]) -> bool:
    """Fill an empty database with the founding facts and, where they lie in `open_data`, the municipal windows and
    the offices of the WAM register people see.

    True when it was filled now, False when it is a demo already (then nothing changes). All or nothing.
    `say` gets a line for people at each step. Raises DatabaseIsNotADemo for any other database.
    """
    if not claim_for_demo(at=localdate(at)):
        return False
    loaded = load_founding(by=BY, at=at)
    say(f"{loaded.added} places of Akishima, Tokyo and the whole country")
    people = invent_people(by=BY, at=at)
    say(f"{len(people)} invented people who work here")
    sheets = _open_desk(people, at=at)
    say(
        f"an invented desk with {len(LETTERS)} invented letters; the words of the first: {words_of_letter(0)}"
    )
    for number, sheet in enumerate(sheets, start=1):
        say(f"recovery sheet {number} of the demo, good for nothing else: {sheet}")
    for what, files, take in (
        ("municipal windows", [open_data / WINDOWS], import_windows),
        (
            f"offices of the WAM register in {PREFECTURE}",
            [open_data / OFFICES / one for one in SHOWN],
            import_wam,
        ),
    ):
        if not all(one.exists() for one in files):
            say(f"no {what} at {files[0]} (MADOBE_OPEN_DATA): going without them")
            continue
        request = ImportRequest(files=files, by=BY, at=at, prefecture=PREFECTURE, say=say)
        report = take(request=request)
        say(f"{report.added} rows of {what}, {len(report.problems)} to look at by hand")
    return True


def _open_desk(people: Sequence[User], *, at: datetime) -> Sequence[str]:
    """Play the set-up with keys everybody knows: a desk, its people, the sheets, the drill; letters arrive."""
    readers = [one for one in people if may_read(one)]
    desk = invent_desk(by=BY, at=at, members=[one.actor_id for one in readers])
    invent_templates(desk_id=desk.pk)
    sheets = invent_keys(by=BY, at=at)
    leave_set_up_mode(desk_id=desk.pk, key_holders=len(readers), drill_passed=True, by=BY, at=at)
    first = readers[0]
    keyring = unlock_member_key(owner=first.actor_id, passphrase=WORDS)
    invent_letters(desk_id=desk.pk, hand=Hand(actor_of(first), keyring, (desk,)), at=at)
    return sheets
