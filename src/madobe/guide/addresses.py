"""Addresses that tell nothing over a shoulder: a kind of service goes by four letters, not by its name."""

from madobe.directory.choices import GUIDED_KINDS
from madobe.directory.rules.letters import letters_of, name_of


class KindConverter:
    """The id of a kind of service, written as four letters; the id itself is understood, too."""

    regex = "[a-z0-9_]+"

    def to_python(self, value: str) -> str:
        kind = name_of(value, GUIDED_KINDS)
        if not kind:
            raise ValueError(value)
        return kind

    def to_url(self, value: str) -> str:
        return letters_of(value)
