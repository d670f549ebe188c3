"""Makes the pictures of the README: `.venv/bin/python tools/screenshots.py [FOLDER]`.

Starts a demo of its own, walks to each page as a reader would, and writes
docs/pictures/<page>-<phone|desktop>-<light|dark>.png. Needs what `./madobe test` sets up.
"""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
MADOBE = [sys.executable, "-m", "config.command"]
SENTENCE = "27歳の息子が、二年ほど部屋からほとんど出ません。家でも会話がなく、母のわたしも、もう疲れました。昭島市です。"
PASSWORD = "hiroi sora to shiroi kumo"  # of every demo account; `madobe demo` prints it
TALLER = {"result": 2.2}  # the path begins below what was read; show some of it
SIZES = {"phone": (360, 720, 2), "desktop": (1280, 860, 1)}  # width, height, pixels per point


def front(page: Page) -> None:
    page.goto("/ja/")


def guide(page: Page) -> None:
    page.goto("/ja/guide/")


def result(page: Page) -> None:
    front(page)
    page.locator("#text").fill(SENTENCE)
    page.locator("button[name=go][value=result]").first.click()
    page.locator("ol.path").wait_for()


def place(page: Page) -> None:
    page.goto("/ja/areas/132071/")
    window = page.locator("main article").filter(has_text="福祉総務課").first
    window.locator("a[href*='/places/']").first.click()
    page.wait_for_url("**/places/**")


def found(page: Page) -> None:
    page.goto("/ja/search/")
    page.locator("#text").fill("親だけで相談したい")
    page.locator("#place").fill("昭島市")
    page.locator("button.main[value=search]").click()
    page.locator("main article").first.wait_for()


def compare(page: Page) -> None:
    found(page)
    for tick in page.locator("input[name=compare]").all()[:3]:
        tick.check()
    page.locator("button[formaction$='/compare/']").first.click()
    page.locator("table.compare").wait_for()


def kept(page: Page) -> None:
    """Behind the staff door: one entry with the source and day of every fact."""
    page.goto("/staff/directory/?q=昭島市")
    page.locator("main a[href^='/staff/directory/']:has-text('福祉総務課')").first.click()
    page.locator("main h1").wait_for()


PAGES: dict[str, Callable[[Page], None]] = {
    "front": front,
    "guide": guide,
    "result": result,
    "place": place,
    "found": found,
    "compare": compare,
}
STAFF_PAGES: dict[str, Callable[[Page], None]] = {"kept": kept}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="madobe-pictures-") as data:
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "MADOBE_HTTPS"}}
        here = {**kept, "MADOBE_DATA": data, "PYTHONPATH": str(ROOT / "src")}
        demo = subprocess.Popen(
            [*MADOBE, "demo", "--port", str(port)], env=here, stdout=subprocess.PIPE
        )
        try:
            assert demo.stdout is not None
            demo.stdout.readline()  # its address, said once it serves
            take_all(f"http://localhost:{port}", folder, here)
        finally:
            demo.terminate()
            demo.wait(timeout=20)


def signed_in(browser: Browser, site: str, demo: dict[str, str]) -> StorageState:
    """The cookies of a demo account, got as its owner would get them."""
    context = browser.new_context(base_url=site, locale="ja-JP")
    page = context.new_page()
    page.goto("/staff/")
    page.locator("#id_login").fill("hana@demo.example")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.locator("#code").wait_for()
    code = subprocess.run(
        [*MADOBE, "demo", "code", "hana"], env=demo, stdout=subprocess.PIPE, text=True, check=True
    )
    page.locator("#code").fill(code.stdout.strip())
    page.locator("#code").press("Enter")
    page.wait_for_url("**/staff/**")
    state = context.storage_state()
    context.close()
    return state


def take_all(site: str, folder: Path, demo: dict[str, str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        cookies = signed_in(browser, site, demo)
        for size, (width, height, scale) in SIZES.items():
            for light in ("light", "dark"):
                context = browser.new_context(
                    base_url=site,
                    storage_state=cookies,
                    viewport={"width": width, "height": height},
                    device_scale_factor=scale,
                    color_scheme=light,  # type: ignore[arg-type]
                    locale="ja-JP",
                    timezone_id="Asia/Tokyo",
                    reduced_motion="reduce",
                )
                for name, go in (PAGES | STAFF_PAGES).items():
                    page = context.new_page()
                    page.set_viewport_size(
                        {"width": width, "height": round(height * TALLER.get(name, 1))}
                    )
                    go(page)
                    page.screenshot(path=folder / f"{name}-{size}-{light}.png")
                    page.close()
                context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
