"""A few gentle beginnings of answers, for the desk of a demo."""

from typing import Final
from uuid import UUID

from django.db import transaction

from madobe.consult.models import StaffTemplate

BEGINNINGS: Final = (
    ("お礼", "書いてくださって、ありがとうございます。ゆっくり読みました。"),
    ("聞くだけの日", "きょうは、聞かせてもらうだけにしますね。お返事も、短くてかまいません。"),
    (
        "ここまででよい",
        "ここまででも、だいじょうぶです。また書きたくなったときに、つづきからはじめられます。",
    ),
    (
        "会って話すことを考えるとき",
        "文字のままでも、つづけられます。会って話したい日がきたら、場所と時間はいっしょに決められます。",
    ),
)


@transaction.atomic
def invent_templates(*, desk_id: UUID) -> int:
    """This will give a desk without beginnings of answers those of a demo. Gives how many."""
    if StaffTemplate.objects.filter(desk=desk_id).exists():
        return 0
    made = [
        StaffTemplate(desk_id=desk_id, title=title, text=text, position=place)
        for place, (title, text) in enumerate(BEGINNINGS)
    ]
    return len(StaffTemplate.objects.bulk_create(made))
