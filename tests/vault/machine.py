"""Keys made, given, taken back, renewed and erased in any order, beside a plain model of who can open what.

The model knows sets only: who was given a case, who has the key of a group. After each step every key ever made, also
of those who left and kept all they had, is tried on every case.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from madobe.vault.actions import cases, groups, members
from madobe.vault.holders import CaseIsGone
from madobe.vault.keyring import Keyring, NotYours, open_with
from madobe.vault.keystore.models import ShredKey
from madobe.vault.models import Grant, GroupSeal, HolderKey
from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.grants import CaseOf, granted
from madobe.vault.rules.members import KeyPair, new_pair
from madobe.vault.rules.open_case import OpenCase

from .letters import Letter, Slip, read, write
from .people import AT, DAY, somebody, undone

SOME = st.sets(st.integers(0, 3), max_size=3)
ONE = st.integers(0, 11)


@dataclass
class Known:
    """What should be so of one case."""

    id: UUID
    holders: set[UUID]
    slip: KeyPair | None
    erased: bool = False
    letters: dict[UUID, str] = field(default_factory=dict)
    keys: list[OpenCase] = field(default_factory=list)  # one of each generation, kept by a thief


class Keys(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        for model in (Grant, GroupSeal, HolderKey, ShredKey, Slip):
            model._base_manager.all().delete()
        Letter._base_manager.all().delete()
        self.people: list[Keyring] = []  # living, by place
        self.gone: list[Keyring] = []
        self.groups: list[HolderKey] = []  # living, by place
        self.old_groups: list[HolderKey] = []
        self.inside: dict[UUID, set[UUID]] = {}  # group: who opens it by what is stored
        self.copies: dict[
            UUID, dict[UUID, bytes]
        ] = {}  # person: private keys of groups they ever had
        self.known: list[Known] = []
        self.orphans: dict[UUID, date] = {}
        self.day = DAY

    # --- who is there ---

    @initialize()
    def begin_with_a_desk(self) -> None:
        """A letter that came in for the desk, and one somebody set aside for themselves."""
        self.people = [somebody() for _ in range(3)]
        self._made(groups.make_group(owner="desk:1", members=self._keys({0, 1}), at=AT), {0, 1})
        self._begun({2, 3}, slip=True)
        self._begun(set(), slip=True)

    @precondition(lambda self: len(self.gone) < 3)
    @rule(who=ONE)
    def somebody_leaves_and_another_comes(self, who: int) -> None:
        place = who % len(self.people)
        left = self.people[place]
        told = members.retire_member_key(owner=left.holder.owner, at=AT)
        pk = left.holder.pk
        assert set(told) == {one.id for one in self.known if pk in one.holders and not one.erased}
        for one in self.known:
            one.holders.discard(pk)
        for inside in self.inside.values():
            inside.discard(pk)
        self.gone.append(left)
        self.people[place] = somebody()

    @rule(who=ONE, by=ONE)
    def somebody_is_admitted(self, who: int, by: int) -> None:
        group, new = self.groups[0], self.people[who % 3]
        inside = self.people[by % 3].holder.pk in self.inside[group.pk]
        try:
            groups.admit(group=group, member=new.holder, by=self.people[by % 3])
        except NotYours:
            assert not inside
        else:
            assert inside
            self.inside[group.pk].add(new.holder.pk)

    @rule(who=st.sets(st.integers(0, 2), min_size=1))
    def the_group_is_renewed(self, who: set[int]) -> None:
        old = self.groups[0]
        group, told = groups.renew_group(owner="desk:1", members=self._keys(who), at=AT)
        held = {one.id for one in self.known if old.pk in one.holders and not one.erased}
        assert set(told) == held
        staying = {self.people[place].holder.pk for place in who} & self.inside[old.pk]
        if staying:
            self.inside[old.pk] = staying
        self.old_groups.append(old)
        self.groups.clear()
        self._made(group, who)

    @precondition(lambda self: self.old_groups)
    @rule(which=ONE)
    def a_group_is_buried(self, which: int) -> None:
        every = [*self.groups, *self.old_groups]
        group = every[which % len(every)]
        hang = any(group.pk in one.holders and not one.erased for one in self.known)
        ended = groups.bury(group)
        assert ended == (group in self.old_groups and not hang)
        if ended:
            self.inside[group.pk] = set()

    # --- cases ---

    @precondition(lambda self: len(self.known) < 4)
    @rule(who=SOME, slip=st.booleans())
    def a_case_begins(self, who: set[int], slip: bool) -> None:
        if who or slip:
            self._begun(who, slip=slip)

    def _begun(self, who: set[int], *, slip: bool) -> None:
        pair = new_pair() if slip else None
        readers, case = self._holders(who), uuid4()
        own = [pair.public] if pair else []
        made = cases.begin_case(case=case, readers=readers, own=own, on=self.day)
        if pair:
            Slip.objects.create(matter=case, public=pair.public, generation=1, blob=made.own[0])
        one = Known(case, {key.pk for key in readers}, pair, keys=[made.opened])
        one.letters[write(made.opened, "はじめ")] = "はじめ"
        self.known.append(one)

    @rule(who=SOME)
    def a_case_does_not_come_to_be(self, who: set[int]) -> None:
        case = uuid4()
        readers = self._holders(who | {0})
        undone(lambda: cases.begin_case(case=case, readers=readers, on=self.day))
        self.orphans[case] = self.day

    @precondition(lambda self: self._living())
    @rule(which=ONE, who=SOME)
    def a_case_is_taken_over(self, which: int, who: set[int]) -> None:
        """Renewed as it is each time somebody takes it: most of what happens."""
        self._renewed(self._pick(which), self._holders(who | {which % 3}))

    @precondition(lambda self: self._living())
    @rule(which=ONE, who=SOME)
    def a_case_is_given(self, which: int, who: set[int]) -> None:
        one = self._pick(which)
        cases.give_case(one.keys[-1], to=self._holders(who))
        one.holders |= {key.pk for key in self._holders(who)}

    @precondition(lambda self: self._living())
    @rule(which=ONE, who=SOME)
    def a_case_is_renewed(self, which: int, who: set[int]) -> None:
        one = self._pick(which)
        if who or one.slip:
            self._renewed(one, self._holders(who))

    def _renewed(self, one: Known, readers: list[HolderKey]) -> None:
        one.keys.append(cases.renew_case(one.keys[-1], readers=readers))
        one.holders = {key.pk for key in readers}

    @precondition(lambda self: self._living())
    @rule(which=ONE)
    def something_is_written(self, which: int) -> None:
        one = self._pick(which)
        text = f"{len(one.letters)}通目"
        one.letters[write(one.keys[-1], text, hidden=len(one.letters) % 2 == 1)] = text

    @precondition(lambda self: self._living())
    @rule(which=ONE)
    def a_case_is_erased_and_an_old_copy_put_back(self, which: int) -> None:
        one = self._pick(which)
        copy = list(Grant.objects.filter(case=one.id))
        cases.shred_case(one.id)
        Grant.objects.bulk_create(copy)
        one.erased = True
        for keyring in (*self.people, *self.gone):
            assert one.id not in keyring.open_all([one.id])
        Grant.objects.filter(case=one.id).delete()

    @precondition(lambda self: self.orphans or any(not one.holders for one in self._living()))
    @rule()
    def a_day_passes_and_keys_are_swept(self) -> None:
        due = {case for case, made in self.orphans.items() if made < self.day}
        assert cases.sweep(before=self.day) == len(due)
        for case in due:
            del self.orphans[case]
        self.day += timedelta(days=1)

    # --- what is so after every step ---

    @invariant()
    def the_key_store_holds_what_it_should(self) -> None:
        there = set(ShredKey.objects.values_list("case", flat=True))
        assert there == {one.id for one in self._living()} | set(self.orphans)

    @invariant()
    def everybody_opens_what_they_were_given_and_nothing_else(self) -> None:
        every = [one.id for one in self.known]
        for keyring in (*self.people, *self.gone):
            pk = keyring.holder.pk
            reach = {pk} | {group for group, inside in self.inside.items() if pk in inside}
            opened = keyring.open_all(every)
            for one in self.known:
                assert (one.id in opened) == (not one.erased and bool(reach & one.holders))
                if one.id in opened:
                    for row, text in one.letters.items():
                        assert read(opened[one.id], row) == (text, text)

    @invariant()
    def who_kept_a_copy_of_everything_opens_what_their_keys_still_hold(self) -> None:
        """All rows, the key store of now and every private key somebody ever had, without our code of today."""
        shreds = {row.case: bytes(row.key) for row in ShredKey.objects.all()}
        grants = list(Grant.objects.all())
        for keyring in (*self.people, *self.gone):
            pk = keyring.holder.pk
            had = self.copies.setdefault(pk, {})
            had.update(keyring.private_keys())
            for one in self.known:
                sealed = [grant for grant in grants if grant.case == one.id]
                opened = any(_opens(g, private, shreds) for g in sealed for private in had.values())
                assert opened == (not one.erased and bool(set(had) & one.holders))

    @invariant()
    def a_key_of_the_past_opens_nothing(self) -> None:
        for one in self._living():
            for old in one.keys[:-1]:
                for row in one.letters:
                    assert not _reads(old, row)

    @invariant()
    def a_slip_opens_its_case_until_it_is_erased(self) -> None:
        for one in self.known:
            if one.slip is None:
                continue
            slip = Slip.objects.get(matter=one.id)
            try:
                opened = open_with(
                    one.slip.private,
                    case=one.id,
                    generation=slip.generation,
                    blob=bytes(slip.blob),
                )
            except CaseIsGone:
                assert one.erased
            else:
                assert not one.erased
                for row, text in one.letters.items():
                    assert read(opened, row) == (text, text)

    # ---

    def _keys(self, places: set[int]) -> list[HolderKey]:
        return [self.people[place].holder for place in sorted(places)]

    def _holders(self, places: set[int]) -> list[HolderKey]:
        """People by place; 3 is the group."""
        return self._keys(places - {3}) + (self.groups if 3 in places else [])

    def _made(self, group: HolderKey, places: set[int]) -> None:
        self.groups.append(group)
        self.inside[group.pk] = {self.people[place].holder.pk for place in places}

    def _living(self) -> list[Known]:
        return [one for one in self.known if not one.erased]

    def _pick(self, which: int) -> Known:
        living = self._living()
        return living[which % len(living)]


def _opens(grant: Grant, private: bytes, shreds: dict[UUID, bytes]) -> bool:
    from madobe.vault.installed import installation

    try:
        granted(
            bytes(grant.blob),
            shred_key=shreds[grant.case],
            holder=private,
            case=CaseOf(installation(), grant.case, grant.generation),
        )
    except (NotOpenedError, KeyError):
        return False
    return True


def _reads(opened: OpenCase, row: UUID) -> bool:
    try:
        read(opened, row)
    except NotOpenedError:
        return False
    return True
