"""How strongly a service answers a word, by what it says and by what it is."""

from madobe.directory.search.matching import concept_impacts, fields_of
from madobe.directory.search.words import read


def concept(word: str) -> str:
    (term,) = read(word).terms
    assert term.concept is not None
    return term.concept


def impacts(kind: str, *, name: str) -> dict[str, int]:
    return concept_impacts(fields_of([[name], [], []]), kinds=[kind], facts=())


def test_the_name_of_a_register_office_counts_little_for_what_its_kind_is_not_for():
    work = concept("就労")
    name = "くらしと就労のそら"
    assert 0 < impacts("community_move", name=name)[work] < impacts("seminar", name=name)[work] - 20


def test_the_name_of_a_register_office_counts_in_full_for_its_own_kind():
    word = concept("A型")
    assert (
        impacts("contract_work", name="A型作業所そら")[word]
        >= impacts("ibasho", name="A型作業所そら")[word]
    )
