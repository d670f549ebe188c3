"""What a search gives back, as plain values; words for people are made where it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from madobe.directory.municipalities import Area, Municipality


@dataclass(frozen=True)
class Reason:
    """One reason why a hit is there. `kind`: "word" (as written), "synonym" (`asked` led to `found`),
    "need", "area", "kind", "who", "age", "method", "near"; `asked` what was asked, `found` what answered it.
    """

    kind: str
    asked: str
    found: str = ""


@dataclass(frozen=True)
class Hit:
    """One service found. `distance`: "city" | "prefecture" | "nation", or "" for a search without an area."""

    service: UUID
    reasons: tuple[Reason, ...] = ()
    distance: str = ""
    area_name: str = ""
    km: float | None = None


@dataclass(frozen=True)
class Relaxation:
    """What was let go of, because nothing fitted: steps in the order they were taken, e.g. ("area:prefecture",)
    ("need:evening",), ("words",). Always said to the visitor, never silent.
    """

    steps: tuple[str, ...]


@dataclass(frozen=True)
class SearchAnswer:
    """`total` and `facets` are exact. Facets: {"kind": {"ibasho": 12, …}, "need": {…}, "distance": {…}}.

    With `relaxation` the answer is a second, wider search; the question as asked had no hit.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    relaxation: Relaxation | None = None
    words: tuple[str, ...] = ()  # what was read from the text, as shown to the visitor
    area: Area | None = None  # the place that was read from the text
    candidates: tuple[
        Municipality, ...
    ] = ()  # places of one name in the text: which one is not known
