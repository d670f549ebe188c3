"""How hits are ordered: rarer words and stronger places weigh more; then closeness, desks made for this, freshness.

All weights are small whole numbers, so that every engine comes to the same order.
"""

import math

RAREST = 12.5  # the idf that gives the full weight
FULL_WEIGHT = 255
FULL_IMPACT = 99

RING_BONUS = (10, 5, 0)  # of the first, second, third ring around the place
NEAR_BONUS = 10  # steps from the rim of a circle to its middle
DESK_BONUS, CHECK_MALUS = 2, 1  # together less than a ring


def weight(impact: int, holders: int, everybody: int) -> int:
    """This will give what a word adds to a hit: 1 to 255. `holders`: how many of `everybody` have the word."""
    idf = math.log(1 + (everybody - holders + 0.5) / (holders + 0.5))
    return max(1, min(FULL_WEIGHT, round(FULL_WEIGHT * idf * impact / (FULL_IMPACT * RAREST))))


def standing(*, is_desk: bool, needs_check: bool) -> int:
    """This will give the bonus a service has whatever is asked."""
    return DESK_BONUS * is_desk - CHECK_MALUS * needs_check
