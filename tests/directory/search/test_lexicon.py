"""The table of words: every row can be read, every form has one meaning, and the guide reads the same groups."""

import re

import pytest
import yaml

from madobe.directory.choices import Kind
from madobe.directory.search import lexicon
from madobe.directory.search.lexicon import LexiconError, concepts, typed_forms, words_of
from madobe.directory.search.question import NEEDS
from madobe.guide.rules.reading.lexicon import lexicon as guide_lexicon
from madobe.lib.folding import fold

TABLE = yaml.safe_load(lexicon.TABLE.read_text("utf-8"))
ROWS = TABLE["concepts"]
FIELDS = {"id", "words", "asks", "says", "kinds", "needs", "part_of", "only_alone", "why"}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_row_says_what_it_is_and_why(row: dict[str, object]) -> None:
    assert set(row) <= FIELDS
    assert re.fullmatch(r"[a-z][a-z0-9_]*", str(row["id"]))
    assert row["words"] or row["says"]
    assert re.search(r"S\d-\d\d|§\d|B\d|register|Register", str(row["why"])), "no source"
    assert set(row.get("kinds", ())) <= set(Kind.values)  # type: ignore[call-overload]
    assert set(row.get("needs", ())) <= set(NEEDS)  # type: ignore[call-overload]
    assert set(row.get("part_of", ())) <= {other["id"] for other in ROWS}  # type: ignore[call-overload]


def test_ids_are_given_once() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))


def test_a_form_means_one_thing() -> None:
    owners: dict[str, set[str]] = {}
    for row in ROWS:
        for name in ("words", "asks", "says"):
            for form in row.get(name, ()):
                owners.setdefault(fold(str(form)), set()).add(row["id"])
    assert {form: found for form, found in owners.items() if len(found) > 1} == {}
    assert "" not in owners


def test_control_a_form_in_two_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = {**TABLE, "concepts": [*ROWS, {"id": "other", "words": ["ひきこもり"], "why": ""}]}
    monkeypatch.setattr(lexicon, "_table", lambda: twice)
    typed_forms.cache_clear()
    try:
        with pytest.raises(LexiconError, match="ひきこもり: in hikikomori and in other"):
            typed_forms()
    finally:
        typed_forms.cache_clear()


def test_a_form_is_no_filler_and_no_mask_is_a_form() -> None:
    filler = {fold(str(word)) for word in TABLE["fillers"]}
    assert {form for form, concept in typed_forms().items() if concept} & filler == set()


def test_every_mask_says_why() -> None:
    assert all(row["why"] and row["words"] for row in TABLE["masks"])


def test_all_kinds_are_answered_by_some_words() -> None:
    assert {kind for one in concepts() for kind in one.kinds} == set(Kind.values)


def test_short_hiragana_is_not_looked_for_in_entries() -> None:
    short = [
        form for one in concepts() for form in one.written if re.fullmatch("[ぁ-ゖ]{1,4}", form)
    ]
    assert short == []


def test_words_of_a_part_find_the_whole_in_entries() -> None:
    work = next(one for one in concepts() if one.id == "work")
    assert fold("就労継続支援B型") in work.forms
    assert typed_forms()[fold("就労継続支援B型")] == "supported_work_b"


@pytest.mark.parametrize(
    ("group", "concept"), [("居場所", "ibasho"), ("病院", "clinic"), ("訪問", "visit")]
)
def test_guide_and_search_share_their_groups(group: str, concept: str) -> None:
    assert guide_lexicon().words[group] == words_of(concept)
    assert group in words_of(concept)


def test_an_unknown_concept_is_named() -> None:
    with pytest.raises(KeyError, match="nothing_of_this_name"):
        words_of("nothing_of_this_name")


def test_no_name_of_an_illness_is_led_to_the_clinic_first() -> None:
    depression = next(one for one in concepts() if one.id == "depression")
    assert depression.kinds[0] == "mental_health_public"
