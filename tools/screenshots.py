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

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
MADOBE = [sys.executable, "-m", "config.command"]
SENTENCE = "27歳の息子が、二年ほど部屋からほとんど出ません。家でも会話がなく、母のわたしも、もう疲れました。昭島市です。"
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


PAGES: dict[str, Callable[[Page], None]] = {
    "front": front,
    "guide": guide,
    "result": result,
    "place": place,
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="madobe-pictures-") as data:
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "MADOBE_HTTPS"}}
        demo = subprocess.Popen(
            [*MADOBE, "demo", "--port", str(port)],
            env={**kept, "MADOBE_DATA": data, "PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.PIPE,
        )
        try:
            assert demo.stdout is not None
            demo.stdout.readline()  # its address, said once it serves
            take_all(f"http://localhost:{port}", folder)
        finally:
            demo.terminate()
            demo.wait(timeout=20)


def take_all(site: str, folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        for size, (width, height, scale) in SIZES.items():
            for light in ("light", "dark"):
                context = browser.new_context(
                    base_url=site,
                    viewport={"width": width, "height": height},
                    device_scale_factor=scale,
                    color_scheme=light,  # type: ignore[arg-type]
                    locale="ja-JP",
                    timezone_id="Asia/Tokyo",
                    reduced_motion="reduce",
                )
                for name, go in PAGES.items():
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
