"""What is said about a file: something for each code, in each language, and a next door."""

import pytest
from django.utils import translation

from madobe.consult.rules.attachments import Reason, Removed
from madobe.consult.words_of_attachments import words_of_reason, words_of_removed

LANGUAGES = ["ja", "yasashii", "en"]


def test_what_was_taken_away_is_said_in_order():
    with translation.override("ja"):
        said = words_of_removed((Removed.PLACE, Removed.SIZE))
    assert said == ["撮影した場所の記録を取りのぞきました。", "画像を少し小さくしました。"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words(language: str):
    with translation.override(language):
        said = [*words_of_removed(Removed), *(words_of_reason(one) for one in Reason)]
    assert len(set(said)) == len(Removed) + len(Reason)
    assert all(said)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_no_ends_with_what_can_be_done(reason: Reason):
    with translation.override("ja"):
        last = words_of_reason(reason).removesuffix("。").split("。")[-1]
    assert last.endswith(("受けとれます", "できます", "送れます"))
