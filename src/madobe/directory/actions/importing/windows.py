"""`madobe import windows`: the municipal windows of くらし支援ナビ, grouped into services, all or nothing."""

from zoneinfo import ZoneInfo

from madobe.directory.actions.importing.files import release_files
from madobe.directory.actions.importing.report import ImportRequest, Report
from madobe.directory.actions.importing.take import take_release
from madobe.directory.rules.release import Entry, Release
from madobe.directory.rules.windows.doubts import doubts_of
from madobe.directory.rules.windows.grouping import group
from madobe.directory.rules.windows.service import draft, hours_of, hours_problem
from madobe.directory.rules.windows.source import WindowFile, read_release

SOURCE = "windows"
JAPAN = ZoneInfo("Asia/Tokyo")


def import_windows(*, request: ImportRequest) -> Report:
    """This will take one release in and say what it did. Raises FileRefusedError, then nothing is written.

    A row is known by its `id`; the scope are the municipalities (and prefectures) the file names. With
    `dry_run` the same numbers come out and nothing is written.
    """
    name, files = release_files(request.files, main="offices", beside=("municipalities", "sources"))
    read = read_release(
        files["offices"],
        name=name,
        municipalities=files.get("municipalities"),
        sources=files.get("sources"),
    )
    request.say(f"{name}: {read.rows} rows")
    drafts = [draft(windows) for windows in group(read.windows)]
    return take_release(release=_release(read, request), drafts=drafts, request=request)


def _release(read: WindowFile, request: ImportRequest) -> Release:
    today = request.at.astimezone(JAPAN).date()
    problems = [*read.problems]
    for window in read.windows:
        problems.extend(doubts_of(window, today=today))
        unread = hours_problem(window)
        if unread:
            problems.append(unread)
    timed = [window for window in read.windows if window.cells["openingHours"]]
    certain = sum(1 for window in timed if hours_of(window).rows)
    if timed:
        request.say(
            f"hours: {certain} of {len(timed)} texts read for certain ({certain / len(timed):.0%}), "
            "the others kept as prose"
        )
    return Release(
        source=SOURCE,
        name=read.name,
        rows=read.rows,
        entries=[
            Entry(window.key, window.coverage.scope, window.number, window.cells)
            for window in read.windows
        ],
        scopes=read.scopes,
        refused_keys=read.refused_keys,
        rejected=read.rejected,
        duplicates=read.duplicates,
        problems=problems,
    )
