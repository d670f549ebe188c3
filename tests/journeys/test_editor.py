"""An editor's work in a real browser: nothing typed is lost, and everything goes by keyboard."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserType, Page

from tests.journeys.conftest import _wait_until_ready, environment

pytestmark = pytest.mark.journey
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def staff_site(demo_folder: Path) -> Iterator[str]:
    """The address of the product with an editor signed in."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.staff_site", str(port)],
        cwd=ROOT,
        env=environment(demo_folder),
    )
    try:
        _wait_until_ready(server, f"http://127.0.0.1:{port}/readyz")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


Launch = Callable[[], Browser]


@pytest.fixture
def launch(
    browser_type: BrowserType, browser_type_launch_args: dict[str, object]
) -> Iterator[Launch]:
    """Browsers of the test's own, that it may kill."""
    opened: list[Browser] = []

    def start() -> Browser:
        opened.append(browser_type.launch(**browser_type_launch_args))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def kill(browser: Browser) -> None:
    """End a browser as a power cut does."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    for one in processes:
        os.kill(one["id"], signal.SIGKILL)


def open_form(page: Page, site: str) -> None:
    page.goto(f"{site}/staff/directory/?q=昭島市 福祉総務課")
    page.locator("main tbody th a").first.click()
    page.get_by_role("link", name="直す").click()
    page.locator("form#entry").wait_for()


def throw_away(page: Page) -> None:
    summary = page.get_by_text("もとの値にもどす")
    if summary.count():
        summary.click()
        page.get_by_role("button", name="下書きを捨てる").click()


def test_nothing_typed_is_lost_when_the_browser_is_killed_in_the_middle_of_a_word(
    staff_site: str, launch: Launch
):
    browser = launch()
    page = browser.new_page()
    open_form(page, staff_site)
    throw_away(page)
    page.locator("#id_first_visit").fill("")
    page.locator("#id_first_visit").press_sequentially("受付で名前を言わなくてもだいじょ", delay=30)
    page.wait_for_timeout(150)  # the time between two strokes of an unhurried hand
    kill(browser)

    page = launch().new_page()
    open_form(page, staff_site)
    assert page.locator("#id_first_visit").input_value() == "受付で名前を言わなくてもだいじょ"
    assert page.get_by_text("あなたの下書きです").is_visible()
    throw_away(page)
    assert page.locator("#id_first_visit").input_value() != "受付で名前を言わなくてもだいじょ"


def test_control_without_savings_what_was_typed_would_be_lost(staff_site: str, launch: Launch):
    browser = launch()
    page = browser.new_page()
    page.route("**/drafts/**", lambda route: route.abort())
    open_form(page, staff_site)
    page.locator("#id_first_visit").press_sequentially("だれも残さない", delay=30)
    page.wait_for_timeout(150)
    kill(browser)

    page = launch().new_page()
    open_form(page, staff_site)
    assert "だれも残さない" not in page.locator("#id_first_visit").input_value()


def test_leaving_the_page_keeps_what_was_typed(staff_site: str, launch: Launch):
    page = launch().new_page()
    open_form(page, staff_site)
    page.locator("#id_content_text").fill("となりのページへ行く前に")
    page.goto(f"{staff_site}/staff/directory/")
    open_form(page, staff_site)
    assert page.locator("#id_content_text").input_value() == "となりのページへ行く前に"
    throw_away(page)


def test_an_edit_by_keyboard_alone(staff_site: str, launch: Launch):
    page = launch().new_page()
    page.goto(f"{staff_site}/staff/directory/")
    reach(page, "#q")
    page.keyboard.type("昭島市 福祉総務課")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    reach(page, "main tbody th a")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="直す").wait_for()
    reach(page, "main a.btn.main")
    page.keyboard.press("Enter")
    page.locator("form#entry").wait_for()
    reach(page, "#id_alternate_name")
    page.keyboard.press("Control+A")
    page.keyboard.type("福祉の窓口")
    page.keyboard.press("Enter")  # saves
    page.get_by_text("残しました。").wait_for()
    assert page.get_by_role("cell", name="福祉の窓口").first.is_visible()


def reach(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, and see that the focus is drawn."""
    for _stroke in range(150):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {selector}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_an_editor_is_readable_for_everybody(
    staff_site: str, launch: Launch, width: int, scheme: str
):
    page = launch().new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    open_form(page, staff_site)
    edit = page.url
    lists = ("", "new/", "due/", "suggestions/", "reviews/")
    faults = {}
    for address in (
        edit,
        edit.removesuffix("edit/"),
        *(f"{staff_site}/staff/directory/{one}" for one in lists),
    ):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if found or wide > 0:
            faults[address] = [(one["id"], one["nodes"][0]["html"][:120]) for one in found] + [wide]
    assert faults == {}


def test_the_form_works_without_javascript(staff_site: str, launch: Launch):
    page = launch().new_page(java_script_enabled=False)
    open_form(page, staff_site)
    page.locator("#id_role_text").fill("書きかけの役割")
    page.get_by_role("button", name="下書きを残す").click()
    assert page.get_by_text("あなたの下書きです").is_visible()
    assert page.locator("#id_role_text").input_value() == "書きかけの役割"
    throw_away(page)
