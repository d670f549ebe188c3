"""Making a demo: a small living city from real facts."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from madobe.accounts.actions.inventing import invent_people
from madobe.directory.actions.founding import load_founding
from madobe.directory.actions.importing import ImportRequest, import_windows
from madobe.web.actions.installation import claim_for_demo

BY = "demo"
WINDOWS = "municipal_windows"


@transaction.atomic
def make_demo(*, open_data: Path, at: datetime, say: Callable[[str], None]) -> bool:
    """Fill an empty database with the founding facts and, where they lie in `open_data`, the municipal windows.

    True when it was filled now, False when it is a demo already (then nothing changes). All or nothing.
    `say` gets a line for people at each step. Raises DatabaseIsNotADemo for any other database.
    """
    if not claim_for_demo(at=localdate(at)):
        return False
    loaded = load_founding(by=BY, at=at)
    say(f"{loaded.added} places of Akishima, Tokyo and the whole country")
    say(f"{len(invent_people(by=BY, at=at))} invented people who work here")
    windows = open_data / WINDOWS
    if not windows.is_dir():
        say(f"no municipal windows at {windows} (MADOBE_OPEN_DATA): going without them")
        return True
    report = import_windows(request=ImportRequest(files=[windows], by=BY, at=at, say=say))
    say(f"{report.added} rows of municipal windows, {len(report.problems)} to look at by hand")
    return True
