"""What upper floors may say on the sign-in page: a demo shows how to get in."""

from collections.abc import Callable

_HINTS: list[Callable[[], list[str]]] = []


def register_hint(hint: Callable[[], list[str]]) -> None:
    """This will add a source of lines for the sign-in page; call it in `apps.ready()`."""
    _HINTS.append(hint)


def hints() -> list[str]:
    """This will give the lines to show, none on a real installation."""
    return [line for hint in _HINTS for line in hint()]
