"""`madobe import wam`: the offices of 障害福祉サービス等情報公表システム, one service a row, all or nothing."""

import calendar
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from madobe.directory.actions.importing.files import read_bytes
from madobe.directory.actions.importing.report import ImportRequest, Report
from madobe.directory.actions.importing.take import take_release
from madobe.directory.models import SourceRecord
from madobe.directory.rules.csv_file import FileRefusedError, Problem
from madobe.directory.rules.postal import PostalCodes, read_postal_codes
from madobe.directory.rules.release import Entry, Release
from madobe.directory.rules.wam.columns import CITY
from madobe.directory.rules.wam.service import read_office
from madobe.directory.rules.wam.source import SECOND, Office, WamFiles, office_identity, read_files

SOURCE = "wam"
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])(?:[-_]?([0-2]\d|3[01]))?(?!\d)")
_DRAFTS_A_LINE = 1000


def import_wam(*, request: ImportRequest) -> Report:
    """This will take one release in and say what it did. Raises FileRefusedError, then nothing is written.

    A row is known by its NO within its service kind; the scope are the service kinds the files hold.
    """
    paths = _files(request.files)
    read = read_files([(p.name, read_bytes(p)) for p in paths], known=_known())
    if request.prefecture:
        _keep_only(request.prefecture, read)
    released = _released(request, paths)
    postal = _postal(request, paths[0].parent)
    request.say(f"{len(paths)} files: {read.rows} rows")
    problems = [*read.problems]
    drafts = []
    for number, office in enumerate(read.offices, start=1):
        one, doubts = read_office(office, released=released, postal=postal)
        drafts.append(one)
        problems.extend(doubts)
        if number % _DRAFTS_A_LINE == 0 or number == len(read.offices):
            request.say(f"read {number} of {len(read.offices)} offices")
    if not released:
        reason = "いつの公表か、ファイルやフォルダの名前から分かりません。公開していません。--release 2024-09 のように添えてください。"
        problems.append(Problem(0, "", "", reason))
        request.say("No file or folder name says which release this is: nothing new is shown. Add --release 2024-09.")  # fmt: skip
    return take_release(release=_release(read, released, problems), drafts=drafts, request=request)


def _keep_only(prefecture: str, read: WamFiles) -> None:
    """Leave the offices of one prefecture; what a part does not hold is not gone."""
    read.offices = [one for one in read.offices if one.cells[CITY].startswith(prefecture)]
    kept = {one.key for one in read.offices}
    read.doubles &= kept
    read.rows = len(read.offices) + read.rejected + read.repeated
    read.scopes = set()


def _files(named: Sequence[Path]) -> list[Path]:
    """Every CSV named, and those of a folder named; one of a file and its gzip."""
    found: dict[str, Path] = {}
    for path in named:
        if path.is_dir():
            inside = [one for end in ("csv.gz", "csv") for one in sorted(path.glob(f"*.{end}"))]
            if not inside:
                raise FileRefusedError(f"{path} holds no CSV. Name the folder of the release.")
        elif path.is_file():
            inside = [path]
        else:
            raise FileRefusedError(f"{path} is not there. Check the path and try again.")
        found.update({str(one).removesuffix(".gz"): one for one in inside})
    return [found[name] for name in sorted(found)]


def _released(request: ImportRequest, paths: Sequence[Path]) -> str:
    """The day of the release: said, or in the name of a file or its folder, or the day of what is here already."""
    if request.released:
        return _day(request.released)
    named = {_day(p.name) or _day(p.resolve().parent.name) for p in paths} - {""}
    if named:
        return max(named)
    last = SourceRecord.objects.filter(source=SOURCE).order_by("-release").first()
    return last.release if last else ""


def _day(text: str) -> str:
    found = _MONTH.search(text)
    if found is None:
        return ""
    year, month = int(found[1]), int(found[2])
    last = calendar.monthrange(year, month)[1]
    return f"{year}-{month:02}-{min(int(found[3] or last), last) or last:02}"


def _postal(request: ImportRequest, folder: Path) -> PostalCodes:
    if request.postal is not None:
        if not request.postal.is_file():
            raise FileRefusedError(f"{request.postal} is not there. Check the path and try again.")
        return read_postal_codes(read_bytes(request.postal), name=request.postal.name)
    beside = sorted((folder.parent / "postal").glob("postal_codes*.csv*"))
    if not beside:
        return PostalCodes()
    request.say(f"postal codes: {beside[-1].name}")
    return read_postal_codes(read_bytes(beside[-1]), name=beside[-1].name)


def _known() -> Mapping[str, Mapping[str, str]]:
    """Offices that shared a NO in an earlier release: base key → identity → key."""
    records = SourceRecord.objects.filter(source=SOURCE)
    second = list(records.filter(key__contains=SECOND))
    bases = {one.key.split(SECOND)[0] for one in second}
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for one in (*records.filter(key__in=bases), *second):
        known[one.key.split(SECOND)[0]][office_identity(one.raw)] = one.key
    return known


def _release(read: WamFiles, released: str, problems: Sequence[Problem]) -> Release:
    return Release(
        source=SOURCE,
        name=released,
        rows=read.rows,
        entries=[_entry(office) for office in read.offices],
        scopes=frozenset(read.scopes),
        refused_keys=frozenset(read.refused_keys),
        doubles=frozenset(read.doubles),
        rejected=read.rejected,
        duplicates=len(read.doubles) + read.repeated,
        problems=problems,
    )


def _entry(office: Office) -> Entry:
    return Entry(office.key, office.kind.code, office.number, office.cells)
