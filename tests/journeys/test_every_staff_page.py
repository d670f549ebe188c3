"""Every page behind the door, in both languages, light and dark, on a phone and on a desk, with JavaScript and without.

The pages are read from the permission table: a new one without an address here turns this red.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from django.urls import reverse
from playwright.sync_api import Page

import madobe.accounts
from tests.factories.keys import WORDS

pytestmark = pytest.mark.journey
TABLE = Path(madobe.accounts.__file__).parent / "tables/permissions.yaml"
BEHIND = ("consult_staff", "desks_staff", "directory_staff", "vetting", "accounts", "plain")
# What stands in an address: the name of its place -> the id of the world of tests/journeys/staff_world.py.
KEYS: dict[str, dict[str, str]] = {
    "consult_staff:thread": {"thread_id": "thread"},
    "consult_staff:poll": {"thread_id": "thread"},
    "consult_staff:file": {"thread_id": "thread", "file_id": "file"},
    "consult_staff:close": {"thread_id": "thread"},
    "consult_staff:note": {"thread_id": "thread"},
    "consult_staff:danger": {"thread_id": "thread"},
    "consult_staff:abuse": {"thread_id": "thread"},
    "consult_staff:ways": {"thread_id": "by_mail"},
    "consult_staff:by_door": {"thread_id": "by_mail"},
    "consult_staff:letter": {"thread_id": "by_mail"},
    "consult_staff:times": {"thread_id": "by_mail"},
    "consult_staff:erase": {"thread_id": "by_mail"},
    "desks_staff:desk": {"desk_id": "desk"},
    "desks_staff:settings": {"desk_id": "desk"},
    "desks_staff:days": {"desk_id": "desk"},
    "desks_staff:duty": {"desk_id": "desk"},
    "directory_staff:service": {"service_id": "one"},
    "directory_staff:edit": {"service_id": "one"},
    "directory_staff:suggestion": {"suggestion_id": "suggestion"},
    "vetting:organization": {"key": "operator"},
    "vetting:service": {"key": "one"},
    "vetting:merge_services": {"keep": "one", "other": "other"},
    "vetting:merge_organizations": {"keep": "owner", "other": "owner_of_other"},
    "vetting:undo": {"key": "merge"},
    "accounts:invitation": {"token": "invitation"},
    "accounts:person": {"user_id": "person"},
}
GIVEN = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
    "openid_connect_callback": {"provider_id": "office"},
}
# What is no page by itself: a part a page asks for, a file that is handed over.
PARTS = ("consult_staff:inbox_poll", "consult_staff:poll", "consult_staff:file")
BESIDES = {
    "consult_staff": tuple(
        f"/staff/talk/?only={one}"
        for one in ("mine", "unassigned", "looks", "resting", "closed", "held-a1b2")
    ),
    "plain": (
        "/staff/nothing-here/",
        "/staff/directory/?q=ありえない",
        "/staff/directory/find/?q=まどべ",
    ),
}
UNSIGNED = "form[method=post]:not(:has([name=csrfmiddlewaretoken]))"
WIDTHS = (360, 1280)


def addresses(world: dict[str, str]) -> dict[str, str]:
    """Every address that answers GET behind the door."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    found = {}
    for app in BEHIND:
        for row, methods in table[app].items():
            name = row if app == "plain" else f"{app}:{row}"
            if "GET" in methods and name not in PARTS:
                places = {place: world[key] for place, key in KEYS.get(name, {}).items()}
                found[name] = reverse(name, kwargs=GIVEN.get(name, places))
    note = found["consult_staff:note"]
    found["a note for the desk"] = f"{note}?for=desk"
    for state in ("closed", "resting"):
        found[f"a thread that is {state}"] = reverse("consult_staff:thread", args=[world[state]])
    return found | {path: path for paths in BESIDES.values() for path in paths}


def open_key(page: Page) -> None:
    """Open one's key, so that pages with words show them."""
    page.goto("/accounts/keys/open/")
    page.locator("#id_keyring_passphrase").fill(WORDS)
    page.locator("main form button").first.click()
    page.wait_for_load_state()


@pytest.mark.parametrize("who", ["somebody who works here", "a stranger"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_behind_the_door_keeps_nobody_out(
    visit: Callable[..., Page],
    axe_violations: Callable[[Page], list[str]],
    overflowing: Callable[[Page], list[str]],
    seat: Callable[..., dict[str, str]],
    world: dict[str, str],
    who: str,
    language: str,
) -> None:
    page = visit(locale=language)
    paths = addresses(world)
    if who == "a stranger":  # what stands before the door; all the rest leads to signing in
        paths = {name: path for name, path in paths.items() if path.startswith("/accounts/")}
        paths["confirm"] = f"/{language}/confirm/{world['confirmation']}/"
    else:
        page.context.add_cookies([seat("hana", language)])
        open_key(page)
    found: dict[str, object] = {}
    for name, path in paths.items():
        page.set_viewport_size({"width": WIDTHS[1], "height": 900})
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        if page.locator("html").get_attribute("lang") != language:
            found[f"{name} in another language"] = True
        if name != "confirm" and page.locator(UNSIGNED).count():
            found[f"{name} has a form nobody could send"] = True
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found |= {f"{name} at {width}: {one} sticks out": True for one in overflowing(page)}
            found |= {f"{name} at {width}: {one}": True for one in axe_violations(page)}
    assert found == {}
    assert page.watch.foreign == []  # type: ignore[attr-defined]
    assert [one for one in page.watch.faults if "404" not in one] == []  # type: ignore[attr-defined]
    assert [one for one in page.watch.failed if not one.startswith("404")] == []  # type: ignore[attr-defined]


def test_every_page_behind_the_door_says_its_part_without_javascript(
    visit: Callable[..., Page], seat: Callable[..., dict[str, str]], world: dict[str, str]
) -> None:
    page = visit(javascript=False)
    page.context.add_cookies([seat("hana")])
    open_key(page)
    for path in addresses(world).values():
        page.goto(path)
        assert page.locator("main h1").first.is_visible(), path
