"""Who can read a case."""

from dataclasses import replace
from uuid import uuid4

import pytest

from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.grants import CaseOf, grant, granted, new_key
from madobe.vault.rules.members import new_pair

CASE = CaseOf(installation=uuid4(), case=uuid4())


def test_each_holder_opens_their_own_grant_and_no_other():
    key, shred = new_key(), new_key()
    counsellor, duty, stranger = new_pair(), new_pair(), new_pair()
    grants = {
        holder.public: grant(key, shred_key=shred, holder=holder.public, case=CASE)
        for holder in (counsellor, duty)
    }
    for holder in (counsellor, duty):
        blob = grants[holder.public]
        assert granted(blob, shred_key=shred, holder=holder.private, case=CASE) == key
    for blob in grants.values():
        with pytest.raises(NotOpenedError):
            granted(blob, shred_key=shred, holder=stranger.private, case=CASE)


def test_without_the_shred_key_a_holder_reads_nothing():
    key, holder = new_key(), new_pair()
    blob = grant(key, shred_key=new_key(), holder=holder.public, case=CASE)
    with pytest.raises(NotOpenedError):
        granted(blob, shred_key=new_key(), holder=holder.private, case=CASE)


def test_the_shred_key_alone_reads_nothing():
    shred, holder = new_key(), new_pair()
    blob = grant(new_key(), shred_key=shred, holder=holder.public, case=CASE)
    with pytest.raises(NotOpenedError):
        granted(blob, shred_key=shred, holder=shred, case=CASE)


@pytest.mark.parametrize(
    "other",
    [replace(CASE, case=uuid4()), replace(CASE, generation=2), replace(CASE, installation=uuid4())],
)
def test_a_grant_moved_to_another_case_or_kept_from_an_old_key_is_none(other: CaseOf):
    key, shred, holder = new_key(), new_key(), new_pair()
    blob = grant(key, shred_key=shred, holder=holder.public, case=CASE)
    with pytest.raises(NotOpenedError):
        granted(blob, shred_key=shred, holder=holder.private, case=other)


def test_who_seals_needs_no_private_key():
    """Intake writes and cannot read: all it has is the public keys, the shred key and what it seals."""
    holder, shred, key = new_pair(), new_key(), new_key()
    blob = grant(key, shred_key=shred, holder=holder.public, case=CASE)
    for secret in (holder.public, shred, key):
        with pytest.raises(NotOpenedError):
            granted(blob, shred_key=shred, holder=secret, case=CASE)


def test_a_changed_byte_is_refused_wherever_it_stands():
    key, shred, holder = new_key(), new_key(), new_pair()
    blob = grant(key, shred_key=shred, holder=holder.public, case=CASE)
    for at in range(len(blob)):
        changed = blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :]
        with pytest.raises(NotOpenedError):
            granted(changed, shred_key=shred, holder=holder.private, case=CASE)


def test_a_grant_is_small_and_of_one_size():
    sizes = {
        len(grant(new_key(), shred_key=new_key(), holder=new_pair().public, case=CASE))
        for _ in range(20)
    }
    assert sizes == {1 + 32 + 16 + 24 + 32 + 16}  # algorithm, sealed box, nonce, key, tag
