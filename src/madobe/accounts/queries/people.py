"""The people who work here, as one who looks after them may see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, Q, QuerySet

from madobe.accounts.choices import Role
from madobe.accounts.models import Invitation, Membership, StaffSession, User
from madobe.desks.registry import Member
from madobe.directory.models import Organization
from madobe.lib.actor import Actor

MOST_PLACES = 20


def _within(actor: Actor, prefix: str = "") -> Q:
    """What belongs to the organizations somebody administers; everything for those who administer all."""
    if actor.has(Role.ADMIN):
        return Q()
    return Q(**{f"{prefix}organization__in": actor.organizations(Role.ADMIN)})


def people(actor: Actor) -> QuerySet[User]:
    """This will give the people somebody looks after, those who have left last."""
    mine = User.objects.filter(
        pk__in=Membership.objects.filter(_within(actor)).values("user")
    ) if not actor.has(Role.ADMIN) else User.objects.all()  # fmt: skip
    shown = Membership.objects.filter(_within(actor)).select_related("organization")
    return mine.prefetch_related(Prefetch("memberships", shown)).order_by(
        "-is_active", "name", "pk"
    )


def person(actor: Actor, user_id: UUID) -> User | None:
    """This will give one of them, or None."""
    return people(actor).filter(pk=user_id).first()


def memberships(actor: Actor, user: User) -> QuerySet[Membership]:
    """This will give the roles of somebody, as far as the actor looks after them."""
    return (
        user.memberships.filter(_within(actor))
        .select_related("organization")
        .order_by("organization__name", "role")
    )


def invitations(actor: Actor, *, at: datetime) -> QuerySet[Invitation]:
    """This will give the invitations still open, of the places the actor administers."""
    return (
        Invitation.objects.filter(
            _within(actor), accepted_at=None, withdrawn_at=None, expires_at__gt=at
        )
        .select_related("organization")
        .order_by("-invited_at")
    )


def places_of(actor: Actor) -> list[tuple[str, str]]:
    """This will give (id, name) of the organizations somebody administers."""
    mine = Organization.objects.filter(pk__in=actor.organizations(Role.ADMIN)).order_by("name")
    return [(str(one.pk), one.name) for one in mine]


def places_named(written: str, *, actor: Actor) -> list[tuple[str, str]]:
    """This will give (id, name) of the organizations meant by an id or a name, of those the actor administers."""
    try:
        wanted = Q(pk=UUID(written))
    except ValueError:
        wanted = Q(name=written)
    mine = Organization.objects.filter(wanted)
    if not actor.has(Role.ADMIN):
        mine = mine.filter(pk__in=actor.organizations(Role.ADMIN))
    return [
        (str(one.pk), f"{one.name} {one.corporate_number}".strip())
        for one in mine.order_by("name", "pk")[:MOST_PLACES]
    ]


@dataclass(frozen=True)
class Factor:
    """One second step of an account, as its owner sees it."""

    id: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None
    left: int | None = None  # codes of a sheet


def factors(user: User) -> list[Factor]:
    """This will give the second steps of an account."""
    found = []
    for one in Authenticator.objects.filter(user_id=user.pk).order_by("pk"):
        sheet = one.type == Authenticator.Type.RECOVERY_CODES
        found.append(
            Factor(
                id=one.pk,
                kind=one.type,
                name=one.data.get("name", ""),
                added_at=one.created_at,
                used_at=one.last_used_at,
                left=len(one.wrap().get_unused_codes()) if sheet else None,
            )
        )
    return found


def sessions(user: User, *, at: datetime) -> QuerySet[StaffSession]:
    """This will give where somebody is signed in, latest first."""
    return StaffSession.objects.filter(user_id=user.pk, expire_date__gt=at).order_by(
        "-signed_in_at"
    )


def names_of(actor_ids: set[str]) -> dict[str, str]:
    """This will give the names behind "staff:<uuid>", for the trail."""
    ids = {one.removeprefix("staff:") for one in actor_ids if one.startswith("staff:")}
    return {user.actor_id: user.name for user in User.objects.filter(pk__in=ids)}


def ids_of(written: str) -> list[str]:
    """This will give the ids meant by a name, an address or an id; whatever else was written, as it is."""
    if not written or ":" in written:
        return [written] if written else []
    meant = User.objects.filter(Q(name__icontains=written) | Q(email__icontains=written))
    return [user.actor_id for user in meant] or [written]


def own_roles(user: User) -> QuerySet[Membership]:
    """This will give all roles of somebody, place by place."""
    return user.memberships.select_related("organization").order_by("organization__name", "role")


def name_of_actor(by: str) -> str:
    """This will give the name of who did something, by the id beside it; "" for anything that is nobody's id."""
    try:
        key = UUID(by.removeprefix("staff:"))
    except ValueError:
        return ""
    return User.objects.filter(pk=key).values_list("name", flat=True).first() or ""


def members_for_duty(organization: UUID | None) -> list[Member]:
    """This will give who may be on duty at a desk of this organization: counsellors and coordinators there, by name."""
    grants = Membership.objects.filter(
        Q(organization=None) | Q(organization=organization),
        role__in=(Role.COUNSELLOR, Role.COORDINATOR),
    )
    here = User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("name", "pk")
    return [Member(one.actor_id, one.name) for one in here]
