"""What was read out of a letter: words with their places, and the signs they are of."""

from dataclasses import dataclass

CONTRACT = "contract_offer"
# What `directory.rules.lines.wanted` understands, without the wish for a contract: that is a card of its own (E12).
SIGNS_OF_DANGER = frozenset(
    {"crisis", "self_harm_talk", "violence", "violence_to_me", "violence_to_elder"}
)


@dataclass(frozen=True)
class Finding:
    """Words of danger as they were written; `start` and `end` are their place in the letter."""

    words: str
    start: int
    end: int
    sign: str
    group: str  # the group of words in the tables that found them


@dataclass(frozen=True)
class Danger:
    """All that was found in one letter, in order of place. Holds what people wrote: never log it."""

    found: tuple[Finding, ...] = ()

    @property
    def is_crisis(self) -> bool:
        """Whether the hotline card stands above the text and somebody on duty sees the letter first."""
        return any(finding.sign in SIGNS_OF_DANGER for finding in self.found)

    @property
    def contract_offer(self) -> bool:
        """Whether somebody wishes for, or is offered, having a person taken away (E12): a card of its own."""
        return CONTRACT in self.signs

    @property
    def signs(self) -> frozenset[str]:
        """The signs as the lines of the directory understand them."""
        return frozenset(finding.sign for finding in self.found)
