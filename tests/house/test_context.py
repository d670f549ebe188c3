"""What a page's template names, its view must give: Django shows nothing for a name nobody knows."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template import engines
from django.template.base import Lexer, TokenType
from django.test import Client

from madobe.directory.actions.founding import load_founding
from madobe.directory.rules.ids import founding_id

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
NAME = re.compile(r"(?<![\w.'\"|:=#/-])([a-z_]\w*)(?![\w'\"(=:/-])")
WORDS = {
    "in",
    "if",
    "not",
    "and",
    "or",
    "is",
    "as",
    "with",
    "only",
    "else",
    "elif",
    "empty",
    "count",
    "by",
    "for",
}
GIVEN = {"forloop", "request", "display", "block", "None", "True", "False"}
TAGS = {
    "for",
    "if",
    "elif",
    "include",
    "with",
    "link",
    "open_chip",
    "text_door",
    "distance_name",
    "hours_lines",
    "blocktranslate",
}
GETS = {
    "web/front.html": "/ja/",
    "web/now.html": "/ja/now/",
    "web/reading_list.html": "/ja/read/",
    "guide/steps.html": "/ja/guide/",
    "guide/how.html": "/ja/how/",
    "guide/kind.html": "/ja/kinds/saposute/",
    "directory/area_search.html": "/ja/areas/?q=府中市",
    "directory/area.html": "/ja/areas/132071/",
    "directory/search.html": "/ja/search/",
    "directory/compare.html": "/ja/compare/",
    "directory/my_list.html": "/ja/my-list/",
    "directory/map.html": "/ja/map/",
    "directory/place.html": f"/ja/places/{founding_id('service', 'akishima-window')}/",
    "directory/text_desks.html": "/ja/text-desks/",
    "directory/open_now.html": "/ja/open-now/",
    "directory/suggest.html": "/ja/suggest/",
}  # fmt: skip
POSTS = {
    "guide/result.html": ("/ja/guide/", {"step": "words", "text": "つかれた", "go": "result"}),
    "guide/memo.html": ("/ja/guide/memo/", {"text": "つかれた"}),
    "directory/found.html": ("/ja/search/", {"place": "昭島市"}),
    "directory/suggest_thanks.html": ("/ja/suggest/", {"kind": "other", "text": "ことば"}),
    "web/feedback.html": ("/ja/feedback/", {"found": "maybe"}),
}


def names_in(source: str) -> set[str]:
    """The names a template asks its context for, those it makes itself left out."""
    asked: set[str] = set()
    made: set[str] = set(GIVEN)
    for token in Lexer(source).tokenize():
        words = re.sub(r"'[^']*'|\"[^\"]*\"", " ", token.contents)
        if token.token_type is TokenType.VAR:
            asked |= set(NAME.findall(words.split("|")[0]))
        elif token.token_type is TokenType.BLOCK and words.split()[0] in TAGS:
            tag, _, rest = words.partition(" ")
            if tag == "for":
                made |= set(re.findall(r"\w+", rest.partition(" in ")[0]))
                rest = rest.partition(" in ")[2]
            asked |= set(NAME.findall(re.sub(r"\w+=", " ", re.sub(r"\|[\w:]+", " ", rest))))
        if token.token_type is TokenType.BLOCK:
            made |= set(re.findall(r"\bas (\w+)", words)) | set(re.findall(r"(\w+)=", words))
    return {name for name in asked - made - WORDS if not name.isdigit()}


def missing(client: Client, template: str) -> set[str]:
    answer = client.get(GETS[template]) if template in GETS else client.post(*POSTS[template])
    known = set(answer.context.flatten()) if hasattr(answer.context, "flatten") else set()
    for layer in answer.context or ():
        known |= set(layer.flatten())
    source = Path(engines["django"].get_template(template).origin.name).read_text(encoding="utf-8")
    return names_in(source) - known


@pytest.mark.django_db
@pytest.mark.parametrize("template", [*GETS, *POSTS])
def test_a_view_gives_its_template_every_name_it_asks_for(client: Client, template: str):
    load_founding(by="tests", at=AT)
    assert missing(client, template) == set()


def test_a_name_nobody_gives_is_seen():
    """Negative control."""
    source = "{% for line in lines %}{{ line.name }}{% endfor %}{% if shown %}{{ total|default:'' }}{% endif %}"
    assert names_in(source) == {"lines", "shown", "total"}
