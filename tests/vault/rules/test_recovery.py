"""The key on paper: two of three people, and never one."""

import itertools

import pytest
from shamir_mnemonic import generate_mnemonics

from madobe.vault.rules.grants import new_key
from madobe.vault.rules.recovery import SharesDoNotFitError, joined, split

KEY = new_key()
SHARES = split(KEY)


@pytest.mark.parametrize("pair", list(itertools.permutations(range(3), 2)))
def test_any_two_shares_give_the_key(pair: tuple[int, int]):
    assert joined(SHARES[place] for place in pair) == KEY


def test_all_three_give_it_too_also_when_one_is_misspelt():
    assert joined(SHARES) == KEY
    assert joined((SHARES[0], "not a share at all", SHARES[2])) == KEY


@pytest.mark.parametrize("share", SHARES)
def test_one_share_gives_nothing_however_often_it_is_read_in(share: str):
    with pytest.raises(SharesDoNotFitError):
        joined([share, share, f" {share.upper()} "])


def test_a_share_that_alone_opens_the_key_would_be_noticed():
    """The control: shares of a 1-of-1 scheme are all it takes, and the house never makes such."""
    ((alone,),) = generate_mnemonics(1, [(1, 1)], KEY, iteration_exponent=0)
    with pytest.raises(SharesDoNotFitError):
        joined([alone])


def test_shares_are_read_however_they_are_cased_and_spaced():
    assert joined([f"  {SHARES[0].upper()} ", SHARES[1].replace(" ", "\n ")]) == KEY


def test_a_misspelt_word_is_noticed():
    words = SHARES[0].split()
    words[7] = "academic" if words[7] != "academic" else "zero"
    with pytest.raises(SharesDoNotFitError) as refusal:
        joined([" ".join(words), SHARES[1]])
    assert refusal.value.problem


def test_shares_of_two_sets_do_not_fit():
    with pytest.raises(SharesDoNotFitError):
        joined([SHARES[0], split(KEY)[1]])


def test_a_share_has_thirty_three_words():
    assert [len(share.split()) for share in SHARES] == [33, 33, 33]
