"""Tags of staff pages."""

from django import template
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
