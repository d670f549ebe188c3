"""What goes along when another button is pressed, so that nothing that was typed or chosen has to be told twice."""

from django.http import HttpRequest

from madobe.consult.choices import Who, Wish
from madobe.consult.rules.tokens import desk_shown
from madobe.vault.installed import form_key


def kept_of(request: HttpRequest) -> str:
    """What stood in the letter when another button was pressed: it goes along, so that it is there again afterwards."""
    return request.POST.get("text", "")


def shown_of(request: HttpRequest) -> str:
    """Which set-aside letter stood in the box of the form (rules.aside)."""
    return request.POST.get("shown", "")


def chosen_of(request: HttpRequest) -> tuple[str, tuple[str, ...]]:
    """This will give whom a letter is about and what somebody would like, as they were chosen."""
    who = request.POST.get("who", "")
    wishes = tuple(code for code in request.POST.getlist("wishes") if code in Wish.values)
    return who if who in Who.values else "", wishes


def carried_of(request: HttpRequest, *more: str) -> list[tuple[str, str]]:
    """This will give what was chosen beside a letter, and `more`, as fields that go along unseen."""
    names = ("shown", "chosen", "who", "wishes", *more)
    return [(name, value) for name in names for value in request.POST.getlist(name) if value]


def begun_of(request: HttpRequest) -> str:
    """This will give the form of a new letter somebody came from: its desk is shown again when they go on there."""
    token = request.POST.get("token", "")
    if token and desk_shown(token, form_key()):
        return token
    return request.POST.get("begun", "")


def has_contact(request: HttpRequest) -> bool:
    """This will say whether a form that asks how somebody is reached is among what came."""
    return "call_me" in request.POST or "then" in request.POST


def then_of(request: HttpRequest) -> str:
    """Where somebody goes on once the words are given: to the page they were on, when it had something to fill in."""
    at_contact = request.POST.get("go", "").startswith("contact") and has_contact(request)
    return "contact" if at_contact or request.POST.get("then") == "contact" else ""
