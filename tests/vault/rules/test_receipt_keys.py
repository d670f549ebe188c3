"""What a receipt opens, and what somebody with all rows can do with it: nothing."""

import pytest
from nacl.encoding import RawEncoder
from nacl.hash import blake2b

from madobe.vault.rules.receipt_keys import look_up, receipt_pair

SECRET, PEPPER = bytes(range(10)), bytes(range(64, 96))


def test_the_same_words_open_the_same_thread():
    assert receipt_pair(SECRET, PEPPER) == receipt_pair(SECRET, PEPPER)
    assert look_up(SECRET, PEPPER) == look_up(SECRET, PEPPER)


def test_what_is_derived_is_keyed_blake2b_as_libsodium_counts_it():
    found = blake2b(
        SECRET, digest_size=32, key=PEPPER, person=b"madobe-rcpt-look", encoder=RawEncoder
    )
    assert look_up(SECRET, PEPPER) == found
    private = blake2b(
        SECRET, digest_size=32, key=PEPPER, person=b"madobe-rcpt-key\0", encoder=RawEncoder
    )
    assert receipt_pair(SECRET, PEPPER).private == private


def test_without_the_pepper_the_look_up_is_another():
    assert look_up(SECRET, PEPPER) != look_up(SECRET, PEPPER[::-1])
    assert receipt_pair(SECRET, PEPPER) != receipt_pair(SECRET, PEPPER[::-1])


def test_the_look_up_tells_nothing_of_the_key():
    assert look_up(SECRET, PEPPER) not in (
        receipt_pair(SECRET, PEPPER).private,
        receipt_pair(SECRET, PEPPER).public,
    )


def test_one_bit_of_the_secret_changes_half_of_the_look_up():
    changed = bytes([SECRET[0] ^ 1]) + SECRET[1:]
    one, other = look_up(SECRET, PEPPER), look_up(changed, PEPPER)
    differing = (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()
    assert 80 < differing < 176


@pytest.mark.parametrize(
    ("secret", "pepper"),
    [(b"", PEPPER), (SECRET, b""), (SECRET + b"x", PEPPER), (SECRET, bytes(31))],
)
def test_a_short_secret_or_pepper_is_never_used(secret: bytes, pepper: bytes):
    with pytest.raises(ValueError, match="pepper at least"):
        look_up(secret, pepper)
