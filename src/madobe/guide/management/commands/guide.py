"""`madobe guide [FILE|-] --json`: the guide's answer for one situation or a list. Writes nothing."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from madobe.guide.queries import place_of, services_for
from madobe.guide.queries.places import coverage
from madobe.guide.rules.answer import Answer, answer, facts_of, to_contract
from madobe.guide.rules.files import items_from
from madobe.guide.rules.parse import parse_situation
from madobe.guide.rules.reading import read
from madobe.guide.rules.situation import Area, Reading, Situation, SituationError
from madobe.guide.rules.summary import summary


class Command(BaseCommand):
    """Read situations, answer them, print the answers."""

    help = "The guide's answer for one situation or a list of situations (YAML or JSON)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", help="a YAML or JSON file; - or nothing: standard input"
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            items, is_list = items_from(_bytes_of(options["file"]), name=_name_of(options["file"]))
            situations = [
                parse_situation(item, position=place) for place, item in enumerate(items, start=1)
            ]
        except SituationError as error:
            raise CommandError(str(error)) from error
        directory = Directory(at=timezone.now())
        answers = [_answered(situation, directory) for situation in situations]
        if not options["json"]:
            self.stdout.write("\n\n".join(summary(found, contract) for found, contract in answers))
            return
        documents = [
            {**contract, "id": item.get("id")}
            for item, (_, contract) in zip(items, answers, strict=True)
        ]
        self.stdout.write(
            json.dumps(
                documents if is_list else documents[0], ensure_ascii=False, indent=1, default=str
            )
        )


class Directory:
    """The directory behind the guide, or nothing where no database has been set up."""

    def __init__(self, *, at: datetime) -> None:
        self.at = at
        self.is_there = _has_database()

    def coverage(self, area: Area | None) -> Mapping[str, bool]:
        """Kinds that really serve the area. A kind not listed here is left to what the tables know."""
        if not self.is_there or area is None:
            return {}
        try:
            return {kind: True for kind, is_served in coverage(area).items() if is_served}
        except DatabaseError:  # set up, but its tables are not there yet
            self.is_there = False
            return {}

    def services(self, found: Answer) -> Mapping[str, list[dict[str, Any]]]:
        """Named services for each kind suggested."""
        if not self.is_there:
            return {}
        try:
            return services_for(found, found.facts, at=self.at)
        except DatabaseError:
            self.is_there = False
            return {}


def _has_database() -> bool:
    """Whether a database answers. SQLite would make an empty file by being asked: the guide writes nothing."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        if ":memory:" not in name and "mode=memory" not in name and not Path(name).is_file():
            return False
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return True


def _answered(situation: Situation, directory: Directory) -> tuple[Answer, dict[str, Any]]:
    readings: tuple[Reading, ...] = ()
    if situation.use != "codes" and situation.free_text:
        readings = tuple(read(situation.free_text, who=situation.who))
    place = place_of(situation.municipality, readings, situation.free_text)
    facts = facts_of(situation, readings, area=place.area, covered=directory.coverage(place.area))
    found = answer(facts)
    candidates = [
        {"code": one.code, "name": one.name, "prefecture": one.prefecture_name}
        for one in place.candidates
    ]
    return found, to_contract(found, readings, directory.services(found), candidates=candidates)


def _name_of(file: str) -> str:
    return "standard input" if file == "-" else file


def _bytes_of(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except FileNotFoundError as error:
        raise CommandError(
            f"{file}: there is no such file; check the name, or give - and write on standard input."
        ) from error
    except IsADirectoryError as error:
        raise CommandError(f"{file} is a directory; name one YAML or JSON file in it.") from error
    except OSError as error:
        raise CommandError(f"{file} cannot be read ({error.strerror}).") from error
