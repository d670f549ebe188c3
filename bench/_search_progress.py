"""Lines of progress of a step of the search bench: stdout belongs to its figures."""

import sys


def say(line: str) -> None:
    """This will show a line to people."""
    print(line, file=sys.stderr, flush=True)
