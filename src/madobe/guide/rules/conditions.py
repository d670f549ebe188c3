"""The conditions of the tables: a tiny language, compiled once, with nothing in it but these words.

    S('a','b')   one of these signs was told        W('a')   somebody wishes it
    PW('a')      the person wishes it               C('a')   a constraint of anyone
    PC('a')      a constraint of the person         WC('a')  a constraint of the one who asks
    covered('t') a real entry of this kind serves the area, or the area is unknown (then: ask)
    only_W('a')  something is wished, and nothing but these
    who, stage, age, months, prefecture, municipality, has_signs, and the named terms of terms.yaml

joined by and / or / not, compared by == != < <= > >= in, not in. Anything else is refused when the
tables are loaded, with the id of the row.
"""

import ast
import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from .situation import UNKNOWN, WHO, Facts

STAGES = ("1", "2", "3", "1-2", "2-3", "1-3", "unknown")


class ConditionError(ValueError):
    """A condition the tables may not contain: says what was found and what is allowed."""


class View:
    """What a condition sees: the facts, and the stage estimated from them."""

    __slots__ = (
        "age",
        "constraints",
        "coverage",
        "has_signs",
        "months",
        "municipality",
        "person_constraints",
        "person_wants",
        "prefecture",
        "signs",
        "stage",
        "wants",
        "who",
        "writer_constraints",
    )

    def __init__(self, facts: Facts, stage: str, founding: Mapping[str, Collection[str]]) -> None:
        self.signs = facts.signs
        self.wants = facts.wants
        # Nobody said who is writing: a wish told here may be the person's own, and an unknown hides nothing.
        self.person_wants = facts.wants if facts.who == "" else facts.person_wants
        self.constraints = facts.constraints
        self.person_constraints = facts.person_constraints
        self.writer_constraints = facts.writer_constraints
        self.who = facts.who
        self.age = facts.age
        self.months = facts.months
        self.stage = stage
        self.prefecture = facts.area.prefecture if facts.area else ""
        self.municipality = facts.area.code if facts.area else ""
        self.has_signs = bool(facts.signs)
        self.coverage = _coverage(facts, self.prefecture, founding)

    def covered(self, kind: str) -> bool:
        """Whether this kind of service may serve the area; unknown reads as yes: one can ask."""
        return self.coverage.get(kind, True)


def _coverage(
    facts: Facts, prefecture: str, founding: Mapping[str, Collection[str]]
) -> Mapping[str, bool]:
    if not prefecture:
        return {}
    known = {kind: prefecture in prefectures for kind, prefectures in founding.items()}
    return {**known, **facts.covered} if facts.covered else known


Test = Callable[[View], bool]
Value = Callable[[View], Any]


@dataclass(frozen=True)
class Condition:
    """A compiled condition. Calling it with a View answers True or False."""

    source: str
    test: Test
    tree: ast.expr

    def __call__(self, view: View) -> bool:
        return self.test(view)


@dataclass(frozen=True)
class Vocabulary:
    """The codes, kinds of service and named terms a condition may speak of."""

    signs: Collection[str]
    wants: Collection[str]
    constraints: Collection[str]
    services: Collection[str]
    terms: Mapping[str, Condition]


_TEXT_NAMES = {"who": WHO, "stage": STAGES, "prefecture": None, "municipality": None}
_NUMBER_NAMES = ("age", "months")
_TRUTH_NAMES = ("has_signs",)
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def compile_condition(source: str, vocabulary: Vocabulary) -> Condition:
    """Compile one condition; raises ConditionError for anything outside the little language."""
    if not isinstance(source, str):
        raise ConditionError(f"a condition is a text, found {source!r}.")
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ConditionError(f"cannot read the condition {source!r}.") from error
    return Condition(source, _truth(tree, vocabulary), tree)


def _truth(node: ast.expr, words: Vocabulary) -> Test:
    if isinstance(node, ast.BoolOp):
        return _joined(isinstance(node.op, ast.And), [_truth(part, words) for part in node.values])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = _truth(node.operand, words)
        return lambda view: not inner(view)
    if isinstance(node, ast.Call):
        return _call(node, words)
    if isinstance(node, ast.Compare):
        return _comparison(node)
    if isinstance(node, ast.Name):
        if node.id in words.terms:
            return words.terms[node.id].test
        if node.id in _TRUTH_NAMES:
            return operator.attrgetter(node.id)
        raise ConditionError(f"unknown name {node.id!r}.")
    raise ConditionError(f"{ast.unparse(node)!r} is not allowed in a condition.")


def _joined(is_and: bool, parts: list[Test]) -> Test:
    if len(parts) == 2:
        first, second = parts
        if is_and:
            return lambda view: first(view) and second(view)
        return lambda view: first(view) or second(view)
    every = tuple(parts)
    if is_and:
        return lambda view: all(part(view) for part in every)
    return lambda view: any(part(view) for part in every)


def _call(node: ast.Call, words: Vocabulary) -> Test:
    if not isinstance(node.func, ast.Name) or node.keywords or not node.args:
        raise ConditionError(f"{ast.unparse(node)!r} is not allowed in a condition.")
    name = node.func.id
    arguments = [_constant(argument) for argument in node.args]
    known = _known_arguments(name, words)
    for argument in arguments:
        if not isinstance(argument, str) or argument not in known:
            raise ConditionError(f"{name}() does not know {argument!r}.")
    codes = frozenset(arguments)
    if name == "covered":
        if len(arguments) != 1:
            raise ConditionError("covered() takes one kind of service.")
        kind = str(arguments[0])
        return lambda view: view.covered(kind)
    if name == "only_W":
        return lambda view: bool(view.wants) and view.wants <= codes
    # The commonest shapes spelled out: this runs a hundred times for each answer.
    if name == "S":
        return lambda view: not codes.isdisjoint(view.signs)
    if name == "W":
        return lambda view: not codes.isdisjoint(view.wants)
    if name == "PW":
        return lambda view: not codes.isdisjoint(view.person_wants)
    held = operator.attrgetter(_CONSTRAINTS_OF[name])
    return lambda view: not codes.isdisjoint(held(view))


_CONSTRAINTS_OF = {
    "C": "constraints",
    "PC": "person_constraints",
    "WC": "writer_constraints",
}


def _known_arguments(name: str, words: Vocabulary) -> Collection[str]:
    if name == "S":
        return words.signs
    if name in ("W", "PW", "only_W"):
        return words.wants
    if name in _CONSTRAINTS_OF:
        return words.constraints
    if name == "covered":
        return words.services
    raise ConditionError(f"unknown function {name!r}.")


def _comparison(node: ast.Compare) -> Test:
    if len(node.ops) == 1 and isinstance(node.ops[0], ast.In | ast.NotIn):
        return _membership(node)
    operands = [node.left, *node.comparators]
    kinds = {_kind(operand) for operand in operands}
    if len(kinds) != 1:
        raise ConditionError(f"{ast.unparse(node)!r} compares different kinds of value.")
    if kinds == {"text"} and not all(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops):
        raise ConditionError(f"{ast.unparse(node)!r}: words can only be equal or not equal.")
    _check_known_words(operands)
    values = [_value(operand) for operand in operands]
    steps = []
    for left, comparison, right in zip(values, node.ops, values[1:], strict=False):
        if type(comparison) not in _COMPARISONS:
            raise ConditionError(f"{ast.unparse(node)!r} is not allowed in a condition.")
        steps.append((left, _COMPARISONS[type(comparison)], right))
    if len(steps) == 1:
        left, compare, right = steps[0]
        return lambda view: compare(left(view), right(view))
    every = tuple(steps)
    return lambda view: all(compare(left(view), right(view)) for left, compare, right in every)


def _membership(node: ast.Compare) -> Test:
    choices = node.comparators[0]
    if not isinstance(choices, ast.Tuple | ast.List) or _kind(node.left) != "text":
        raise ConditionError(f"{ast.unparse(node)!r}: 'in' needs a list of words.")
    allowed = [_constant(element) for element in choices.elts]
    if not allowed or not all(isinstance(word, str) for word in allowed):
        raise ConditionError(f"{ast.unparse(node)!r}: 'in' needs a list of words.")
    _check_known_words([node.left, *choices.elts])
    value, wanted = _value(node.left), frozenset(allowed)
    if isinstance(node.ops[0], ast.NotIn):
        return lambda view: value(view) not in wanted
    return lambda view: value(view) in wanted


def _kind(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        if node.id in _TEXT_NAMES:
            return "text"
        if node.id in _NUMBER_NAMES:
            return "number"
        raise ConditionError(f"unknown name {node.id!r}.")
    return "text" if isinstance(_constant(node), str) else "number"


def _value(node: ast.expr) -> Value:
    if isinstance(node, ast.Name):
        return operator.attrgetter(node.id)
    constant = _constant(node)
    return lambda view: constant


def _check_known_words(operands: list[ast.expr]) -> None:
    """stage == '9' can never be true: a slip of the pen, refused like an unknown code."""
    names = [operand.id for operand in operands if isinstance(operand, ast.Name)]
    for name in names:
        known = _TEXT_NAMES.get(name)
        if known is None:
            continue
        for operand in operands:
            if isinstance(operand, ast.Constant) and operand.value not in known:
                raise ConditionError(f"{name} is never {operand.value!r}.")


def _constant(node: ast.expr) -> str | int:
    if isinstance(node, ast.Constant) and type(node.value) in (str, int):
        return node.value  # type: ignore[return-value]
    if (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
        and type(node.operand.value) is int
        and -node.operand.value == UNKNOWN
    ):
        return UNKNOWN
    raise ConditionError(f"{ast.unparse(node)!r} is not allowed in a condition.")
