"""What a row of each table is, once it has been read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..conditions import Condition, View
from ..texts import Text

KINDS = ("sign", "want", "constraint")


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of service: what it is called, when it fits, what happens there, and who else could help."""

    id: str
    name: Text
    stages: frozenset[int]  # 0: fits at any time (information, meetings of workers)
    sector: str  # public | private | medical | welfare | both
    voice_free: bool  # can be reached and used without speaking
    what_happens: Text
    when_to_use: Text
    instead: tuple[str, ...]  # where to look when this one does not fit
    source: str
    order: int  # place in the taxonomy: breaks ties
    waits_when: Condition | None = None  # holds: a step for later on the path

    def waits(self, view: View) -> bool:
        """Whether this waits further along the path: at stage 1 every place of stage 2 or 3 does (S1-03)."""
        if view.stage == "1" and not self.stages & {0, 1}:
            return True
        return self.waits_when is not None and self.waits_when.test(view)


@dataclass(frozen=True, slots=True)
class Code:
    """One thing somebody may tell us: a sign, a want or a constraint."""

    id: str
    kind: str  # sign | want | constraint
    label: Text  # as the person would say it
    family_label: Text  # as somebody else would say it of the person
    points: tuple[int, int, int]  # towards stage 1, 2, 3
    about: str  # whose state a sign describes: person | writer | household
    told_by_writer: str  # the code meant when a family tells this sign of themselves, or ""
    asks_for: tuple[str, ...]  # the kinds of service this want names
    source: str

    def label_for(self, who: str) -> Text:
        """The label in the voice of the one who chose it."""
        return self.label if who in ("self", "") else self.family_label


@dataclass(frozen=True, slots=True)
class Term:
    """A named condition: `stage3ok`, `tokyo`."""

    id: str
    condition: Condition
    text: Text
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Where `condition` holds, these kinds of service gain weight, for this reason."""

    id: str
    condition: Condition
    add: tuple[tuple[str, int], ...]
    why: Text
    why_for: Mapping[str, Text]  # where the common reason would not fit a kind: its own
    source: str

    def why_of(self, kind: str) -> Text:
        """The reason shown beside this kind."""
        return self.why_for.get(kind, self.why)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Where `condition` holds, these kinds are not suggested; the reason, and whether they may fit later."""

    id: str
    condition: Condition
    drop: tuple[str, ...]
    reason: Text
    is_shown_later: bool
    instead: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A wording for a particular reader; the condition tells for whom."""

    condition: Condition
    text: Text


@dataclass(frozen=True, slots=True)
class Caution:
    """A gentle word of care, with what to do instead."""

    id: str
    condition: Condition
    message: Text
    variants: tuple[Variant, ...]
    replaced_by: tuple[str, ...]  # not shown when one of these is
    source: str

    def message_for(self, view: View) -> Text:
        """The wording that fits this reader."""
        return next((v.text for v in self.variants if v.condition(view)), self.message)


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a template: whose it is, when, under which condition."""

    service: str
    owner: str  # person | family | staff
    horizon: str  # now | next | later
    text: Text
    suggest_when: Condition | None  # None: drawn in the plan only, never suggested by itself


@dataclass(frozen=True, slots=True)
class Plan:
    """A template: several services, each with who and when."""

    id: str
    name: Text
    condition: Condition
    steps: tuple[PlanStep, ...]
    source: str


@dataclass(frozen=True, slots=True)
class StageWords:
    """How a stage is put to people: a short name, and the sentence said first."""

    id: str
    name: Text
    message: Text
    family_message: Text
    source: str


@dataclass(frozen=True, slots=True)
class StageRule:
    """The figures of the stage estimate. `clear_at` in hundredths of all points."""

    unknown_below: int
    clear_at: int
    needs_energy: frozenset[str]
    exhaustion_cap: frozenset[str]
    source: str


@dataclass(frozen=True)
class Tables:
    """All tables, keyed by id; every order is the order of the files."""

    services: Mapping[str, Service]
    signs: Mapping[str, Code]
    wants: Mapping[str, Code]
    constraints: Mapping[str, Code]
    terms: Mapping[str, Term]
    rules: tuple[Rule, ...]
    exclusions: tuple[Exclusion, ...]
    warnings: tuple[Caution, ...]
    plans: tuple[Plan, ...]
    stages: Mapping[str, StageWords]
    stage_rule: StageRule
    horizons: Mapping[str, Text]
    phrases: Mapping[str, Text]
    always: tuple[str, ...]
    always_for_information: tuple[str, ...]
    founding_coverage: Mapping[str, frozenset[str]]  # service -> prefectures known to have one
    sources: Mapping[str, str]

    def codes_of(self, kind: str) -> Mapping[str, Code]:
        """All codes of "sign", "want" or "constraint", by id."""
        by_kind = {"sign": self.signs, "want": self.wants, "constraint": self.constraints}
        return by_kind[kind]

    def code(self, code: str) -> Code | None:
        """The code of this name, whatever its kind; None when there is none. No name is used twice."""
        return self.signs.get(code) or self.wants.get(code) or self.constraints.get(code)

    def service(self, kind: str) -> Service:
        """The kind of service of this id; KeyError when there is none."""
        return self.services[kind]
