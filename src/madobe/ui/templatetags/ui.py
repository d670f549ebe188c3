"""Tags every template may use."""

import re
from collections.abc import Sequence
from functools import lru_cache

import budoux
from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from madobe.ui.choices import DisplayChoice, display_choices_for
from madobe.ui.display import display_of

register = template.Library()

_KANA = re.compile(r"[\u3040-\u30ff]")  # only Japanese is cut into phrases


@register.simple_tag(takes_context=True)
def link(context: template.RequestContext, name: str, **kwargs: object) -> str:
    """The address of a page, with the reader's display kept."""
    return _address(str(display_of(context.request)), name, tuple(kwargs.items()))


@lru_cache(maxsize=8192)
def _address(display: str, name: str, arguments: tuple[tuple[str, object], ...]) -> str:
    return reverse(name, kwargs={"display": display, **dict(arguments)})


@register.simple_tag(takes_context=True)
def display_choices(context: template.RequestContext) -> Sequence[DisplayChoice]:
    """What can be chosen in 「あ 表示」, each with the address of this page shown that way."""
    request = context.request  # an include with "only" keeps the request, not its processors
    return display_choices_for(
        display_of(request), request.path, request.META.get("QUERY_STRING", "")
    )


@register.simple_tag
def weekday_names() -> tuple[str, ...]:
    """The days of a calendar's head, Sunday first."""
    return tuple(pgettext("weekday", day) for day in "日月火水木金土")


@register.filter
def phrases(text: object) -> SafeString:
    """A heading with places to break between phrases, for browsers that know no auto-phrase."""
    words = str(text)
    return _phrases(words) if _KANA.search(words) else mark_safe(escape(words))  # noqa: S308


@lru_cache(maxsize=4096)
def _phrases(text: str) -> SafeString:
    # BudouX's own HTML carries an inline style, which our content policy refuses.
    return mark_safe("<wbr>".join(escape(part) for part in _parser().parse(text)))  # noqa: S308


@lru_cache(maxsize=1)
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()
