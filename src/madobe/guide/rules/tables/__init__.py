"""The reviewed tables of the guide, loaded once from `madobe/guide/tables/*.yaml`."""

from .load import TableError, load
from .rows import (
    Caution,
    Code,
    Exclusion,
    Plan,
    PlanStep,
    Rule,
    Service,
    StageRule,
    StageWords,
    Tables,
    Term,
    Variant,
)

__all__ = [
    "TABLES",
    "Code",
    "Exclusion",
    "Plan",
    "PlanStep",
    "Rule",
    "Service",
    "StageRule",
    "StageWords",
    "TableError",
    "Tables",
    "Term",
    "Variant",
    "Caution",
    "load",
]

TABLES = load()
