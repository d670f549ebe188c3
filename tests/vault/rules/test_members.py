"""A member's key: opened by the passphrase, held for a session, shown nowhere."""

from uuid import uuid4

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.members import Cost, held, hold, lock, new_pair, pair_of, unlock

WORDS = "ひろい空と しろい雲と ながい道"
MEMBER = uuid4()
LIGHT = Cost(rounds=2, mebibytes=19)


def test_the_passphrase_opens_the_key():
    private = new_pair().private
    assert unlock(lock(private, WORDS, member=MEMBER, cost=LIGHT), WORDS, member=MEMBER) == private


@pytest.mark.parametrize("words", ["", "ひろい空と しろい雲と", WORDS + " "])
def test_another_passphrase_opens_nothing(words: str):
    blob = lock(new_pair().private, WORDS, member=MEMBER, cost=LIGHT)
    with pytest.raises(NotOpenedError):
        unlock(blob, words, member=MEMBER)


def test_a_locked_key_put_under_another_name_opens_nothing():
    blob = lock(new_pair().private, WORDS, member=MEMBER, cost=LIGHT)
    with pytest.raises(NotOpenedError):
        unlock(blob, WORDS, member=uuid4())


def test_a_key_is_locked_at_the_promised_cost():
    """trust.md G19: Argon2id, 64 MiB, three rounds."""
    blob = lock(new_pair().private, WORDS, member=MEMBER)
    assert blob[:5] == bytes([3, 3, 0, 64, 1])


@pytest.mark.parametrize(
    "cost", [Cost(rounds=1), Cost(mebibytes=18), Cost(mebibytes=2048), Cost(rounds=99)]
)
def test_a_cost_too_low_or_ruinous_is_refused(cost: Cost):
    with pytest.raises(ValueError, match="cheap"):
        lock(new_pair().private, WORDS, member=MEMBER, cost=cost)


def test_a_stored_key_whose_cost_was_changed_is_not_tried():
    blob = bytearray(lock(new_pair().private, WORDS, member=MEMBER, cost=LIGHT))
    blob[2:4] = b"\xff\xff"  # 64 GiB
    with pytest.raises(NotOpenedError):
        unlock(bytes(blob), WORDS, member=MEMBER)


def test_the_stretching_is_argon2id():
    """The reference implementation's own vector (phc-winner-argon2, src/test.c)."""
    found = hash_secret_raw(
        b"password", b"somesalt", time_cost=2, memory_cost=65536, parallelism=1, hash_len=32, type=Type.ID
    )  # fmt: skip
    assert found.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_a_session_holds_a_key_in_two_halves():
    private = new_pair().private
    token, blob = hold(private)
    assert held(token, blob) == private
    assert private not in blob
    for wrong in (bytes(32), token[::-1], token[:31], b""):
        with pytest.raises(NotOpenedError):
            held(wrong, blob)


def test_a_pair_is_x25519_as_another_library_counts_it():
    pair = new_pair()
    other = X25519PrivateKey.from_private_bytes(pair.private).public_key()
    assert pair.public == other.public_bytes_raw()
    assert pair_of(pair.private) == pair


def test_no_key_is_shown_by_accident():
    pair = new_pair()
    assert pair.private.hex() not in repr(pair)
    assert pair.public.hex() not in repr(pair)
