"""HSDS JSON from outside: objects, lists, pages of an API, ndjson, folders of them; read in pieces, never trusted."""

import gzip
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from madobe.directory.rules.csv_file import GZIP, FileRefusedError

MOST_BYTES = 64 * 1024 * 1024  # of a file that is one JSON document
LONGEST_LINE = 4 * 1024 * 1024  # of ndjson
MOST_LINES = 5_000_000
ENDINGS = (".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz", ".jsonl.gz")
# not records: descriptions of the data and of the API, and tables of CSV files as JSON
_BESIDE = ("datapackage", "root", "base", "tabular", "openapi", "profile", "location")
_KINDS = ("service_at_location", "service", "organization", "taxonomy_term", "taxonom")
_ORDER = ("service", "service_at_location", "organization", "taxonomy", "taxonomy_term")


@dataclass(frozen=True)
class Found:
    """One record of a file. `number`: its place in it, from 1; `fault`: why it could not be read."""

    file: str
    number: int
    kind: str  # "service" … ; "" where neither name nor content tells
    document: Any = None
    fault: str = ""


@dataclass(frozen=True)
class _File:
    path: Path
    kind: str


def files_of(paths: Sequence[Path]) -> list[Path]:
    """This will give the files to read, services first, fuller ones before lists.

    Raises FileRefusedError for a path that is not there or a folder without any.
    """
    found: list[_File] = []
    for path in paths:
        if path.is_dir():
            inside = [
                one
                for one in sorted(path.rglob("*"))
                if one.is_file() and one.name.endswith(ENDINGS) and _stem(one) not in _BESIDE
            ]
            if not inside:
                raise FileRefusedError(
                    f"{path} holds no .json or .ndjson file. Name the folder of the records."
                )
            found += [_File(one, _kind_by_name(one)) for one in inside]
        elif path.is_file():
            found.append(_File(path, _kind_by_name(path)))
        else:
            raise FileRefusedError(f"{path} is not there. Check the path and try again.")
    found.sort(key=lambda one: (_rank(one.kind), "list" in one.path.name, str(one.path)))
    return [one.path for one in found]


def records_of(path: Path) -> Iterator[Found]:
    """This will give every record of one file, in its order. Raises FileRefusedError where nothing can be read."""
    hint = _kind_by_name(path)
    try:
        with _opened(path) as stream:
            if _stem_endings(path).intersection({".ndjson", ".jsonl"}):
                yield from _lines(stream, path.name, hint)
            else:
                yield from _whole(stream, path.name, hint)
    except OSError as error:
        raise FileRefusedError(f"{path} cannot be read ({error.strerror or error}).") from error
    except (EOFError, zlib.error) as error:
        raise FileRefusedError(f"{path.name} is a damaged gzip file. Download it again.") from error


def kind_of(document: Any) -> str:
    """This will tell a record by what it holds, where its file's name does not."""
    if not isinstance(document, dict):
        return ""
    if (
        isinstance(document.get("service"), dict)
        or {"service_id", "location_id"} <= document.keys()
    ):
        return "service_at_location"
    if {"term_uri", "taxonomy", "taxonomy_detail", "taxonomy_id", "parent_id"} & document.keys():
        return "taxonomy_term"
    if (
        "status" in document
        or {"service_at_locations", "organization", "organization_id"} & document.keys()
    ):
        return "service"
    if "version" in document and "description" in document:
        return "taxonomy"
    return "organization" if {"name", "description"} & document.keys() else ""


def _opened(path: Path) -> BinaryIO:
    stream = path.open("rb")
    packed = stream.read(2) == GZIP
    stream.seek(0)
    return gzip.GzipFile(fileobj=stream) if packed else stream  # type: ignore[return-value]


def _whole(stream: BinaryIO, name: str, hint: str) -> Iterator[Found]:
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FileRefusedError(
            f"{name} is larger than {MOST_BYTES // 1024 // 1024} MB. Give large data as ndjson, a record a line."
        )
    try:
        document = _json(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FileRefusedError(
            f"{name} is not UTF-8 from byte {error.start} on. Save it as UTF-8."
        ) from error
    except (ValueError, RecursionError) as error:
        raise FileRefusedError(f"{name} is not JSON ({_short(error)}).") from error
    if isinstance(document, dict) and isinstance(document.get("contents"), list):
        document = document["contents"]
    for number, one in enumerate(document if isinstance(document, list) else [document], start=1):
        yield Found(name, number, hint or kind_of(one), one)


def _lines(stream: BinaryIO, name: str, hint: str) -> Iterator[Found]:
    reader = io.BufferedReader(stream)  # type: ignore[type-var]
    number = 0
    while line := reader.readline(LONGEST_LINE + 1):
        number += 1
        if number > MOST_LINES:
            raise FileRefusedError(f"{name} has more than {MOST_LINES} lines. Give it in parts.")
        if len(line) > LONGEST_LINE:
            yield Found(
                name,
                number,
                hint,
                fault=f"This line is longer than {LONGEST_LINE // 1024 // 1024} MB.",
            )
            while line and not line.endswith(b"\n"):
                line = reader.readline(LONGEST_LINE)
            continue
        if not line.strip():
            continue
        try:
            document = _json(line.decode("utf-8-sig"))
        except UnicodeDecodeError:
            yield Found(name, number, hint, fault="This line is not UTF-8.")
        except (ValueError, RecursionError) as error:
            yield Found(name, number, hint, fault=f"This line is not JSON ({_short(error)}).")
        else:
            yield Found(name, number, hint or kind_of(document), document)


def _json(text: str) -> Any:
    def refused(name: str) -> Any:
        raise ValueError(f"{name} is no number")

    return json.loads(text, parse_constant=refused)


def _short(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)[:100]


def _kind_by_name(path: Path) -> str:
    for name in (_stem(path), path.parent.name):
        for kind in _KINDS:
            if name.startswith(kind):
                return "taxonomy" if kind == "taxonom" else kind
    return ""


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind else _ORDER.index("service")


def _stem(path: Path) -> str:
    return path.name.split(".")[0]


def _stem_endings(path: Path) -> set[str]:
    return set(path.suffixes)
