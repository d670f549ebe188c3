"""One table says who may open what; every address, method and role is tried against it.

What is expected is read here from the table itself, not through the product's own reading of it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters

from madobe.accounts.choices import Role
from madobe.accounts.rules import permissions
from madobe.guide.addresses import letters_of
from tests.factories.accounts import give_app, make_user, sign_in

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "src/madobe/accounts/tables/permissions.yaml"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
REACHED = 299  # what the probe answers in place of a view
BEHIND = ("/staff", "/accounts", "/partner")
STRANGER, HALF, NO_ROLE = "stranger", "half signed in", "no role"
PEOPLE = (STRANGER, HALF, NO_ROLE, *Role.values)
# A value for every kind of converter an address may have.
SAMPLES = {
    "display": "ja",
    "kind": letters_of("ibasho"),
    "uuid": "6f1c0c1e-5c52-4b3c-9d8a-0c6a3a3f0b11",
    "int": "1",
    "slug": "state",
    "str": "132071",
    "path": "a/b",
}


@dataclass(frozen=True)
class Address:
    name: str
    path: str


def addresses() -> Iterator[Address]:
    """Every address of the product with a sample value in each of its places."""
    yield from _walk(get_resolver(), "/", "")


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[Address]:
    for item in resolver.url_patterns:
        here = before + _sample(item)
        if isinstance(item, URLResolver):
            yield from _walk(item, here, f"{space}{item.namespace}:" if item.namespace else space)
        else:
            yield Address(f"{space}{item.name}", here)


def _sample(item: URLPattern | URLResolver) -> str:
    pattern = item.pattern
    if "P<uidb36>" in str(pattern):
        return "forgotten/1-set-password/"
    text = str(pattern)
    for converter, name in [(c, n) for n, c in pattern.converters.items()]:
        kind = next(k for k, known in get_converters().items() if type(known) is type(converter))
        text = text.replace(f"<{kind}:{name}>", SAMPLES[kind])
    return text


def table() -> dict[str, dict[str, object]]:
    """Name of an address -> method -> who, as written."""
    document = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {
        row if app == "plain" else f"{app}:{row}": methods
        for app, rows in document.items()
        for row, methods in rows.items()
    }


def expected(who: object, person: str) -> bool:
    """Whether this person may, by one cell of the table."""
    if who in ("public", "signed_link"):
        return True
    if who is None or person == STRANGER:
        return False
    if who == "setting_up":
        return True
    if person == HALF:
        return False
    return who == "signed_in" or person in who  # type: ignore[operator]


def probe(get_response):
    """Stands after the door: whoever comes this far is in, and no view runs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_view = lambda request, view, args, kwargs: HttpResponse(status=REACHED)  # type: ignore[attr-defined]
    return middleware


@pytest.fixture
def people(settings, db: None) -> dict[str, Client]:
    """A browser for each kind of person, in front of the door with the probe behind it."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.probe"]
    clients = {STRANGER: Client()}
    for person in PEOPLE[1:]:
        user = make_user(
            f"{person.replace(' ', '-')}@example.jp",
            roles=(person,) if person in Role.values else (),
        )
        clients[person] = Client()
        if person != HALF:
            give_app(user)
        sign_in(clients[person], user, second_step="" if person == HALF else "totp")
    return clients


def deviations(people: dict[str, Client], only: str = "") -> list[str]:
    """Every address × method × person where the door does not do what the table says."""
    rows = table()
    found = []
    for address in addresses():
        if only and address.name != only:
            continue
        behind = address.path.startswith(BEHIND)
        for method in METHODS:
            who = rows.get(address.name, {}).get("GET" if method == "HEAD" else method)
            for person, client in people.items():
                status = client.generic(method, address.path).status_code
                if not behind:
                    # The door is not there at all: the view's own methods are tried below.
                    if status != REACHED:
                        found.append(
                            f"{address.name} {method} {person}: the door stands in front of it"
                        )
                elif (status == REACHED) != expected(who, person):
                    found.append(
                        f"{address.name} {method} {person}: {status}, the table says {who}"
                    )
    return found


def test_every_address_has_a_row_and_every_row_an_address():
    assert {address.name for address in addresses()} == set(table())


def test_a_new_address_without_a_row_would_be_seen():
    """Negative control."""
    named = {address.name for address in addresses()} | {"directory:quite_new"}
    assert named - set(table()) == {"directory:quite_new"}


def test_every_address_method_and_person_is_as_the_table_says(people: dict[str, Client]):
    assert len(people) == 11
    assert deviations(people) == []


@pytest.mark.django_db
def test_public_addresses_take_exactly_the_methods_of_the_table(client: Client):
    rows = table()
    wrong = []
    for address in addresses():
        if address.path.startswith(BEHIND):
            continue
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            taken = client.generic(method, address.path).status_code != 405
            if taken != (method in rows[address.name]):
                wrong.append(f"{address.name} {method}: {'taken' if taken else 'refused'}")
    assert wrong == []


def _flipped(dice: random.Random) -> tuple[str, permissions.Permissions]:
    """The table with one cell behind the door turned over, and the address concerned."""
    behind = sorted(a.name for a in addresses() if a.path.startswith(BEHIND))
    name = dice.choice(behind)
    method = dice.choice([m for m in METHODS if m != "HEAD"])
    cells = dict(permissions.load().cells)
    cell = cells.pop((name, method), None)
    if cell is None:
        cells[name, method] = permissions.Cell(word="public")
    elif cell.roles and dice.random() < 0.5:
        cells[name, method] = permissions.Cell(roles=cell.roles ^ {dice.choice(Role.values)})
    return name, permissions.Permissions(cells)


@pytest.mark.parametrize("half", [0, 1])
def test_fifty_cells_turned_over_are_seen_fifty_times(
    people: dict[str, Client], monkeypatch: pytest.MonkeyPatch, half: int
):
    """Negative control: the comparison has eyes."""
    dice = random.Random(half)
    seen = 0
    for _ in range(25):
        name, turned = _flipped(dice)
        monkeypatch.setattr("madobe.accounts.middleware.load", lambda turned=turned: turned)
        seen += bool(deviations(people, only=name))
    assert seen == 25


@pytest.mark.parametrize(
    ("document", "word"),
    [
        ({"web": {"front": {"GET": "everybody"}}}, "everybody"),
        ({"web": {"front": {"GET": ["janitor"]}}}, "janitor"),
        ({"web": {"front": {"GET": []}}}, "[]"),
        ({"web": {"front": {"FETCH": "public"}}}, "FETCH"),
    ],
)
def test_a_row_nobody_can_read_is_named(document, word: str):
    with pytest.raises(permissions.RowSaysNothing, match=word.replace("[", r"\[")):
        permissions.read(document)


def test_the_roles_of_the_table_are_those_of_the_product():
    assert set(Role.values) == permissions.ROLES
