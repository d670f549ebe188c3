"""A person without JavaScript: reads the form of a page, ticks, writes, presses a button."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

FORM = "told"


@dataclass
class Told:
    """The form that carries everything: what it would send, what can be ticked, which buttons it has."""

    action: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    offered: list[tuple[str, str]] = field(default_factory=list)  # checkboxes and radios
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, other address

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.fields if key == name]

    def button(self, name: str, value: str = "") -> tuple[str, str, str]:
        return next(b for b in self.buttons if b[0] == name and value in ("", b[1]))

    def can(self, name: str, value: str) -> bool:
        return any(b[:2] == (name, value) for b in self.buttons)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.told = Told()
        self.inside = False
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("id") == FORM:
            self.inside = True
            self.told.action = said["action"]
        mine = self.inside or said.get("form") == FORM
        if not mine:
            return
        name, value = said.get("name", ""), said.get("value", "")
        if tag == "input" and said.get("type") in ("checkbox", "radio"):
            self.told.offered.append((name, value))
            if "checked" in said:
                self.told.fields.append((name, value))
        elif tag == "input" and name:
            self.told.fields.append((name, value))
        elif tag == "textarea":
            self.area = name
            self.told.fields.append((name, ""))
        elif tag == "button" and said.get("type") != "button":
            self.told.buttons.append((name, value, said.get("formaction", "")))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            name, value = self.told.fields[-1]
            self.told.fields[-1] = (name, value + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "textarea":
            self.area = None


def told_of(answer: HttpResponse) -> Told:
    """The form on a page of the guide."""
    reader = _Reader()
    reader.feed(answer.content.decode())
    return reader.told


def press(
    client: Client,
    answer: HttpResponse,
    name: str,
    value: str = "",
    *,
    tick: tuple[tuple[str, str], ...] = (),
    untick: tuple[tuple[str, str], ...] = (),
    write: dict[str, str] | None = None,
) -> HttpResponse:
    """Tick what the page offers, write into its fields, press a button it has; the next page."""
    told = told_of(answer)
    button = told.button(name, value)
    for one in tick:
        assert one in told.offered, one
    radios = {name for name, _ in tick if name in ("age", "months", "place_code")}
    sent: dict[str, list[str]] = {}
    for key, said in told.fields:
        if key not in radios and (key, said) not in untick:
            sent.setdefault(key, []).append((write or {}).get(key, said))
    for key, said in tick:
        sent.setdefault(key, []).append(said)
    sent.setdefault(button[0], []).append(button[1])
    return client.post(button[2] or told.action, sent)


def step_of(answer: HttpResponse) -> str:
    """The screen a page shows: "who", …, "result"."""
    return told_of(answer).values("step")[0]
