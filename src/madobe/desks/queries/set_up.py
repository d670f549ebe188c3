"""What a desk still lacks, with its keys as whoever knows them says."""

from datetime import datetime

from madobe.desks.models import Desk
from madobe.desks.registry import readiness_of


def missing_for(desk: Desk, *, at: datetime) -> list[str]:
    """This will list what is not done before letters may arrive: codes of `rules.set_up`, in order."""
    keys = readiness_of(desk.pk)
    return desk.lacks(key_holders=keys.key_holders, drill_passed=keys.drill_passed, at=at)
