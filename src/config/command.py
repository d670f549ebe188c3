"""The one command, `madobe`: ours and Django's own, from the same door."""

import os
import sys


def main() -> None:
    """Run the management command named on the command line; exit codes as in docs/contract.md."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["madobe", *sys.argv[1:]])


if __name__ == "__main__":
    main()
