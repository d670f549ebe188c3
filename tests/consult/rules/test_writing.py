"""「書いています…」 is seen while both wish it, of this thread alone, and only for a moment."""

from dataclasses import dataclass, field
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from madobe.consult.rules.writing import LIVES_S, SIZE, WRITES_S, Side, Sign, Table, sign_of

NOW = 1_800_000_000
THREADS = [UUID(int=number) for number in range(5)]
P, S = Side.PERSON, Side.STAFF
STEP = st.tuples(
    st.integers(0, 70), st.sampled_from(THREADS), st.sampled_from(Side), st.sampled_from(Sign)
)


def table(size: int = SIZE) -> Table:
    return Table(bytearray(size), bytes(32))


def used(cells: bytearray) -> list[int]:
    """Where records stand: of 20 bytes, a name of 8 first and the times after it."""
    return [place for place in range(0, len(cells), 20) if any(cells[place : place + 20])]


@dataclass
class Plainly:
    """The same with nothing but what each last said, and when."""

    said: dict[tuple[UUID, Side], list[tuple[int, Sign]]] = field(default_factory=dict)

    def exchange(self, thread: UUID, side: Side, sign: Sign, now: int) -> bool:
        self.said.setdefault((thread, side), []).append((now, sign))
        theirs = self.said.get((thread, Side.STAFF if side is P else P), [])
        if sign is Sign.NO or not theirs or theirs[-1][1] is Sign.NO:
            return False
        if now - theirs[-1][0] >= 60:
            return False
        last_no = max((at for at, one in enumerate(theirs) if one[1] is Sign.NO), default=-1)
        return any(one is Sign.WRITING and now - at < 9 for at, one in theirs[last_no + 1 :])


@given(st.lists(STEP, max_size=40))
def test_it_tells_what_a_plain_memory_of_what_each_said_would(steps: list[tuple]):
    shared, plain, now = table(), Plainly(), NOW
    for wait, thread, side, sign in steps:
        now += wait
        told = shared.exchange(thread, side, sign, now=now)
        assert told == plain.exchange(thread, side, sign, now)


@given(st.lists(STEP, max_size=40))
def test_a_table_that_is_far_too_small_loses_signs_and_never_gives_one_of_another(steps):
    shared, plain, now = table(3 * 20), Plainly(), NOW
    for wait, thread, side, sign in steps:
        now += wait
        told = shared.exchange(thread, side, sign, now=now)
        assert plain.exchange(thread, side, sign, now) or not told


@given(st.lists(STEP, max_size=20), st.data())
def test_bytes_that_are_torn_or_mixed_count_as_nobody(steps: list[tuple], data):
    """Whatever two processes do to each other's bytes, a sign that was not given is never told."""
    cells = bytearray(SIZE)
    shared, plain, now = Table(cells, bytes(32)), Plainly(), NOW
    for wait, thread, side, sign in steps:
        now += wait
        told = shared.exchange(thread, side, sign, now=now)
        assert plain.exchange(thread, side, sign, now) or not told
        used = [place for place, one in enumerate(cells) if one] or [0]
        where = data.draw(st.sampled_from(used))
        cells[where] ^= data.draw(st.integers(1, 255))


@given(st.binary(min_size=SIZE, max_size=SIZE))
def test_a_memory_full_of_anything_tells_nothing(noise: bytes):
    shared = Table(bytearray(noise), bytes(32))
    assert not shared.exchange(THREADS[0], P, Sign.WRITING, now=NOW)


@given(st.binary(max_size=12).map(lambda one: one.decode(errors="ignore")))
def test_only_three_words_are_a_sign(said: str):
    assert (sign_of(said) is None) == (said not in ("no", "wish", "writing"))


def test_one_who_wishes_alone_is_told_nothing():
    shared = table()
    assert not shared.exchange(THREADS[0], P, Sign.WRITING, now=NOW)
    assert not shared.exchange(THREADS[0], P, Sign.WRITING, now=NOW + 1)


def test_both_wish_and_one_writes():
    shared = table()
    assert not shared.exchange(THREADS[0], P, Sign.WISH, now=NOW)
    assert not shared.exchange(THREADS[0], S, Sign.WRITING, now=NOW)
    assert shared.exchange(THREADS[0], P, Sign.WISH, now=NOW + WRITES_S - 1)
    assert not shared.exchange(THREADS[0], P, Sign.WISH, now=NOW + WRITES_S)


def test_who_no_longer_wishes_is_gone_at_once():
    shared = table()
    shared.exchange(THREADS[0], S, Sign.WRITING, now=NOW)
    shared.exchange(THREADS[0], S, Sign.NO, now=NOW)
    assert not shared.exchange(THREADS[0], P, Sign.WISH, now=NOW)


def test_after_a_minute_nothing_is_left_in_memory():
    cells = bytearray(SIZE)
    shared = Table(cells, bytes(32))
    shared.exchange(THREADS[0], P, Sign.WRITING, now=NOW)
    shared.exchange(THREADS[1], S, Sign.WISH, now=NOW)
    assert any(cells)
    shared.exchange(THREADS[2], S, Sign.NO, now=NOW + LIVES_S)
    assert not any(cells)


def test_a_clock_that_was_put_back_keeps_nobody_alive():
    cells = bytearray(SIZE)
    shared = Table(cells, bytes(32))
    shared.exchange(THREADS[0], S, Sign.WRITING, now=NOW + 3600)
    assert not shared.exchange(THREADS[0], P, Sign.NO, now=NOW)
    assert not any(cells)


def test_a_record_mixed_of_two_is_nobodys():
    """Two processes wrote to one place at once: the name of one thread, the times of another."""
    cells = bytearray(SIZE)
    shared = Table(cells, bytes(32))
    shared.exchange(THREADS[0], S, Sign.WRITING, now=NOW)
    times = bytes(cells[used(cells)[0] + 8 : used(cells)[0] + 16])
    cells[:] = bytes(SIZE)
    shared.exchange(THREADS[1], S, Sign.WISH, now=NOW)
    place = used(cells)[0]
    cells[place + 8 : place + 16] = times
    assert not shared.exchange(THREADS[1], P, Sign.WISH, now=NOW)
