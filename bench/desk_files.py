"""5,000 broken files somebody might send: kept or refused with a reason, no marker out, no time and memory lost.

The everyday tests do 300 of them (tests/consult/rules/test_attachments_mutated.py).
"""

import resource
import time
from collections import Counter
from collections.abc import Callable
from statistics import median

from bench import Row
from madobe.consult.rules.attachments import NotTaken, clean
from tests.factories.files import MARKED, found_in, mutated

FILES = 5_000
CONTROL_FILES = 500
SEED = 20261126
STEP = 1_000  # a line of progress


def measure(tell: Callable[[str], None]) -> list[Row]:
    """Errors and markers that got out (none is allowed), the control, and what the worst file costs."""
    came: Counter[str] = Counter()
    seconds: list[float] = []
    before = _peak()
    for count, file in enumerate(mutated(SEED, FILES), start=1):
        kept, start = b"", time.thread_time()
        try:
            kept = clean(file.name, file.data).data
        except NotTaken:
            came["refused"] += 1
        except Exception:
            came["error"] += 1
        seconds.append(time.thread_time() - start)
        came["kept"] += bool(kept)
        came["out"] += bool(found_in(kept, file.markers))
        if count % STEP == 0:
            tell(f"{count} files, {came['kept']} kept, {came['error'] + came['out']} faults")
    grown = _peak() - before
    control = sum(bool(found_in(file.data, file.markers)) for file in mutated(SEED, CONTROL_FILES))
    whole = [make() for make in MARKED.values()]
    lost = sum(found_in(file.data, file.markers) != set(file.markers) for file in whole)
    marked = sum(len(found_in(clean(file.name, file.data).data, file.markers)) for file in whole)
    return [
        Row("desk_files.errors", came["error"], 0, f"of {FILES} broken files: anything but kept or a reason"),
        Row("desk_files.markers_out", came["out"], 0, "files out of which a marker of a note came through"),
        Row("desk_files.kept", came["kept"] / FILES, 0.1, "share that could be kept: not broken beyond all reading", "higher"),
        Row("desk_files.control", control / CONTROL_FILES, 0.5, "share of broken files in which markers are seen before", "higher"),
        Row("desk_files.whole_out", marked, 0, "markers out of one whole file of each sort"),
        Row("desk_files.whole_control", lost, 0, "whole files in which not every marker is seen before"),
        Row("desk_files.slowest", max(seconds) / median(seconds), 2_000, "CPU of the slowest file over the median one"),
        Row("desk_files.memory", grown, 300, "MiB the process grew to at most, over all files"),
    ]  # fmt: skip


def _peak() -> float:
    """MiB this process has held at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
