"""The one command, `madobe`: ours and Django's own, from the same door."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

REFUSED, WRONG_USAGE = 1, 2


def main() -> None:
    """Run the management command named on the command line; exit codes as in docs/contract.md."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # Nothing here multiplies matrices: NumPy need not hold memory for a thread on every core.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        import django
        from django.conf import settings
        from django.core.management import execute_from_command_line, get_commands

        django.setup()
        name = next(iter(sys.argv[1:]), "help")
        if not name.startswith("-") and name not in {"help", "version", *get_commands()}:
            _stop(WRONG_USAGE, f"There is no command {name!r}; `madobe help` lists them.")
        if name != "guide":  # the guide alone needs no place of its own
            _make_room(settings.DATA_DIR, "MADOBE_DATA")
            _make_room(settings.KEYS_DIR, "MADOBE_KEYS")
        execute_from_command_line(["madobe", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        _stop(REFUSED, str(error))


def _make_room(folder: os.PathLike[str], variable: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        _stop(
            REFUSED,
            f"{folder} cannot be made ({error.strerror}). Set {variable} to a folder that can be written to.",
        )


def _stop(code: int, sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
