"""`madobe search [WORDS…] [--place NAME] [--need NEED]… [--json]`: the search of the web page, on a terminal."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from madobe.directory import municipalities
from madobe.directory.models import Card
from madobe.directory.queries import search
from madobe.directory.rules.card import read_card
from madobe.directory.rules.hours import JAPAN
from madobe.directory.search.answer import Hit, SearchAnswer
from madobe.directory.search.plan import QuestionNotUnderstood
from madobe.directory.search.question import Near, SearchQuestion

REFUSED = 1


class PlaceNotUnderstood(ValueError):
    """A place nobody knows, or that several share; says which."""


class Command(BaseCommand):
    help = "Search the directory; the parameters are those of the web page."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", nargs="*", help="what is looked for, in any spelling")
        parser.add_argument("--q", "--text", default="", help="the same, as one text")
        parser.add_argument("--place", default="", help="name of a municipality or prefecture")
        parser.add_argument("--municipality", default="", help="code of six digits")
        parser.add_argument("--prefecture", default="", help="code of two digits")
        parser.add_argument("--kind", action="append", default=[], help="any of these")
        parser.add_argument("--need", action="append", default=[], help="all of these")
        parser.add_argument("--method", action="append", default=[], help="any of these")
        parser.add_argument("--function", action="append", default=[], help="all of these")
        parser.add_argument("--who", default="", help="self, family, friend, worker, experienced")
        parser.add_argument("--age", type=int, default=-1, help="years")
        parser.add_argument("--months", type=int, default=-1, help="how long at home")
        parser.add_argument("--stage", default="", help="1, 2 or 3")
        parser.add_argument("--near", default="", metavar="LAT,LON,KM")
        parser.add_argument("--at", default="", help="open at this minute (2026-11-24T10:15)")
        parser.add_argument("--first", type=int, default=0, help="how many hits to pass over")
        parser.add_argument("--size", type=int, default=20, help="how many hits to show")
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, **options: Any) -> None:
        """Print the answer; exit 1 with one sentence for a value nobody can answer."""
        try:
            answer = search(_question(options), at=timezone.now())
        except (QuestionNotUnderstood, PlaceNotUnderstood) as error:
            self.stderr.write(_plain(str(error)), str)
            sys.exit(REFUSED)
        document = _document(answer)
        if options["json"]:
            self.stdout.write(json.dumps(document, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(document)))


def _question(options: dict[str, Any]) -> SearchQuestion:
    municipality, prefecture = options["municipality"], options["prefecture"]
    if options["place"]:
        municipality, prefecture = _place(options["place"])
    return SearchQuestion(
        text=" ".join([options["q"], *options["words"]]).strip(),
        municipality=municipality,
        prefecture=prefecture,
        near=_near(options["near"]),
        kinds=tuple(options["kind"]),
        methods=tuple(options["method"]),
        functions=tuple(options["function"]),
        who=options["who"],
        stage=options["stage"],
        age=options["age"],
        months=options["months"],
        needs=frozenset(options["need"]),
        open_at=_moment(options["at"]),
        first=options["first"],
        size=options["size"],
    )


def _place(name: str) -> tuple[str, str]:
    meant = municipalities.resolve(name)
    if meant.area is not None:
        return meant.area.code, meant.area.prefecture
    if meant.candidates:
        shared = "、".join(one.full_name for one in meant.candidates)
        raise PlaceNotUnderstood(f"{name!r} may be {shared}. Write one of them in full.")
    raise PlaceNotUnderstood(f"No municipality or prefecture is called {name!r}.")


def _near(text: str) -> Near | None:
    if not text:
        return None
    try:
        latitude, longitude, *km = (float(part) for part in text.split(","))
        return Near(latitude, longitude, *km)
    except (ValueError, TypeError):
        raise QuestionNotUnderstood(
            f"--near is LAT,LON,KM, such as 35.7056,139.3535,10, not {text!r}."
        ) from None


def _moment(text: str) -> Any:
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise QuestionNotUnderstood(f"--at is a minute such as 2026-11-24T10:15, not {text!r}.")
    return found if found.tzinfo else found.replace(tzinfo=JAPAN)


def _document(answer: SearchAnswer) -> dict[str, Any]:
    cards = dict(
        Card.objects.filter(pk__in=[hit.service for hit in answer.hits]).values_list("pk", "body")
    )
    return {
        "total": answer.total,
        "hits": [_hit(hit, cards[hit.service]) for hit in answer.hits if hit.service in cards],
        "facets": answer.facets,
        "relaxation": list(answer.relaxation.steps) if answer.relaxation else None,
        "words": [_plain(word) for word in answer.words],
    }


def _hit(hit: Hit, body: str) -> dict[str, Any]:
    fixed = read_card(body).fixed
    return {
        "id": str(hit.service),
        "name": fixed["name"],
        "organization": fixed.get("organization", ""),
        "kinds": list(fixed.get("kinds", ())),
        "distance": hit.distance,
        "area_name": hit.area_name,
        "km": None if hit.km is None else round(hit.km, 2),
        "reasons": [{k: _plain(v) for k, v in asdict(one).items()} for one in hit.reasons],
    }


def _lines(document: dict[str, Any]) -> list[str]:
    lines = [f"{document['total']} services"]
    if document["relaxation"]:
        lines.append(f"wider than asked: {', '.join(document['relaxation'])}")
    for hit in document["hits"]:
        reasons = ", ".join(one["found"] or one["asked"] for one in hit["reasons"])
        lines.append(f"{hit['name']} ({hit['organization']}) {hit['area_name']}: {reasons}")
    return lines


def _plain(text: str) -> str:
    """Text that any terminal can print: lone surrogates of a broken input become a mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
