"""Asking for two of the three recovery sheets on the command line: typed unseen, or read from a file."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path

from django.core.management import CommandError

from madobe.vault.rules.recovery import NEEDED, whats_wrong


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
        lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"{file} cannot be read. Give a text file with one sheet a line."
        ) from error
    wrong = {number: words for number, line in enumerate(lines, 1) if (words := whats_wrong(line))}
    if len(lines) - len(wrong) >= NEEDED:  # of three, one may be misspelt
        return lines
    for number, words in wrong.items():
        raise CommandError(f"Sheet {number} in {file}: {words}. Compare it with the paper.")
    raise CommandError(f"{NEEDED} different sheets are needed; {file} holds {len(lines)}.")


def _asked(number: int) -> str:
    if not sys.stdin.isatty():
        raise CommandError(
            "The recovery sheets are asked for on a terminal. Elsewhere give --sheets FILE with one sheet a line."
        )
    while True:
        try:
            sheet = getpass(f"Sheet {number} of {NEEDED} (what you type is not shown): ")
        except (EOFError, KeyboardInterrupt):
            raise CommandError("Stopped; nothing was changed.") from None
        wrong = whats_wrong(sheet)
        if not wrong:
            return sheet
        print(f"{wrong}. Once more.", file=sys.stderr)  # noqa: T201
