"""Letters written by machines: absence notes, lists, letters that came back (RFC 3834, RFC 3464, RFC 2369)."""

from collections.abc import Mapping
from enum import StrEnum


class Machine(StrEnum):
    """Which kind of machine wrote; NONE: a person, as far as the letter tells."""

    NONE = ""
    CAME_BACK = "came_back"
    ANSWERS = "answers"
    LIST = "list"


def machine(headers: Mapping[str, str], content_type: str, sender: str) -> Machine:
    """This will tell whether a machine wrote. `headers`: names in small letters; `sender`: the bare address."""
    local = sender.partition("@")[0].lower()
    if (
        content_type == "multipart/report"
        or headers.get("return-path", "").strip() == "<>"
        or local in ("mailer-daemon", "postmaster")
    ):
        return Machine.CAME_BACK
    says = headers.get("auto-submitted", "no").split(";")[0].strip().lower()
    precedence = headers.get("precedence", "").strip().lower()
    if (
        says not in ("no", "")
        or precedence == "auto_reply"
        or any(name in headers for name in ("x-autoreply", "x-autorespond", "x-auto-reply"))
    ):
        return Machine.ANSWERS
    if (
        precedence in ("bulk", "list", "junk")
        or "list-id" in headers
        or "list-unsubscribe" in headers
    ):
        return Machine.LIST
    return Machine.NONE
