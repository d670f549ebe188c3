"""Why a backup is not made or not taken back. The text of each is one sentence for an operator, with the remedy."""


class Refused(Exception):
    """Nothing was made, or nothing was changed."""


class NoKeyToSealTo(Refused):
    """There is neither a recovery key nor a key of the operator's own."""


class NotAKeyToSealTo(Refused):
    """A text in MADOBE_BACKUP_KEYS is no public key of age."""


class FolderIsNotThere(Refused):
    """The folder for the backup cannot be written to."""


class AnotherOneRuns(Refused):
    """A backup of this installation is being made at this moment."""


class TablesAreMissing(Refused):
    """The database is not of this release."""


class ToolIsMissing(Refused):
    """PostgreSQL's own programs are not on this machine."""


class ToolStopped(Refused):
    """A program of PostgreSQL's ended before its work was done."""


class NotOpened(Refused):
    """The file is sealed to another key, or its head was changed."""


class NotWhole(Refused):
    """The file was changed, cut off, or is no backup of ours."""


class WrongPart(Refused):
    """A keys file where a data file belongs, or the reverse."""


class OfAnotherInstallation(Refused):
    """The two files do not belong together."""


class OfAnotherDatabase(Refused):
    """A backup of PostgreSQL cannot be put into SQLite, nor the reverse."""


class OfANewerRelease(Refused):
    """The backup has tables this release does not know."""


class NotEmpty(Refused):
    """There is something in the installation already; it is never overwritten."""
