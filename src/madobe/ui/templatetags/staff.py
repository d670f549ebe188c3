"""Tags of staff pages."""

from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.utils.translation import get_language

from madobe.ui.staff import Entry, entries_for

register = template.Library()


@register.simple_tag
def staff_language() -> str:
    """The language of the page for <html lang>."""
    return "en" if (get_language() or "").startswith("en") else "ja"


@register.simple_tag(takes_context=True)
def staff_entries(context: template.RequestContext) -> list[Entry]:
    """What the person signed in may open; nothing for anybody else."""
    actor = getattr(context.request, "staff", None)
    return entries_for(actor) if actor else []


@register.simple_tag(takes_context=True)
def staff_name(context: template.RequestContext) -> str:
    """The name of the person signed in, "" for anybody else."""
    actor = getattr(context.request, "staff", None)
    return actor.name if actor else ""


@register.simple_tag(takes_context=True)
def staff_messages(context: template.RequestContext) -> list[Any]:
    """What the last page had to say, once."""
    return list(get_messages(context.request))


@register.simple_tag(takes_context=True)
def here(context: template.RequestContext, url_name: str) -> bool:
    """Whether the page shown is the one of this name, for aria-current."""
    match = context.request.resolver_match
    return match is not None and match.view_name == url_name
