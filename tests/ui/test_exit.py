"""すぐ隠す: the page it lands on is a calendar like any other, and right."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

# Words that would tell somebody looking over a shoulder where the reader came from, in three languages.
OURS = re.compile(
    r"窓|まど|メモ|相談|ひきこも|支援|居場所|家族|つら|隠|かく|安全|たすけ|助け|電話|"
    r"madobe|window|memo|hikikomori|withdrawn|support|help|talk|family|hide|exit|safe|guide|quick",
    re.IGNORECASE,
)
DISPLAYS = ("ja", "yasashii-f", "en")


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch):
    """This fixture will set the clock: `today("2026-09-15T03:00")`, in UTC."""

    def put(text: str) -> None:
        at = datetime.fromisoformat(text).replace(tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: at)

    put("2026-09-15T03:00")
    return put


def weeks(client: Client) -> list[list[str]]:
    """The rows of the calendar as numbers with marks: * a day of rest, ! today, "" outside the month."""
    page = client.get("/ja/calendar/").content.decode()
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    cells = re.compile(r'<td class="([^"]*)"(?: aria-current="date")?>(\d*)</td>')
    return [
        [
            number + "*" * ("rest" in classes) + "!" * ("today" in classes)
            for classes, number in cells.findall(row)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("display", DISPLAYS)
def test_what_the_browser_kept_is_thrown_away(client: Client, display: str):
    answer = client.get(f"/{display}/calendar/")
    assert answer.status_code == 200
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    ("display", "title"), [("ja", "カレンダー"), ("yasashii", "カレンダー"), ("en", "Calendar")]
)
def test_the_title_is_that_of_a_calendar(client: Client, display: str, title: str):
    assert f"<title>{title}</title>" in client.get(f"/{display}/calendar/").content.decode()


def telling(page: str) -> list[str]:
    """Every word of ours in a page, but for the address of its style sheet."""
    return OURS.findall(re.sub(r'(?:href|src)="/static/[^"]*"', "", page))


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("display", DISPLAYS)
def test_no_word_of_ours_is_on_it(client: Client, display: str):
    assert telling(client.get(f"/{display}/calendar/").content.decode()) == []


@pytest.mark.parametrize("display", DISPLAYS)
def test_a_word_of_ours_would_be_seen(client: Client, display: str):
    assert telling(client.get(f"/{display}/safety/").content.decode())


@pytest.mark.usefixtures("today")
def test_it_loads_nothing_but_its_own_sheet_and_leads_nowhere(client: Client):
    page = client.get("/ja/calendar/").content.decode()
    assert re.findall(r'(?:href|src)="([^"]+)"', page) == ["data:,", "/static/ui/calendar.css"]


@pytest.mark.usefixtures("today")
def test_september_2026_with_its_three_holidays_in_a_row(client: Client):
    """Written by hand from a paper calendar: 敬老の日 21, 国民の休日 22, 秋分の日 23; the 1st is a Tuesday."""
    assert weeks(client) == [
        ["", "", "1", "2", "3", "4", "5"],
        ["6*", "7", "8", "9", "10", "11", "12"],
        ["13*", "14", "15!", "16", "17", "18", "19"],
        ["20*", "21*", "22*", "23*", "24", "25", "26"],
        ["27*", "28", "29", "30", "", "", ""],
    ]
    page = client.get("/ja/calendar/").content.decode()
    assert re.findall(r">(\d+/\d+ [^<]+)</li>", page) == ["9/21 敬老の日", "9/22 国民の休日", "9/23 秋分の日"]  # fmt: skip


def test_may_2026_with_its_substitute_holiday(client: Client, today):
    today("2026-05-31T03:00")
    assert weeks(client)[0] == ["", "", "", "", "", "1", "2"]
    assert weeks(client)[1] == ["3*", "4*", "5*", "6*", "7", "8", "9"]
    assert weeks(client)[-1] == ["31*!", "", "", "", "", "", ""]


def test_a_month_of_exactly_four_weeks(client: Client, today):
    today("2026-02-01T03:00")
    assert [row[0] for row in weeks(client)] == ["1*!", "8*", "15*", "22*"]


def test_today_is_today_in_japan(client: Client, today):
    today("2026-08-31T15:00")  # midnight in Tokyo
    assert weeks(client)[0][2] == "1!"
    today("2026-08-31T14:59")
    assert weeks(client)[-1][1] == "31!"


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("url", ["https://weather.example.jp/", "http://weather.example.jp/today"])
def test_the_operators_own_page_is_honoured(client: Client, settings, url: str):
    settings.EXIT_URL = url
    answer = client.get("/ja/calendar/")
    assert (answer.status_code, answer["Location"]) == (302, url)
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("url", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//weather.example.jp", "weather", " "])  # fmt: skip
def test_what_is_no_web_address_falls_back_to_the_calendar(client: Client, settings, url: str):
    settings.EXIT_URL = url
    assert client.get("/ja/calendar/").status_code == 200


def test_every_page_has_the_way_out_in_its_own_display(client: Client):
    for path in ("", "safety/", "areas/", "read/", "nothing/"):
        page = client.get(f"/ja-lf/{path}").content.decode()
        assert re.search(r'<a class="pill exit" href="/ja-lf/calendar/"[^>]*data-exit', page)
        assert "<title>メモ</title>" in page


@pytest.mark.parametrize(
    ("display", "title"), [("ja", "メモ"), ("yasashii", "メモ"), ("en", "Memo")]
)
def test_a_title_says_nothing_of_what_is_read(client: Client, display: str, title: str):
    for path in ("", "read/", "nothing/"):
        assert f"<title>{title}</title>" in client.get(f"/{display}/{path}").content.decode()
