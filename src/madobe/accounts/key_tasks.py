"""Cases that want a new key, and cases that too few people hold."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from madobe.accounts.models import KeyTask
from madobe.vault.choices import Holder
from madobe.vault.keyring import Keyring
from madobe.vault.models import Grant, HolderKey

ENOUGH = 2  # people with a living key of their own who can open a case (trust.md)


def waiting() -> QuerySet[Grant]:
    """This will give the grants of cases that want a new key: somebody left, or a key they hang on was retired."""
    tasks = KeyTask.objects.values("case")
    retired = Grant.objects.filter(holder__retired_at__isnull=False).values("case")
    return Grant.objects.filter(Q(case__in=tasks) | Q(case__in=retired))


def count_waiting() -> int:
    """This will tell how many cases want a new key."""
    return waiting().values("case").distinct().count()


def waiting_for(keyring: Keyring) -> list[UUID]:
    """This will give those of them this keyring opens."""
    mine = waiting().filter(holder__in=list(keyring.private_keys()))
    return list(mine.order_by("case").values_list("case", flat=True).distinct())


@dataclass(frozen=True)
class Few:
    """Cases too few people hold: `alone`, (key of the one person, how many), most first; `nobodys`: only on paper."""

    alone: list[tuple[UUID, int]]
    nobodys: int

    @property
    def count(self) -> int:
        """All of them."""
        return sum(count for _, count in self.alone) + self.nobodys


def held_by_few() -> Few:
    """This will count the cases fewer than two people with a living key can open. Receipts and paper do not count."""
    living = Grant.objects.filter(holder__retired_at__isnull=True)
    people: dict[UUID, set[UUID]] = defaultdict(set)
    for case, key in living.filter(holder__kind=Holder.MEMBER).values_list("case", "holder"):
        people[case].add(key)
    groups: dict[UUID, set[UUID]] = defaultdict(set)
    seals = HolderKey.objects.filter(kind=Holder.MEMBER, retired_at__isnull=True)
    for key, group in seals.values_list("pk", "groups__group"):
        groups[group].add(key)
    for case, group in living.filter(holder__kind=Holder.DUTY).values_list("case", "holder"):
        people[case] |= groups[group]
    alone: Counter[UUID] = Counter()
    nobodys = 0
    everything = Grant.objects.values_list("case", flat=True).union(
        KeyTask.objects.values_list("case", flat=True)
    )
    for case in everything:
        held = people[case]
        if not held:
            nobodys += 1
        elif len(held) < ENOUGH:
            alone.update(held)
    return Few(alone.most_common(), nobodys)
