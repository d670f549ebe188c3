"""Keys as age writes them: by the vectors of BIP-173, and as age itself reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey
from pyrage import decrypt, encrypt, x25519

from madobe.vault.rules.age_keys import bech32, fives, identity_of, recipient_of
from madobe.vault.rules.members import new_pair

LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


@pytest.mark.parametrize(  # the valid strings of BIP-173, in small letters
    "text",
    [
        "a12uel5l",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        "11" + 82 * "q" + "c8247j",
        "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
        "?1ezyfcl",
    ],
)
def test_the_checksum_is_that_of_the_standard(text: str):
    name, _, rest = text.rpartition("1")
    assert bech32(name, [LETTERS.index(letter) for letter in rest[:-6]]) == text


def test_bytes_are_cut_as_in_the_standard():
    program = bytes.fromhex("751e76e8199196d454941c45d1b3a323f1433bd6")
    assert bech32("bc", [0, *fives(program)]) == "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"


@given(st.binary(min_size=32, max_size=32))
def test_age_reads_the_private_key_and_finds_the_same_public_one(private: bytes):
    identity = x25519.Identity.from_str(identity_of(private))
    assert str(identity) == identity_of(private)
    assert str(identity.to_public()) == recipient_of(bytes(PrivateKey(private).public_key))


def test_what_is_sealed_to_the_one_opens_with_the_other():
    pair = new_pair()
    sealed = encrypt(b"words", [x25519.Recipient.from_str(recipient_of(pair.public))])
    assert decrypt(sealed, [x25519.Identity.from_str(identity_of(pair.private))]) == b"words"


@pytest.mark.parametrize("make", [recipient_of, identity_of])
def test_half_a_key_is_no_key(make):
    with pytest.raises(ValueError, match="32"):
        make(bytes(31))
