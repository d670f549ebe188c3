"""The one command, `madobe`: ours and Django's own, from the same door."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

REFUSED, WRONG_USAGE = 1, 2


def main() -> None:
    """Run the management command named on the command line; exit codes as in docs/contract.md."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line, get_commands

    name = next(iter(sys.argv[1:]), "help")
    try:
        if not name.startswith("-") and name not in {"help", "version", *get_commands()}:
            sys.stderr.write(f"There is no command {name!r}; `madobe help` lists them.\n")
            sys.exit(WRONG_USAGE)
        if name != "guide":  # the guide alone needs no place of its own
            settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        execute_from_command_line(["madobe", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(REFUSED)
    except OSError as error:
        if error.filename is None:
            raise
        sys.stderr.write(
            f"{error.strerror}: {error.filename}. Choose a place that can be used (docs/operate.md).\n"
        )
        sys.exit(REFUSED)


if __name__ == "__main__":
    main()
