"""Whether an operator may be listed (domain §5, listing checklist; trust T13): questions, answers, what follows."""

import hashlib
import json
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

MONTHS_VALID = 12
YES, NO, NOT_APPLICABLE = "yes", "no", "not_applicable"
_OFFICIAL = (".go.jp", ".lg.jp")
FACTS = ("name", "sector", "corporate_number", "website")


@dataclass(frozen=True)
class Item:
    """One question of the checklist. `blocks`: a "no" means never; `may_not_apply`: it can be beside the point."""

    code: str
    blocks: bool = False
    may_not_apply: bool = False


PRIVATE_ITEMS = (
    Item("consent", blocks=True),  # the person's own consent
    Item("visit_announced", may_not_apply=True),
    Item("price_in_writing", may_not_apply=True),  # price and refund
    Item("free_to_leave", blocks=True),
    Item("contact_kept"),  # with family and outside
    Item("scheme"),  # registered with a public scheme, or recommended by a public body
)
PUBLIC_ITEMS = (Item("public_body"),)


@dataclass(frozen=True)
class Reply:
    """One answer, with a word on it."""

    answer: str
    note: str = ""


@dataclass(frozen=True)
class Checklist:
    """What one person answered: a reply for each item, and what they looked at."""

    replies: Mapping[str, Reply]
    evidence: str
    evidence_url: str = ""


def items_for(sector: str) -> tuple[Item, ...]:
    """This will give the questions for an operator of this sector."""
    return PUBLIC_ITEMS if sector == "public" else PRIVATE_ITEMS


def needed_for(sector: str) -> int:
    """This will give how many people must each find everything in order: one for a public body, else two."""
    return 1 if sector == "public" else 2


def missing(checklist: Checklist, sector: str) -> list[str]:
    """This will give what is not answered yet: codes of items, "evidence", "evidence_url" (not an address)."""
    lacking = []
    for item in items_for(sector):
        reply = checklist.replies.get(item.code)
        allowed = (YES, NO, NOT_APPLICABLE) if item.may_not_apply else (YES, NO)
        if reply is None or reply.answer not in allowed:
            lacking.append(item.code)
    if not checklist.evidence.strip():
        lacking.append("evidence")
    if checklist.evidence_url and not is_web_address(checklist.evidence_url):
        lacking.append("evidence_url")
    return lacking


def blocking(checklist: Checklist, sector: str) -> list[str]:
    """This will give the items whose "no" means: never (someone is taken or kept against their will)."""
    return [
        item.code
        for item in items_for(sector)
        if item.blocks and checklist.replies[item.code].answer == NO
    ]


def against(checklist: Checklist, sector: str) -> list[str]:
    """This will give every item answered "no"."""
    return [item.code for item in items_for(sector) if checklist.replies[item.code].answer == NO]


def is_official_site(website: str) -> bool:
    """Whether an address is under a domain only public bodies are given."""
    host = (urlsplit(website).hostname or "") if is_web_address(website) else ""
    return host.endswith(_OFFICIAL)


def is_web_address(text: str) -> bool:
    """Whether this is an http(s) address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and "." in (parts.hostname or "")
        and not any(c.isspace() for c in text)
        and len(text) <= 500
    )


def fingerprint(facts: Mapping[str, str]) -> str:
    """This will give a short mark of the facts vetted: other facts, another mark."""
    text = json.dumps([facts[one] for one in FACTS], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def expiry(day: date, months: int = MONTHS_VALID) -> date:
    """This will give the day so many months later (31 March + 1 month = 30 April)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
