"""What tests of vetting share: an operator not yet vetted, and checklists as people fill them in."""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL as NAMES
from uuid import uuid5

from madobe.directory.actions.vetting import answer_checklist
from madobe.directory.models import Organization, Service, VettingRound
from madobe.directory.rules.vetting import Checklist, Reply, fingerprint
from madobe.lib.actor import EVERYWHERE, Actor
from tests.factories import staff
from tests.factories.directory import make_service

AT = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
ITEMS = (
    "consent", "visit_announced", "price_in_writing", "free_to_leave", "contact_kept", "scheme",
)  # fmt: skip


def actor(*roles: str, name: str = "佐藤", organization: object = EVERYWHERE) -> Actor:
    """A person; the same name is the same account."""
    return staff.actor(
        *roles, organization=organization, id=f"staff:{uuid5(NAMES, name)}", name=name
    )


SUZUKI, TANAKA = actor("verifier", name="鈴木"), actor("verifier", name="田中")


def operator(name: str = "まどべ舎", *, sector: str = "private", **fields: object) -> Organization:
    """An operator entered by hand, with one service that is ready, and nobody's word for it."""
    service = make_service(f"{name}の相談", listed=False)
    organization = service.organization
    for column, value in {"name": name, "sector": sector, "standing": "unvetted", **fields}.items():
        setattr(organization, column, value)
    organization.save()
    return organization


def only_service(organization: Organization) -> Service:
    return Service.objects.get(organization=organization)


def checklist(no: str = "", *, items: tuple[str, ...] = ITEMS, **fields: str) -> Checklist:
    """Everything in order, but for one item."""
    replies = {item: Reply("no" if item == no else "yes") for item in items}
    return Checklist(replies, **{"evidence": "登記簿と契約書の写しを見ました。", **fields})


PUBLIC = checklist(items=("public_body",))


def mark(organization: Organization) -> str:
    """What the page carries about the facts it showed."""
    found = Organization.objects.get(pk=organization.pk)
    return fingerprint(
        {
            "name": found.name,
            "sector": found.sector,
            "corporate_number": found.corporate_number,
            "website": found.website,
        }
    )


def answer(
    organization: Organization,
    by: Actor,
    *,
    said: Checklist | None = None,
    seen: str = "",
    at: datetime = AT,
) -> VettingRound:
    return answer_checklist(
        organization=organization.pk,
        checklist=said or checklist(),
        seen=seen or mark(organization),
        by=by,
        at=at,
    )
