"""What people who keep the directory do: edit, check, publish, note, and settle what others say."""

from madobe.directory.actions.editing.confirmation import (
    LinkNotGood,
    NewLink,
    confirm_by_link,
    make_confirmation_link,
    report_by_link,
)
from madobe.directory.actions.editing.drafts import save_draft, throw_draft_away
from madobe.directory.actions.editing.edit import (
    ChangedMeanwhile,
    Conflict,
    Edited,
    WouldLackSomething,
    create_service,
    edit_service,
)
from madobe.directory.actions.editing.life import (
    LacksBeforePublishing,
    publish_service,
    verify_service,
    withdraw_service,
)
from madobe.directory.actions.editing.notices import set_alert, set_availability, withdraw_alert
from madobe.directory.actions.editing.recheck import Marked, mark_stale
from madobe.directory.actions.editing.reviews import settle_review_item
from madobe.directory.actions.editing.suggestions import (
    AlreadySettled,
    TooManySuggestionsToday,
    apply_suggestion,
    receive_suggestion,
    set_suggestion_aside,
)
from madobe.directory.actions.editing.trail import Word

__all__ = [
    "AlreadySettled",
    "ChangedMeanwhile",
    "Conflict",
    "Edited",
    "LacksBeforePublishing",
    "LinkNotGood",
    "Marked",
    "NewLink",
    "TooManySuggestionsToday",
    "Word",
    "WouldLackSomething",
    "apply_suggestion",
    "confirm_by_link",
    "create_service",
    "edit_service",
    "make_confirmation_link",
    "mark_stale",
    "publish_service",
    "receive_suggestion",
    "report_by_link",
    "save_draft",
    "set_alert",
    "set_availability",
    "set_suggestion_aside",
    "settle_review_item",
    "throw_draft_away",
    "verify_service",
    "withdraw_alert",
    "withdraw_service",
]
