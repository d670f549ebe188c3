"""The lists of choices as plain data, for what reads and writes them outside of the web."""

from django.utils import translation

from madobe.directory import choices

LISTS = ("Kind", "Sector", "Method", "Audience", "Function", "Reservation", "Fee", "Availability", "DoorKind")  # fmt: skip


def codes() -> dict[str, dict[str, str]]:
    """This will give every list by name: code → Japanese word, whatever language is on."""
    with translation.override("ja"):
        return {
            name: {str(code): str(word) for code, word in getattr(choices, name).choices}
            for name in LISTS
        }
