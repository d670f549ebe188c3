"""Writes of the web floor."""

from datetime import datetime
from zoneinfo import ZoneInfo

from madobe.web.models import Feedback

JAPAN = ZoneInfo("Asia/Tokyo")


def receive_feedback(
    *, page: str, found: str, understood: str, comment: str, language: str, at: datetime
) -> Feedback | None:
    """This function will keep one anonymous answer by day (no time of day, no address), or None if all was empty."""
    if not (found or understood or comment.strip()):
        return None
    return Feedback.objects.create(
        page=page,
        found=found,
        understood=understood,
        comment=comment.strip(),
        language=language,
        received_date=at.astimezone(JAPAN).date(),
    )
