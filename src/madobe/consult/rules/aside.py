"""A letter that was set aside and what is typed now: neither takes the place of the other unseen."""

from hashlib import blake2b


def mark_of(aside: str) -> str:
    """This will give what a form carries to say which words of a set-aside letter stood in its box; "" for none."""
    return blake2b(aside.encode(), digest_size=12).hexdigest() if aside else ""


def is_held(aside: str, typed: str, *, shown: str | None) -> bool:
    """This will tell whether nothing of a set-aside letter is lost with what was typed.

    `shown`: the mark of the form it was typed in; None where that is not asked. What was in its box, its writer has
    changed or left as they liked.
    """
    return shown in (None, mark_of(aside)) or _plain(aside).strip() in _plain(typed)


def with_aside(aside: str, typed: str, *, shown: str | None) -> str:
    """This will give what stands in the box: what was set aside and then what was typed, unless the one holds the other."""
    if is_held(aside, typed, shown=shown):
        return typed
    return "\n\n".join(part for part in (aside.rstrip("\n"), typed) if part.strip())


def _plain(text: str) -> str:
    """Browsers send the ends of lines in their own way."""
    return text.replace("\r\n", "\n")
