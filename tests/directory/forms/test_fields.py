"""What people write is read, in the many ways they write it; what cannot be read is said, never a fault."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from madobe.directory.forms import areas, fields
from madobe.directory.forms.parts import PhoneRow
from madobe.directory.forms.rows import MOST, Rows
from madobe.directory.forms.service import ServiceForm
from madobe.directory.forms.when import ScheduleRow
from madobe.directory.models import Draft
from tests.factories.staff import actor, staff_client


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [
        (fields.Day(), "2026年3月5日", "2026-03-05"),
        (fields.Day(), "２０２６／３／５", "2026-03-05"),
        (fields.Day(), "2028-02-29", "2028-02-29"),
        (fields.Day(), "", None),
        (fields.Clock(), "9:00", "09:00"),
        (fields.Clock(), "１３時３０分", "13:30"),
        (fields.Clock(), "9時", "09:00"),
        (fields.Clock(), "0930", "09:30"),
        (fields.Clock(), "24:00", "00:00"),
        (fields.MonthDay(), "12月29日", "12-29"),
        (fields.MonthDay(), "2/29", "02-29"),
        (fields.Number(), "１２", 12),
        (fields.Money(), "1,000円", "1000.00"),
        (fields.Lines(), "一\r\n\r\n 二 ", ["一", "二"]),
        (areas.Areas(), "昭島市\n東京都\n全国", ["132071", "13", "JP"]),
        (areas.Areas(), "東京都府中市", ["132063"]),
        (areas.Areas(), "名古屋市中区", ["231061"]),
        (areas.Municipality(), "あきしま市", "132071"),
        (fields.WebAddress(), " https://example.jp/a ", "https://example.jp/a"),
        (fields.MailAddress(), "ａ＠example.jp", "a@example.jp"),
    ],
)
def test_it_is_read(field: Any, written: str, read: Any):
    field.required = False
    assert field.clean(written) == read


@pytest.mark.parametrize(
    ("field", "written"),
    [
        (fields.Day(), "2026-02-29"),
        (fields.Day(), "来週"),
        (fields.Clock(), "24:30"),
        (fields.Clock(), "朝"),
        (fields.MonthDay(), "13-01"),
        (fields.Number(high=10), "11"),
        (fields.Money(), "-5"),
        (fields.Lines(length=3), "あいうえ"),
        (areas.Areas(), "府中市"),
        (areas.Areas(), "ない町"),
        (areas.Municipality(), "東京都"),
        (fields.WebAddress(), "javascript:alert(1)"),
        (fields.WebAddress(), "data:text/html,x"),
        (fields.MailAddress(), "名前"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_way_to_write_it(field: Any, written: str):
    with pytest.raises(ValidationError) as said:
        field.clean(written)
    assert said.value.messages[0].endswith("。")


EVERY = [
    fields.Day(), fields.Clock(), fields.MonthDay(), fields.Number(), fields.Money(), fields.Lines(),
    fields.WebAddress(), fields.MailAddress(), fields.Days(), areas.Areas(), areas.Municipality(),
]  # fmt: skip


@given(st.sampled_from(EVERY), st.text(max_size=40))
def test_no_text_is_a_fault(field: Any, written: str):
    try:
        field.clean(written)
    except ValidationError:
        return


@given(st.text(alphabet="0123456789-()#⑳㈱㌀０９ ", max_size=20))
def test_a_number_read_fits_its_column(written: str):
    row = PhoneRow(QueryDict(mutable=True) | {"r-number": written, "r-kind": "voice"}, prefix="r")
    if row.is_valid() and not row.is_blank:
        assert len(row.read()["number"]) <= 20


def test_rows_are_never_more_than_a_hand_can_fill():
    data = QueryDict(f"r-rows=999999&r-{MOST + 40}-number=1", mutable=True)
    assert len(Rows(PhoneRow, "r", data).forms) == MOST


@given(
    st.dictionaries(
        st.sampled_from(["schedules-0-freq", "schedules-0-byday", "schedules-0-interval", "schedules-rows", "kind", "methods", "phones-0-gone", "schedules-0-exceptions-rows", "stages"]),
        st.text(max_size=12),
    )
)  # fmt: skip
def test_no_form_however_put_together_is_a_fault(typed: dict[str, str]):
    data = QueryDict(mutable=True)
    data.update(typed)
    form = ServiceForm(data)
    form.is_valid()
    list(form.sections())


def test_a_weekly_row_without_days_says_so():
    row = ScheduleRow({"r-freq": "WEEKLY", "r-kind": "opening_hours", "r-opens_at": "9:00", "r-closes_at": "17:00", "r-interval": "1"}, prefix="r")  # fmt: skip
    assert list(row.errors) == ["byday"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["\x00", "書\x00き", "\ud800", "😀" * 1000])
def test_a_draft_of_any_characters_is_kept(text: str):
    client: Client = staff_client(actor("editor"))
    body = json.dumps({"values": {"name": [text]}, "page": "a", "count": 1})
    answer = client.post("/staff/directory/drafts/new/", body, content_type="application/json")
    assert answer.status_code == 204
    assert len(Draft.objects.get().values["name"][0]) in (0, 2, 1000)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["q=%00", "q=%25_%27", "status=%00&kind=%00&page=-1", "q=" + "あ" * 300]
)
def test_no_search_of_the_list_is_a_fault(query: str):
    assert staff_client(actor("editor")).get(f"/staff/directory/?{query}").status_code == 200
