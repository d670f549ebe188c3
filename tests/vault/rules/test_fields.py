"""A sealed field: read with its key in its place, and nowhere else."""

import itertools
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.fields import Place, open_field, seal_field
from madobe.vault.rules.grants import new_key

from . import oracle

HERE = Place(installation=uuid4(), field=7, row=uuid4())
TEXT = "夜中に書いています。だれにも言っていません。"


@given(st.binary(max_size=3000))
def test_what_is_sealed_is_opened(plain: bytes):
    key = new_key()
    assert open_field(key, seal_field(key, plain, HERE), HERE) == plain


def test_a_blob_is_what_another_library_makes_of_the_published_algorithm():
    key = new_key()
    blob = seal_field(key, TEXT.encode(), HERE)
    bound = (
        HERE.installation.bytes
        + b"\x00\x07"
        + HERE.row.bytes
        + b"\x00\x00\x00\x01"  # version
        + b"\x01"  # algorithm
    )
    filled = oracle.open_(key, blob[1:25], blob[25:], bound)
    assert blob[:1] == b"\x01"
    assert filled == TEXT.encode() + b"\x80" + bytes(256 - len(TEXT.encode()) - 1)


def test_the_published_vector_of_the_algorithm():
    """draft-irtf-cfrg-xchacha-03, A.3.1."""
    key, nonce = bytes(range(0x80, 0xA0)), bytes(range(0x40, 0x58))
    plain = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you "
        b"only one tip for the future, sunscreen would be it."
    )
    sealed = oracle.seal(key, nonce, plain, bytes.fromhex("50515253c0c1c2c3c4c5c6c7"))
    assert sealed.hex().startswith(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
    )
    assert sealed.hex().endswith("c0875924c1c7987947deafd8780acf49")


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, row=uuid4()),
        replace(HERE, field=8),
        replace(HERE, version=2),
        replace(HERE, installation=uuid4()),
    ],
)
def test_a_blob_moved_to_another_place_is_refused(elsewhere: Place):
    key = new_key()
    blob = seal_field(key, TEXT.encode(), HERE)
    with pytest.raises(NotOpenedError):
        open_field(key, blob, elsewhere)


def test_every_swap_of_two_hundred_rows_is_refused():
    key = new_key()
    places = [replace(HERE, row=uuid4()) for _ in range(200)]
    blobs = [seal_field(key, bytes([n]), place) for n, place in enumerate(places)]
    opened = 0
    for (blob, _), (_, place) in itertools.permutations(zip(blobs, places, strict=True), 2):
        try:
            open_field(key, blob, place)
        except NotOpenedError:
            continue
        opened += 1
    assert opened == 0
    assert [open_field(key, b, p) for b, p in zip(blobs, places, strict=True)] == [bytes([n]) for n in range(200)]  # fmt: skip


def test_a_field_bound_to_no_place_would_be_opened_anywhere():
    """The control of the two tests above: without the place they would find something."""
    key, nonce = new_key(), bytes(24)
    blob = oracle.seal(key, nonce, b"moved", b"")
    assert oracle.open_(key, nonce, blob, b"") == b"moved"


@given(st.integers(0, 296), st.integers(1, 255))
def test_a_changed_byte_is_refused(at: int, by: int):
    key = new_key()
    blob = bytearray(seal_field(key, TEXT.encode(), HERE))
    blob[at] ^= by
    with pytest.raises(NotOpenedError):
        open_field(key, bytes(blob), HERE)


@pytest.mark.parametrize(
    "blob", [b"", b"\x01", b"\x01" + bytes(20), b"\x02" + bytes(300), bytes(300)]
)
def test_what_is_no_blob_is_refused_in_one_way(blob: bytes):
    with pytest.raises(NotOpenedError) as refusal:
        open_field(new_key(), blob, HERE)
    assert refusal.value.args == ()


def test_the_same_words_are_never_sealed_alike():
    key = new_key()
    assert len({seal_field(key, b"", HERE) for _ in range(100)}) == 100


def test_the_key_of_another_case_opens_nothing():
    with pytest.raises(NotOpenedError):
        open_field(new_key(), seal_field(new_key(), TEXT.encode(), HERE), HERE)


def test_a_key_of_a_wrong_size_is_a_fault_of_ours_and_said_so():
    with pytest.raises(ValueError, match="32 bytes"):
        seal_field(b"short", b"", HERE)


def test_no_part_of_a_place_runs_into_the_next():
    one = Place(UUID(int=1), 0x0102, UUID(int=3), 4)
    assert len(one.bound(1)) == 16 + 2 + 16 + 4 + 1
    assert one.bound(1) != Place(UUID(int=1), 0x0103, UUID(int=3), 4).bound(1)
