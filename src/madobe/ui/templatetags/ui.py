"""Tags every template may use."""

from functools import lru_cache

import budoux
from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def link(context: template.Context, name: str, **kwargs: object) -> str:
    """The address of a page with the reader's display kept."""
    return reverse(name, kwargs={"display": context["request"].display, **kwargs})


@register.filter
def phrases(text: str) -> SafeString:
    """Line breaks between phrases for browsers without auto-phrase."""
    return _phrases(str(text))


@lru_cache(maxsize=2048)
def _phrases(text: str) -> SafeString:
    return mark_safe("<wbr>".join(escape(part) for part in budoux.load_default_japanese_parser().parse(text)))  # noqa: S308
