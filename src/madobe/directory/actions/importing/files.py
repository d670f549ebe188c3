"""From what was named on the command line to the bytes of one release."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from madobe.directory.rules.csv_file import MOST_BYTES, FileRefusedError


def release_files(
    files: Sequence[Path], *, main: str, beside: Sequence[str]
) -> tuple[str, Mapping[str, bytes]]:
    """This will give the name of the main file and the bytes of every file found ("offices" -> …).

    A folder stands for the files in it; a main file of another name is taken when it is the only one left
    over. What lies beside the main file (municipalities.csv …) is read with it. Each may be gzip.
    Raises FileRefusedError with one sentence.
    """
    found: dict[str, Path] = {}
    others: list[Path] = []
    for path in files:
        if path.is_dir():
            for stem in (main, *beside):
                inside = _file_in(path, stem)
                if inside is not None:
                    found.setdefault(stem, inside)
            if main not in found:
                raise FileRefusedError(
                    f"{path} holds no {main}.csv or {main}.csv.gz. Name the folder of the release."
                )
        elif path.is_file():
            stem = path.name.split(".")[0]
            if stem in (main, *beside):
                found.setdefault(stem, path)
            else:
                others.append(path)
        else:
            raise FileRefusedError(f"{path} is not there. Check the path and try again.")
    if main not in found and len(others) == 1:
        found[main] = others.pop()
    if main not in found or others:
        names = ", ".join(str(path) for path in others) or ", ".join(str(path) for path in files)
        raise FileRefusedError(
            f"None of these is {main}.csv: {names}. Name one {main} file, or the folder of the release."
        )
    for stem in beside:
        near = _file_in(found[main].parent, stem)
        if stem not in found and near is not None:
            found[stem] = near
    return found[main].name, {stem: read_bytes(path) for stem, path in found.items()}


def _file_in(folder: Path, stem: str) -> Path | None:
    return next(
        (path for end in ("csv", "csv.gz") if (path := folder / f"{stem}.{end}").is_file()), None
    )


def read_bytes(path: Path) -> bytes:
    """This will give the bytes of a file that is not too large to be a release."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileRefusedError(
                f"{path} is larger than {MOST_BYTES // 1024 // 1024} MB. Give the release alone."
            )
        return path.read_bytes()
    except OSError as error:
        raise FileRefusedError(
            f"{path} cannot be read ({error.strerror}). Check that you may open it."
        ) from error
