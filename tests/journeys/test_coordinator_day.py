"""A coordinator's day with keys alone, and two people who look at an operator."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.accounts import PASSWORD, code_now
from tests.journeys.hands import kill, press, reach, write
from tests.journeys.staff_world import DRAFTED, ONE, OPERATOR, TWO

pytestmark = pytest.mark.journey

TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def sign_in(page: Page, who: str) -> None:
    page.goto("/staff/")
    write(page, "#id_login", f"{who}@demo.example")
    write(page, "#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#code").wait_for()
    write(page, "#code", code_now())
    page.keyboard.press("Enter")
    page.locator("nav.staff-nav").wait_for()


def find(page: Page, words: str, key: str) -> None:
    """From the list of entries to one of them."""
    press(page, "nav.staff-nav a[href='/staff/directory/']")
    page.locator("#q").wait_for()
    write(page, "#q", words)
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    press(page, f"main tbody th a[href*='{key}']")
    page.locator("#facts").wait_for()


def public_sees(visit: Callable[..., Page], words: str) -> list[str]:
    """What anybody finds with these words, at this moment."""
    page = visit("/ja/search/")
    write(page, "#text", words)
    write(page, "#place", "昭島市")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    found = page.locator("main :is(h2, h3, h4)").all_inner_texts()
    page.context.close()
    return [one for one in found if one == words]


def alone(page: Page, part: str, element: str = "button") -> str:
    """A selector for what acts inside a form that goes to this address."""
    return f"form[action$='{part}'] {element}"


@pytest.mark.parametrize(
    ("javascript", "which", "name"),
    [(True, "one", ONE), (False, "two", TWO)],
    ids=["JavaScript", "without JavaScript"],
)
def test_a_day_with_keys_alone(
    visit: Callable[..., Page],
    seat: Callable[..., dict[str, str]],
    world: dict[str, str],
    javascript: bool,
    which: str,
    name: str,
) -> None:
    if javascript:
        page = visit(javascript=javascript)
        sign_in(page, "rin")
    else:
        page = visit(javascript=False)
        page.context.add_cookies([seat("rin")])
        page.goto("/staff/")

    find(page, "まどべ " + name[-4:].translate(TO_KATAKANA), world[which])
    entry = page.url.partition("?")[0]

    press(page, "main .buttons a.btn.main")
    page.locator("form#entry").wait_for()
    write(page, "#id_alternate_name", "ひだまり")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("残しました。")

    press(page, alone(page, "/verify/", "button"))
    expect(page.locator("main")).to_contain_text("きょう確かめたことを残しました。")

    press(page, "section[aria-labelledby=alerts] details summary")
    write(page, "#id_alert-text", "あすまで、お休みします。")
    press(page, alone(page, "/alerts/", "button"))
    expect(page.locator("main")).to_contain_text("お知らせをのせました。")
    expect(page.locator("section[aria-labelledby=alerts]")).to_contain_text(
        "あすまで、お休みします。"
    )

    press(page, "section[aria-labelledby=waiting] a[href*='/merge/']")
    page.locator("table.merge").wait_for()
    press(page, "form[method=post] button.main")
    page.wait_for_url("**/standing/**")
    assert public_sees(visit, name) == [name]
    press(page, "main a[href*='/undo/']")
    page.wait_for_url("**/undo/**")
    press(page, "main form button.main")
    page.wait_for_url("**/merges/")
    assert public_sees(visit, name) == [name, name]

    page.goto(entry)
    press(page, "main .buttons a[href*='/standing/']")
    page.wait_for_url("**/standing/**")
    press(page, "main details summary")
    write(page, "#suspend-reason", "電話がつながらないため、確かめます。")
    page.keyboard.press("Enter")
    page.locator("#lift-reason").wait_for()
    assert public_sees(visit, name) == [name]  # the other one of the two
    write(page, "#lift-reason", "電話で確かめました。")
    page.keyboard.press("Enter")
    expect(page.locator("main details summary").first).to_be_visible()
    assert public_sees(visit, name) == [name, name]
    assert page.watch.faults == []  # type: ignore[attr-defined]


def test_killed_in_the_middle_of_a_word_nothing_is_lost(
    launch: Callable[[], Browser],
    site: str,
    seat: Callable[..., dict[str, str]],
    world: dict[str, str],
) -> None:
    def desk() -> Page:
        context = launch().new_context(base_url=site, locale="ja-JP")
        context.add_cookies([seat("rin")])
        page = context.new_page()
        page.goto(f"/staff/directory/{world['other']}/edit/")
        return page

    page = desk()
    reach(page, "#id_first_visit")
    page.keyboard.type("名前を言わなくて", delay=20)
    with page.expect_response("**/drafts/**"):
        page.keyboard.type("も")
    kill(page.context.browser)  # type: ignore[arg-type]
    assert desk().locator("#id_first_visit").input_value() == "名前を言わなくても"


def test_while_the_door_is_locked_the_words_stay_and_are_kept_after_unlocking(
    visit: Callable[..., Page],
    inside: Callable[[str], str],
    seat: Callable[..., dict[str, str]],
    world: dict[str, str],
) -> None:
    page = visit()
    page.context.add_cookies([seat("sora")])
    page.goto(f"/staff/directory/{world['lone']}/edit/")
    inside("leave_alone('sora@demo.example')")
    write(page, "#id_first_visit", "庭から入れます。")
    expect(page.locator("#draft-status")).to_contain_text("この画面に残っています")
    other = page.context.new_page()
    other.goto("/staff/")
    write(other, "#id_unlock_password", PASSWORD)
    with other.expect_navigation():
        other.keyboard.press("Enter")
    other.locator("nav.staff-nav").wait_for()
    expect(page.locator("#draft-status")).to_have_text("下書きを残しました")
    page.reload()
    assert page.locator("#id_first_visit").input_value() == "庭から入れます。"


def test_an_operator_is_listed_only_when_two_people_have_looked(
    visit: Callable[..., Page], seat: Callable[..., dict[str, str]], world: dict[str, str]
) -> None:
    address = f"/staff/directory/organizations/{world['operator']}/vetting/"

    def look(who: str) -> Page:
        page = visit()
        page.context.add_cookies([seat(who)])
        page.goto(address)
        return page

    def answer(page: Page) -> None:
        names = page.locator("#checklist input[value=yes]").evaluate_all(
            "all => all.map(one => one.name)"
        )
        for name in names:
            press(page, f"input[name={name}][value=yes]", "Space")
        write(page, "#evidence", "登記簿と契約書の写しを見て、電話で聞きました。")
        press(page, "#checklist button.main")

    first = look("umi")
    answer(first)
    expect(first.locator("main")).to_contain_text("もう一人の方の答えを待っています。")
    assert public_sees(visit, DRAFTED) == []
    first.goto(address)
    assert first.locator("#checklist").count() == 0  # one person answers once

    second = look("sora")
    answer(second)
    expect(second.locator("main dl.facts").first).to_contain_text("確認ずみ")
    assert public_sees(visit, DRAFTED) == [DRAFTED]
    expect(second.locator("main h1")).to_have_text(OPERATOR)
