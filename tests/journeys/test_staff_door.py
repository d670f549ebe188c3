"""Coming to work in a real browser: with a code, with a passkey, with a sheet of paper, with keys alone."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from madobe.accounts.actions.inventing import PASSWORD
from tests.journeys.conftest import MADOBE, environment

pytestmark = pytest.mark.journey

# Each code opens once, so each journey has a person of its own.
AXE, PASSKEY, SHEET, IDLE, PLAIN, KEYS = "hana", "kaoru", "jun", "makoto", "nao", "izumi"
PAGES = (
    "/staff/", "/staff/people/", "/staff/people/invite/", "/staff/trail/", "/accounts/me/", "/accounts/me/password/",
    "/accounts/second-step/", "/accounts/second-step/app/", "/accounts/second-step/sheet/",
    "/accounts/second-step/passkey/", "/accounts/sign-out/", "/staff/nothing-here/",
)  # fmt: skip
STRANGERS = (
    "/accounts/sign-in/",
    "/accounts/forgotten/",
    "/accounts/not-here/",
    "/accounts/invitation/x/",
)
SIGNED_IN = re.compile(r"/staff/$")


@pytest.fixture(scope="session")
def madobe(demo_folder: Path, site: str) -> Callable[..., str]:
    """madobe("demo", "code", "hana") -> what the command prints, on the data of the site."""

    def run(*words: str) -> str:
        done = subprocess.run(
            [*MADOBE, *words],
            env=environment(demo_folder),
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    return run


def first_step(page: Page, who: str) -> None:
    page.goto("/staff/")
    page.locator("#id_login").fill(f"{who}@demo.example")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")


def sign_in(page: Page, who: str, madobe: Callable[..., str]) -> None:
    first_step(page, who)
    page.locator("#code").fill(madobe("demo", "code", who))
    page.locator("#code").press("Enter")
    expect(page).to_have_url(SIGNED_IN)


def faults(
    page: Page, axe: Callable[[Page], list[str]], wide: Callable[[Page], list[str]]
) -> list[str]:
    return [f"{page.url}: {fault}" for fault in [*axe(page), *wide(page)]]


def test_every_staff_page_keeps_nobody_out(
    visit: Callable[..., Page],
    axe_violations: Callable[[Page], list[str]],
    overflowing: Callable[[Page], list[str]],
    madobe: Callable[..., str],
) -> None:
    """Light and dark, on a phone and on a desk; nothing is asked of anybody else."""
    first = visit()
    first_step(first, AXE)
    found = faults(first, axe_violations, overflowing)
    first.locator("#code").fill(madobe("demo", "code", AXE))
    first.locator("#code").press("Enter")
    expect(first).to_have_url(SIGNED_IN)
    first.goto("/staff/people/")
    person = first.locator("td a").first.get_attribute("href")
    for width in (360, 1280):
        stranger = visit(width=width)
        for path in STRANGERS:
            stranger.goto(path)
            found += faults(stranger, axe_violations, overflowing)
        page = visit(width=width)
        page.context.add_cookies(first.context.cookies())
        for path in (*PAGES, person):
            page.goto(path)
            found += faults(page, axe_violations, overflowing)
        found += page.watch.foreign  # type: ignore[attr-defined]
        found += [fault for fault in page.watch.faults if "404" not in fault]  # type: ignore[attr-defined]
    assert found == []


def test_a_passkey_is_made_and_then_opens_the_door_alone(
    page: Page, madobe: Callable[..., str]
) -> None:
    sign_in(page, PASSKEY, madobe)
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    key.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto("/accounts/second-step/passkey/")
    page.locator("#id_name").fill("机のパソコン")
    page.get_by_role("button", name="パスキーを作る").click()
    expect(page.locator("main")).to_contain_text("机のパソコン")
    page.get_by_role("button", name="サインアウト").click()
    page.get_by_role("button", name="パスキーで入る").click()
    expect(page).to_have_url(SIGNED_IN)
    # and as the second step after a password
    page.get_by_role("button", name="サインアウト").click()
    first_step(page, PASSKEY)
    page.get_by_role("button", name="パスキーで確認").click()
    expect(page).to_have_url(SIGNED_IN)


def test_a_printed_sheet_opens_the_door(page: Page, madobe: Callable[..., str]) -> None:
    sign_in(page, SHEET, madobe)
    page.goto("/accounts/second-step/sheet/")
    codes = page.locator(".sheet li").all_inner_texts()
    page.emulate_media(media="print")
    expect(page.locator(".sheet")).to_be_visible()
    expect(page.locator("#id_code")).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator("#id_code").fill(codes[0])
    page.get_by_role("button", name="この紙にする").click()
    page.get_by_role("button", name="サインアウト").click()
    first_step(page, SHEET)
    page.locator("#code").fill(codes[1])
    page.locator("#code").press("Enter")
    expect(page).to_have_url(SIGNED_IN)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_after_a_pause_what_was_typed_is_still_there(
    visit: Callable[..., Page], madobe: Callable[..., str], javascript: bool
) -> None:
    who = IDLE if javascript else PLAIN
    page = visit(javascript=javascript)
    sign_in(page, who, madobe)
    page.goto("/accounts/me/")
    page.locator("#id_name").fill("見本 ゆっくり")
    madobe("shell", "--verbosity", "0", "-c", _GROW_OLD)
    page.get_by_role("button", name="保存する").click()
    expect(page.locator("h1")).to_have_text("続きから")
    page.locator("#id_unlock_password").fill(PASSWORD)
    page.get_by_role("button", name="続ける", exact=True).click()
    expect(page).to_have_url(re.compile("/accounts/me/$"))
    expect(page.locator("#id_name")).to_have_value("見本 ゆっくり")


# Every open session was last used twenty minutes ago.
_GROW_OLD = """
from madobe.accounts.models import StaffSession
for row in StaffSession.objects.exclude(user_id=None):
    data = row.get_decoded()
    data["seen_at"] -= 1200
    row.session_data = row.get_session_store_class()().encode(data)
    row.save()
"""


def test_the_keyboard_alone_leads_in_and_out(page: Page, madobe: Callable[..., str]) -> None:
    page.goto("/staff/")
    _tab_to(page, "#id_login")
    page.keyboard.type(f"{KEYS}@demo.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type(madobe("demo", "code", KEYS))
    page.keyboard.press("Enter")
    expect(page).to_have_url(SIGNED_IN)
    _tab_to(page, "header button")
    page.keyboard.press("Enter")
    expect(page.locator("#id_login")).to_be_visible()


def _tab_to(page: Page, selector: str, most: int = 30) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")
