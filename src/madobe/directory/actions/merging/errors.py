"""Why a merge, or taking one back, is not done."""

from collections.abc import Sequence

from madobe.directory.rules.merging import Conflict


class MergeRefusal(Exception):
    """A merge that is not done; the subclass says why."""


class MayNotMerge(MergeRefusal):
    """Somebody without one of the roles."""


class SameEntry(MergeRefusal):
    """An entry cannot be merged with itself."""


class MergedAlready(MergeRefusal):
    """One of the two was merged away before."""


class NotTrustedAlike(MergeRefusal):
    """What an operator not yet vetted says may not come under the name of one that is."""


class OneIsSuspended(MergeRefusal):
    """One of the two is out of view: first it is decided whether it comes back."""


class ChangedSincePreview(MergeRefusal):
    """One of the two is no longer what the preview showed."""


class LaterMergeStands(MergeRefusal):
    """The kept entry was merged on since: that merge is taken back first."""


class UndoneAlready(MergeRefusal):
    """This merge was taken back before."""


class ChangedSinceMerge(MergeRefusal):
    """Some of what the merge wrote was changed since; `conflicts` says what would be lost."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(f"{len(conflicts)} changed since")
        self.conflicts = list(conflicts)
