"""What every template knows."""

from typing import Any

from django.http import HttpRequest


def display(request: HttpRequest) -> dict[str, Any]:
    """This will give `display`, the reader's choice."""
    return {"display": getattr(request, "display", None), "request": request}
