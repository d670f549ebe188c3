"""What a hand at the keyboard does, and what a power cut does."""

import os
import signal

import pytest
from playwright.sync_api import Browser, Page

OUTLINES = """() => [document.activeElement, document.activeElement.closest("label")]
  .filter(Boolean).map(one => getComputedStyle(one).outlineStyle)"""


def reach(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, and see that the focus is drawn."""
    for _stroke in range(150):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            assert "solid" in page.evaluate(OUTLINES), f"the focus is not drawn on {selector}"
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {selector} on {page.url}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """Go to an element by Tab and press a key on it."""
    reach(page, selector)
    page.keyboard.press(key)


def write(page: Page, selector: str, words: str) -> None:
    """Go to a field by Tab and write into it, over what stands there."""
    reach(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def kill(browser: Browser) -> None:
    """End a browser as a power cut does."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    for one in processes:
        os.kill(one["id"], signal.SIGKILL)
