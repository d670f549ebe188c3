"""Properties 1–7 of the guide (docs/map.md) on 100,000 invented situations, and each seen to fail on purpose."""

from collections import Counter
from collections.abc import Callable
from itertools import islice

from bench import Row
from tests.guide.properties import PROPERTIES, controls, situations, violations

SITUATIONS = 100_000
CONTROL_SITUATIONS = 2_000
SEED = 20261121
STEP = 20_000  # a line of progress


def measure(tell: Callable[[str], None]) -> list[Row]:
    """Violations of each property (none is allowed), and how often each broken guide was noticed."""
    broken: Counter[str] = Counter()
    for count, raw in enumerate(islice(situations(SEED), SITUATIONS), start=1):
        broken.update(violations(raw))
        if count % STEP == 0:
            tell(f"{count} situations, {sum(broken.values())} violations")
    rows = [
        Row(
            f"guide.property_{name}",
            broken[name],
            0,
            f"{SITUATIONS} situations: {holds.__name__.replace('_', ' ')}",
        )
        for name, holds in PROPERTIES.items()
    ]
    seen: Counter[str] = Counter()
    for control in controls():
        seen[control.property] += 1
        sample = islice(situations(SEED), CONTROL_SITUATIONS)
        noticed = sum(control.property in violations(raw, control.answerer) for raw in sample)
        key = f"guide.control_{control.property}_{seen[control.property]}"
        rows.append(
            Row(
                key,
                noticed,
                1,
                f"a guide broken on purpose is noticed: {control.what}",
                better="higher",
            )
        )
    return rows
