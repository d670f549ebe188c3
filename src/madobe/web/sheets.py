"""Asking for two of the three recovery sheets on the command line: typed unseen, or read from a file."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path

from django.core.management import CommandError

from madobe.vault.rules.recovery import NEEDED
from madobe.vault.rules.sheets import WORDS, Sheet, read_sheet


def add_arguments(parser: ArgumentParser) -> None:
    """Where the sheets come from."""
    parser.add_argument(
        "--sheets",
        type=Path,
        metavar="FILE",
        help="two of the recovery sheets, one a line; without it they are asked for",
    )


def sheets_from(file: Path | None) -> list[str]:
    """This will give the sheets as typed. No word of them is ever printed, not even a wrong one. Raises CommandError."""
    if file is None:
        return [_asked(number) for number in range(1, NEEDED + 1)]
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"{file} cannot be read. Give a text file with one sheet a line."
        ) from error
    read = [read_sheet(line) for line in lines if line.strip()]
    whole = [sheet.text for sheet in read if sheet.is_whole]
    if len(whole) >= NEEDED:  # of three, one may be misspelt
        return whole
    for number, sheet in enumerate(read, start=1):
        if not sheet.is_whole:
            raise CommandError(
                f"Sheet {number} in {file}: {_whats_wrong(sheet)}. Compare it with the paper."
            )
    raise CommandError(f"{NEEDED} different sheets are needed; {file} holds {len(read)}.")


def _asked(number: int) -> str:
    if not sys.stdin.isatty():
        raise CommandError(
            "The recovery sheets are asked for on a terminal. Elsewhere give --sheets FILE with one sheet a line."
        )
    while True:
        try:
            typed = getpass(f"Sheet {number} of {NEEDED} (what you type is not shown): ")
        except (EOFError, KeyboardInterrupt):
            raise CommandError("Stopped; nothing was changed.") from None
        sheet = read_sheet(typed)
        if sheet.is_whole:
            return sheet.text
        print(f"{_whats_wrong(sheet)}. Once more.", file=sys.stderr)  # noqa: T201


def _whats_wrong(sheet: Sheet) -> str:
    """Places only: what was typed stays unseen, and so does what it may have been."""
    if sheet.amiss:
        places = ", ".join(str(one.place) for one in sheet.amiss)
        return f"not in the list of words: word {places}"
    if len(sheet.words) != WORDS:
        return f"a sheet has {WORDS} words, these are {len(sheet.words)}"
    return "all words are in the list, and at least one is another than on the sheet"
