"""Snapshots on disk: a folder of plain arrays and one JSON file each, and a pointer to the current one.

The pointer is replaced in one step, so that a reader sees the old snapshot or the new one, never half of one.
Arrays are mapped, not read: all processes share the pages, and nothing in a file is ever executed.
"""

import json
import os
import shutil
import time
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

POINTER = "current"
FACTS = "facts.json"
GRACE_SECONDS = 60  # a process may still be opening the snapshot that was current a moment ago
SMALL = 1 << 16  # bytes: smaller arrays are read, a mapping would cost more than it saves


class SnapshotDamaged(ValueError):
    """A file of a snapshot is missing or not what was written. `madobe index` makes a new one."""


class Pointer(NamedTuple):
    """What the pointer said when it was read: `stamp` changes with every new snapshot."""

    stamp: tuple[int, int]
    name: str


def folder_of(data: Path) -> Path:
    """This will give the folder of snapshots below the data directory."""
    return data / "search"


def stamp(folder: Path) -> tuple[int, int] | None:
    """This will give the stamp of the pointer, None where there is no snapshot. One `stat`."""
    try:
        found = os.stat(folder / POINTER)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def read_pointer(folder: Path) -> Pointer | None:
    """This will tell which snapshot is current."""
    at = stamp(folder)
    if at is None:
        return None
    try:
        name = (folder / POINTER).read_text("utf-8").strip()
    except OSError:
        return None
    return Pointer(at, name) if name and "/" not in name and name not in (".", "..") else None


def save(folder: Path, arrays: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """This will write a snapshot, make it the current one, and return its name.

    The name holds revision and content hash; the same content again is not written twice.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    name = f"{facts['revision']}-{_hash(arrays, text)}"
    target, making = folder / name, folder / f".making-{os.getpid()}"
    if not (target / FACTS).exists():
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        for key, array in arrays.items():
            np.save(making / f"{key}.npy", np.ascontiguousarray(array), allow_pickle=False)
        (making / FACTS).write_text(text, "utf-8")
        try:
            making.replace(target)
        except OSError:  # another process has just put the same there
            shutil.rmtree(making, ignore_errors=True)
            if not (target / FACTS).exists():
                raise
    fresh = folder / f".{POINTER}-{os.getpid()}"
    fresh.write_text(name, "utf-8")
    fresh.replace(folder / POINTER)
    return name


def load(folder: Path, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """This will map the arrays of a snapshot and read the facts beside them."""
    facts = read_facts(folder, name)
    try:
        arrays = {path.stem: _mapped(path) for path in (folder / name).glob("*.npy")}
    except (OSError, ValueError) as error:
        raise SnapshotDamaged(f"{folder / name}: {error}") from error
    return arrays, facts


def read_facts(folder: Path, name: str) -> dict[str, Any]:
    """This will read the facts beside the arrays of a snapshot."""
    try:
        found: dict[str, Any] = json.loads((folder / name / FACTS).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SnapshotDamaged(f"{folder / name}: {error}") from error
    return found


def remove_old(folder: Path, *, now: float | None = None) -> list[str]:
    """This will remove snapshots that have not been current for a while; returns their names."""
    current = read_pointer(folder)
    limit = (time.time() if now is None else now) - GRACE_SECONDS
    if current is None or os.stat(folder / POINTER).st_mtime > limit:
        return []
    gone = []
    for place in folder.iterdir():
        if place.is_dir() and place.name != current.name and place.stat().st_mtime < limit:
            shutil.rmtree(place, ignore_errors=True)
            gone.append(place.name)
    return sorted(gone)


def _mapped(path: Path) -> Any:
    if path.stat().st_size < SMALL:
        return np.load(path, allow_pickle=False)
    return np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)


def _hash(arrays: Mapping[str, Any], text: str) -> str:
    content = blake2b(text.encode(), digest_size=10)
    for key, array in sorted(arrays.items()):
        content.update(key.encode())
        content.update(np.ascontiguousarray(array).data if array.size else b"")
    return content.hexdigest()
