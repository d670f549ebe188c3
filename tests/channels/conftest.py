"""A floor above that takes what comes in, for tests of the channels alone."""

from dataclasses import dataclass, field

import pytest

from madobe.channels import registry
from madobe.channels.rules.incoming import Incoming


@dataclass
class Above:
    """Takes everything and remembers it. `refuses`: how many times it says no first; `raises`: what it raises."""

    taken: list[Incoming] = field(default_factory=list)
    desks: list[str] = field(default_factory=list)
    refuses: int = 0
    raises: Exception | None = None
    known: set[str] = field(default_factory=set)

    def __call__(self, incoming: Incoming, desk: str) -> bool:
        if self.raises is not None:
            raise self.raises
        if self.refuses:
            self.refuses -= 1
            return False
        self.taken.append(incoming)
        self.desks.append(desk)
        return True

    def knows(self, channel: str, sender: str, desk: str) -> bool:
        return sender in self.known


@pytest.fixture
def above(monkeypatch: pytest.MonkeyPatch) -> Above:
    """The one floor that takes what comes in."""
    monkeypatch.setattr(registry, "_handlers", [])
    monkeypatch.setattr(registry, "_askers", [])
    floor = Above()
    registry.on_incoming(floor)
    return floor


@pytest.fixture
def nobody_above(monkeypatch: pytest.MonkeyPatch) -> None:
    """No floor takes anything yet."""
    monkeypatch.setattr(registry, "_handlers", [])
    monkeypatch.setattr(registry, "_askers", [])
