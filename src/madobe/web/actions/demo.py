"""Making a demo: a small living city from real facts."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from madobe.accounts.actions.inventing import invent_people
from madobe.directory.actions.founding import load_founding
from madobe.directory.actions.importing import ImportRequest, import_wam, import_windows
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
    say(f"{len(invent_people(by=BY, at=at))} invented people who work here")
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
