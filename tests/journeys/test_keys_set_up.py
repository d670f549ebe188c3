"""A house is set up in a real browser: keys of two people, three sheets of paper, the drill, a desk that opens."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey
WORDS = {
    "admin": "umi ga mieru oka no ue",
    "one": "hoshi no furu yoru ni",
    "two": "aki no hi no kaerimichi",
}
MAKE, OPEN = "合い鍵を作る", "開く"


@pytest.fixture(scope="session")
def house(inside: Callable[[str], str], world: dict[str, str]) -> str:
    """People who have just been let in, and a desk without a key. Gives the name of the desk."""
    return inside("new_house()")


def make_key(page: Page, words: str) -> None:
    page.goto("/accounts/keys/")
    page.locator("#id_passphrase").fill(words)
    page.locator("#id_passphrase_again").fill(words)
    page.get_by_role("button", name=MAKE).click()
    expect(page.locator("main")).to_contain_text("いまは開いています")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_the_page_that_makes_a_key_keeps_nobody_out(
    visit: Callable[..., Page],
    axe_violations: Callable[[Page], list[str]],
    overflowing: Callable[[Page], list[str]],
    seat: Callable[..., dict[str, str]],
    house: str,
    javascript: bool,
) -> None:
    for width in (360, 1280):
        page = visit(width=width, javascript=javascript)
        page.context.add_cookies([seat("keyless")])
        page.goto("/accounts/keys/")
        page.locator("#id_passphrase").fill("mijikai")
        page.locator("#id_passphrase_again").fill("mijikai")
        page.get_by_role("button", name=MAKE).click()
        expect(page.locator("main")).to_contain_text("15文字以上")
        assert overflowing(page) == []
        if javascript:
            assert axe_violations(page) == []


def test_two_people_three_sheets_a_drill_and_the_desk_opens(
    visit: Callable[..., Page],
    axe_violations: Callable[[Page], list[str]],
    overflowing: Callable[[Page], list[str]],
    seat: Callable[..., dict[str, str]],
    house: str,
) -> None:
    people = {}
    for who in ("admin", "one", "two"):
        people[who] = visit(width=360 if who == "one" else 1280, javascript=who != "two")
        people[who].context.add_cookies([seat(f"house-{who}")])
    make_key(people["one"], WORDS["one"])
    make_key(people["two"], WORDS["two"])
    boss = people["admin"]
    boss.goto("/staff/keys/")
    desk = boss.get_by_role("region", name=house)
    for name in ("見本 いち", "見本 にい"):
        desk.get_by_label(name).check()
    desk.get_by_role("button", name="この人たちの鍵を作る").click()
    expect(boss.locator("main")).to_contain_text("見本 いちさんから鍵を返してもらう")

    boss.get_by_role("link", name=re.compile("新しい紙に作りかえる|紙を作る")).click()
    boss.get_by_role("button", name="3枚の紙を出す").click()
    papers = boss.locator(".paper")
    assert papers.count() == 3
    sheets = [papers.nth(i).locator("ol li").all_inner_texts() for i in range(3)]
    assert [len(one) for one in sheets] == [33, 33, 33]
    for width in (360, 1280):
        boss.set_viewport_size({"width": width, "height": 900})
        assert axe_violations(boss) == []
        assert overflowing(boss) == []
    boss.emulate_media(media="print")
    expect(papers.first).to_be_visible()
    expect(boss.get_by_role("link", name="刷りました。つぎへ")).to_be_hidden()
    boss.emulate_media(media="screen")

    boss.get_by_role("link", name="刷りました。つぎへ").click()
    spoilt = sheets[0][:]
    spoilt[4] = spoilt[4][:3] + "x" + spoilt[4][3:]
    boss.locator("#id_first").fill(" ".join(spoilt).upper())
    boss.locator("#id_second").fill(
        "\n".join(f"{i + 1}. {word}" for i, word in enumerate(sheets[2]))
    )
    boss.get_by_role("button", name="確かめる").click()
    expect(boss.locator("main")).to_contain_text("5番目の")
    expect(boss.locator("main")).to_contain_text(sheets[0][4])
    assert axe_violations(boss) == []
    boss.locator("#id_first").fill(" ".join(sheets[0]).upper())
    boss.get_by_role("button", name="確かめる").click()
    expect(boss.get_by_role("status")).to_contain_text("2枚で開くことを、確かめました")

    desk = boss.get_by_role("region", name=house)
    desk.get_by_role("button", name="手紙を受けとりはじめる").click()
    expect(boss.get_by_role("region", name=house)).to_contain_text("手紙を受けとっています")


def test_a_key_that_is_closed_asks_for_its_words_and_goes_on(
    visit: Callable[..., Page],
    axe_violations: Callable[[Page], list[str]],
    seat: Callable[..., dict[str, str]],
    inside: Callable[[str], str],
    house: str,
) -> None:
    """Somebody who holds a desk's key lets a colleague in; her own key was locked meanwhile."""
    name = inside("desk_held_by('holder')")
    page = visit(width=360)
    page.context.add_cookies([seat("holder")])
    page.goto("/staff/keys/")
    desk = page.get_by_role("region", name=name)
    desk.locator("select").select_option(label="見本 わかば")
    desk.get_by_role("button", name="鍵をわたす").click()
    expect(page.locator("main")).to_contain_text("書いたものは残っています")
    assert axe_violations(page) == []
    page.locator("#id_keyring_passphrase").fill("not the words I chose")
    page.get_by_role("button", name=OPEN, exact=True).click()
    expect(page.locator("main")).to_contain_text("その言葉では開きませんでした")
    page.locator("#id_keyring_passphrase").fill("yuuyake ni shizumu machi")
    page.get_by_role("button", name=OPEN, exact=True).click()
    expect(page.get_by_role("region", name=name).locator("ul")).to_contain_text("見本 わかば")
    names = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert (names["madobe-keys"]["httpOnly"], names["madobe-keys"]["sameSite"]) == (True, "Strict")
    page.get_by_role("button", name="サインアウト").click()
    assert "madobe-keys" not in {cookie["name"] for cookie in page.context.cookies()}
