"""A flood is held aside; letters are not, and nothing is refused."""

from hypothesis import given
from hypothesis import strategies as st

from madobe.consult.rules.flood import (
    ALIKE_LONG,
    ATTACK,
    FROM_ONE,
    PROVEN_FROM_ONE,
    WINDOW_S,
    Counters,
)

SPAM = "いますぐ登録すると毎月三十万円がもらえます。こちらから。"


def counters() -> Counters:
    return Counters(bytes(32))


def test_the_same_long_text_from_a_thousand_places_is_held():
    kept = counters()
    held = [
        kept.note(source=f"10.0.{n // 250}.{n % 250}", text=SPAM, urgent=False, now=float(n)).hold
        for n in range(1000)
    ]
    assert held[:ALIKE_LONG] == [False] * ALIKE_LONG
    assert all(held[ALIKE_LONG:])


def test_copies_stand_behind_one_row():
    kept = counters()
    groups = {
        kept.note(source=str(n), text=SPAM, urgent=False, now=float(n)).group for n in range(100)
    }
    assert len(groups - {""}) == 1


def test_a_short_sigh_many_write_is_a_letter_each_time():
    kept = counters()
    assert not any(
        kept.note(source=str(n), text="つらい", urgent=False, now=float(n)).hold for n in range(50)
    )


def test_one_address_that_never_stops_is_held_and_danger_from_it_is_not():
    kept = counters()
    for n in range(FROM_ONE):
        kept.note(source="203.0.113.5", text=f"{n}番めの別の手紙です", urgent=False, now=1.0)
    assert kept.note(source="203.0.113.5", text="また別の手紙", urgent=False, now=2.0).hold
    assert not kept.note(source="203.0.113.5", text="もう消えたいです", urgent=True, now=3.0).hold


def send(kept: Counters, text: str, *, now: float = 1.0, proven: bool = False) -> bool:
    """Whether a letter from the one address is held."""
    return kept.note(source="203.0.113.5", text=text, urgent=False, now=now, proven=proven).hold


def test_a_letter_with_work_does_not_stand_behind_what_its_address_sends():
    kept = counters()
    for n in range(FROM_ONE * 3):
        send(kept, f"{n}番めの別の手紙です")
    assert send(kept, "また別の手紙")
    assert not send(kept, "夜になると眠れません。", proven=True)


def test_a_copy_is_a_copy_with_work_too():
    kept = counters()
    held = [send(kept, SPAM, proven=True) for _ in range(ALIKE_LONG + 2)]
    assert held == [False] * ALIKE_LONG + [True] * 2


def test_letters_with_work_leave_the_room_of_those_without():
    kept = counters()
    for n in range(FROM_ONE * 2):
        send(kept, f"{n}番めの別の手紙です", proven=True)
    assert not send(kept, "また別の手紙")


def test_a_flood_with_work_ends_somewhere_and_stands_behind_the_row_of_its_address():
    kept = counters()
    held = [send(kept, f"{n}番めの別の手紙です", proven=True) for n in range(PROVEN_FROM_ONE + 2)]
    assert held == [False] * PROVEN_FROM_ONE + [True] * 2
    groups = {
        kept.note(source="203.0.113.5", text=f"その{n}", urgent=False, now=2.0, proven=n % 2 == 0).group
        for n in range(FROM_ONE + 2)
    }  # fmt: skip
    assert len(groups - {""}) == 1


def test_thirty_held_letters_are_an_attack_until_the_hour_is_over():
    kept = counters()
    for n in range(ALIKE_LONG + ATTACK - 1):
        kept.note(source=str(n), text=SPAM, urgent=False, now=float(n))
    assert not kept.is_under_attack(40.0)
    kept.note(source="x", text=SPAM, urgent=False, now=40.0)
    assert kept.is_under_attack(40.0)
    first_held = float(ALIKE_LONG)
    assert kept.is_under_attack(first_held + WINDOW_S)
    assert not kept.is_under_attack(first_held + WINDOW_S + 1)


def test_many_letters_that_are_not_held_are_no_attack():
    kept = counters()
    for n in range(1000):
        kept.note(source=str(n), text=f"{n}番めの手紙です", urgent=False, now=1.0)
    assert not kept.is_under_attack(1.0)


def test_after_an_hour_all_is_forgotten():
    kept = counters()
    for n in range(10):
        kept.note(source="1", text=SPAM, urgent=False, now=float(n))
    assert not kept.note(source="1", text=SPAM, urgent=False, now=WINDOW_S + 20).hold


def test_what_is_remembered_holds_no_address_and_no_text():
    kept = counters()
    kept.note(source="203.0.113.5", text=SPAM, urgent=False, now=1.0)
    remembered = b"".join(kept._seen)
    assert b"203.0.113.5" not in remembered
    assert SPAM.encode() not in remembered


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=40)), max_size=30))
def test_different_letters_of_different_people_are_never_held(letters: list[tuple[str, str]]):
    kept = counters()
    for n, (source, text) in enumerate(letters):
        verdict = kept.note(source=f"{source}{n}", text=f"{n}:{text}", urgent=False, now=float(n))
        assert not verdict.hold
