"""What a test reads of a page: its words, its facts."""

import re
from html import unescape

from django.test import Client

from madobe.directory.rules.ids import founding_id


def main_of(answer) -> str:
    """The part of a page that is about something, entities undone."""
    html = answer.content.decode()
    return unescape(html[html.index("<main") : html.index("</main>")])


def text_of(answer) -> str:
    """The words of a page without markup, blanks evened out."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main_of(answer)))


def page_of(client: Client, key: str, display: str = "ja"):
    return client.get(f"/{display}/places/{founding_id('service', key)}/")


def facts_of(answer) -> dict[str, str]:
    """The definition lists of a place page; of a term that comes twice, both."""
    facts: dict[str, str] = {}
    for term, said in re.findall(
        r"<dt>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", main_of(answer), re.DOTALL
    ):
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", said)).strip()
        facts[term] = f"{facts[term]} / {words}" if term in facts else words
    return facts
