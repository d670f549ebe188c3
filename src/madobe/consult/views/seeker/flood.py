"""The memory of one process about floods; see rules.flood. Nothing of it is written anywhere."""

import secrets
import time
from threading import Lock
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from madobe.consult.rules.flood import Counters, Verdict

_counters: Final = Counters(secrets.token_bytes(32))
_lock: Final = Lock()


def verdict_on(request: HttpRequest, text: str, *, urgent: bool, proven: bool) -> Verdict:
    """This will count a letter that has come. `proven`: its form shows the work of rules.work."""
    with _lock:
        return _counters.note(
            source=_source(request),
            text=text,
            urgent=urgent,
            proven=proven,
            now=time.monotonic(),
        )


def is_under_attack() -> bool:
    """This will say whether this process sees a flood: only then a form has room for work."""
    with _lock:
        return _counters.is_under_attack(time.monotonic())


def _source(request: HttpRequest) -> str:
    """Where a request comes from: behind our own proxy, what that proxy added last."""
    if settings.HTTPS:
        return request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
