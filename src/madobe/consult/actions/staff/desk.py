"""What a desk keeps for all its threads: beginnings of answers, and who is learning."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.audit.actions import record
from madobe.consult.actions.staff.errors import StaffRefusal
from madobe.consult.colleagues import colleagues
from madobe.consult.models import DeskTrainee, StaffTemplate
from madobe.consult.reach import Hand
from madobe.consult.times import day_of
from madobe.desks.models import Desk


class NotTheirDesk(StaffRefusal):
    """They do not look after this desk."""


class NobodyOfTheDesk(StaffRefusal):
    """Whoever is meant does not answer at this desk."""


@transaction.atomic
def keep_template(*, hand: Hand, desk_id: UUID, title: str, text: str, at: datetime) -> None:
    """This will keep a beginning of an answer for a desk. Raises NotTheirDesk."""
    desk = _answered(hand, desk_id)
    made = StaffTemplate.objects.create(desk=desk, title=title, text=text)
    record(by=hand.id, action="talk.template_kept", at=at, table="desk", record_id=desk.pk, detail={"template": str(made.pk)})  # fmt: skip


@transaction.atomic
def drop_template(*, hand: Hand, template_id: UUID, at: datetime) -> None:
    """This will take one away; False where it was gone. Raises NotTheirDesk."""
    found = StaffTemplate.objects.filter(pk=template_id).first()
    if found is None:
        raise NotTheirDesk
    desk = _answered(hand, found.desk_id)
    found.delete()
    record(by=hand.id, action="talk.template_dropped", at=at, table="desk", record_id=desk.pk)


@transaction.atomic
def name_trainee(*, hand: Hand, desk_id: UUID, member: str, learns: bool, at: datetime) -> None:
    """This will say whether a colleague looks at somebody's answers first; who coordinates says so.

    Raises NotTheirDesk, NobodyOfTheDesk.
    """
    desk = _answered(hand, desk_id)
    if not hand.leads(desk):
        raise NotTheirDesk
    if member not in {one.id for one in colleagues(desk)}:
        raise NobodyOfTheDesk
    if learns:
        DeskTrainee.objects.get_or_create(
            desk=desk, member=member, defaults={"since_date": day_of(at), "named_by": hand.id}
        )
    else:
        DeskTrainee.objects.filter(desk=desk, member=member).delete()
    record(by=hand.id, action="talk.trainee", at=at, table="desk", record_id=desk.pk, detail={"member": member, "learns": learns})  # fmt: skip


def _answered(hand: Hand, desk_id: UUID) -> Desk:
    found = next((one for one in hand.desks if one.pk == desk_id), None)
    if found is None:
        raise NotTheirDesk
    return found
