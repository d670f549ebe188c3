"""What a table keeps, and for how long: every model says so itself, in one place a reader can find."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Privacy:
    """`holds`: what is kept, in plain words. `keep`: how long. `sealed`: fields readable only with a key.

    `exported`: where the table's content leaves the house ("public" = pages and open data, "" = nowhere).
    """

    holds: str
    keep: str
    sealed: tuple[str, ...] = ()
    exported: str = ""
