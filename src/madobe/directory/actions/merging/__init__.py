"""Two entries that are one: preview, merge, take back."""

from madobe.directory.actions.merging.errors import (
    ChangedSinceMerge,
    ChangedSincePreview,
    LaterMergeStands,
    MayNotMerge,
    MergedAlready,
    MergeRefusal,
    NotTrustedAlike,
    OneIsSuspended,
    SameEntry,
    UndoneAlready,
)
from madobe.directory.actions.merging.organizations import (
    merge_organizations,
    preview_merge_of_organizations,
)
from madobe.directory.actions.merging.services import Preview, merge_services, preview_merge
from madobe.directory.actions.merging.undo import changed_since, undo_merge

__all__ = [
    "ChangedSinceMerge",
    "ChangedSincePreview",
    "LaterMergeStands",
    "MayNotMerge",
    "MergeRefusal",
    "MergedAlready",
    "NotTrustedAlike",
    "OneIsSuspended",
    "Preview",
    "SameEntry",
    "UndoneAlready",
    "changed_since",
    "merge_organizations",
    "merge_services",
    "preview_merge",
    "preview_merge_of_organizations",
    "undo_merge",
]
