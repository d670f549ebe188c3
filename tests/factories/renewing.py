"""A desk's key that is renewed at the worst moment."""

from types import ModuleType
from typing import Any

import pytest

from madobe.vault.actions.groups import renew_group
from tests.factories.desk import AT, World


def renewed_just_before(
    monkeypatch: pytest.MonkeyPatch, world: World, where: ModuleType, name: str
) -> None:
    """The desk's key is renewed after it was asked for, and just before `where.name` gives it something: once."""
    through, done = getattr(where, name), []

    def later(*args: Any, **more: Any) -> Any:
        if not done:
            done.append(
                renew_group(
                    owner=f"desk:{world.desk.pk}",
                    members=[one.holder for one in world.keyrings],
                    at=AT,
                )
            )
        return through(*args, **more)

    monkeypatch.setattr(where, name, later)
