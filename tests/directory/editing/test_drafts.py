"""What is being written is kept; of one page the latest holds, whichever arrives last."""

from datetime import UTC, datetime

import pytest

from madobe.directory.actions.editing import save_draft, throw_draft_away
from madobe.directory.models import Draft
from tests.factories.staff import ADA, BEN

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def save(text: str, *, page: str = "a", count: int = 1, by: str = ADA) -> None:
    save_draft(by=by, target="new", values={"name": [text]}, page=page, count=count, at=AT)


def stands(by: str = ADA) -> str:
    return Draft.objects.get(owner=by, target="new").values["name"][0]


def test_each_saving_follows_the_one_before():
    save("書", count=1)
    save("書き", count=2)
    assert stands() == "書き"


def test_a_slow_saving_does_not_write_over_a_later_one():
    save("書きかけ", count=3)
    save("書", count=1)
    assert stands() == "書きかけ"


def test_a_page_opened_later_goes_on_from_there():
    save("書きかけ", count=30)
    save("書きかけの", page="b", count=1)
    assert stands() == "書きかけの"


def test_everybody_has_a_draft_of_their_own():
    save("あさひ")
    save("みなと", by=BEN)
    assert (stands(), stands(BEN)) == ("あさひ", "みなと")
    assert throw_draft_away(by=BEN, target="new", at=AT)
    assert stands() == "あさひ"
    assert not throw_draft_away(by=BEN, target="new", at=AT)
