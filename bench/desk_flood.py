"""A flood beside letters: none is refused, each is answered with words that open it, and danger stands first.

Sizes: MADOBE_BENCH_SPAM (20,000), MADOBE_BENCH_GENUINE (200). Once from one address, once from a thousand.
"""

import json
import os
import random
import sys
import tempfile
from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlencode

from bench import Row
from bench._desk_client import FORM, Writer, token_of, words_of
from bench._desk_world import Ground, ground, python, served

SPAM = int(os.environ.get("MADOBE_BENCH_SPAM", "20000"))
GENUINE = int(os.environ.get("MADOBE_BENCH_GENUINE", "200"))
SOURCES = (1, 1000)
SPAMMERS = 8
URGENT_EACH = 5  # one genuine letter of so many is in danger
SHARED_EACH = 3  # one of so many comes from an address the flood comes from, too: a town behind one mobile network
LIMIT_AN_HOUR = 10  # the control's
SEED = 20261126
DANGER = "もう死にたいです。今夜、薬をたくさん飲もうと思っています。"


class Sender(Writer):
    """Somebody behind a proxy of ours, which says where they come from."""

    def __init__(self, port: int, source: str) -> None:
        super().__init__(port)
        self._said = {"X-Forwarded-For": source, "X-Forwarded-Proto": "https", "Host": "localhost"}

    def ask(self, method: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and text of an answer."""
        body = urlencode(fields) if fields is not None else None
        headers = self._said | (FORM if body is not None else {})
        self._line.request(method, "/ja/talk/", body, headers)
        answer = self._line.getresponse()
        return answer.status, answer.read().decode()

    def letter(self, text: str) -> str:
        """Send one letter; its words, "" where there are none."""
        status, page = self.ask("GET")
        if status != 200:
            return ""
        status, page = self.ask("POST", {"token": token_of(page), "text": text, "go": "send"})
        return words_of(page) if status == 200 else ""


def measure(tell: Callable[[str], None]) -> list[Row]:
    """Rows of the contract: the worse of both floods."""
    found = []
    for sources in SOURCES:
        with (
            tempfile.TemporaryDirectory(prefix="madobe-bench-") as folder,
            ground(Path(folder), "postgresql") as here,
        ):
            found.append(_flood(here, sources))
            tell(f"{SPAM} posts of a flood from {sources}: {found[-1]}")
    refused = min(_by_a_limiter(sources) for sources in SOURCES)
    return [
        Row("desk.flood_genuine_accepted", min(one["accepted"] for one in found), 1, f"share of {GENUINE} letters in a flood of {SPAM} that are taken in and open", "higher"),
        Row("desk.flood_crisis_first", min(one["first"] for one in found), 1, "share of letters in danger that stand before every other in the duty's list", "higher"),
        Row("desk.flood_rows_shown", found[0]["rows"], GENUINE + 400, "rows the duty sees of a flood from one address: letters, and one for each group that is held"),
        Row("desk.control_flood_accepted", refused, 0.99, f"a desk that closes after {LIMIT_AN_HOUR} posts an hour from one address is noticed"),
    ]  # fmt: skip


def _flood(here: Ground, sources: int) -> dict[str, float]:
    """The flood and the letters at once, over HTTP."""
    environment = here.environment | {"MADOBE_HTTPS": "1"}
    genuine = list(_letters())
    words: dict[int, str] = {}
    left, lock = iter(range(SPAM)), Lock()
    with served(environment) as running:

        def spam(place: int) -> None:
            dice = random.Random(SEED + place)  # noqa: S311
            sender: Sender | None = None
            while True:
                with lock:
                    number = next(left, None)
                if number is None:
                    return
                try:
                    sender = Sender(running.port, _address(number % sources))
                    sender.letter(_nonsense(dice, number))
                except (OSError, RuntimeError):
                    continue
                finally:
                    if sender is not None:
                        sender.close()

        def write() -> None:
            for number, (source, text) in enumerate(genuine):
                sender = Sender(running.port, source)
                words[number] = sender.letter(text)
                sender.close()

        threads = [Thread(target=spam, args=(place,)) for place in range(SPAMMERS)]
        threads.append(Thread(target=write))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        reader = Sender(running.port, "192.0.2.250")
        accepted = 0
        for number, (_source, text) in enumerate(genuine):
            if words.get(number):
                _status, page = reader.ask("POST", {"words": words[number], "go": "words"})
                accepted += text[:20] in page
        reader.close()
    order = json.loads(python(here.environment, "bench.desk_flood", "order"))
    urgent = sum(text.startswith(DANGER) for _source, text in genuine)
    return {
        "accepted": accepted / len(genuine),
        "first": sum(order["urgent"][:urgent]) / urgent,
        "rows": order["rows"],
    }


def _letters() -> list[tuple[str, str]]:
    """Where each genuine letter comes from, and what it says."""
    found = []
    for number in range(GENUINE):
        source = _address(0) if number % SHARED_EACH == 0 else f"198.51.100.{number % 250 + 1}"
        text = (
            DANGER
            if number % URGENT_EACH == 0
            else "夜になると、ねむれません。昼間はずっと横になっています。"
        )
        found.append((source, f"{text}（{number}）"))
    return found


def _nonsense(dice: random.Random, number: int) -> str:
    """Half of the flood is one text, half is another each time; none of it is in danger."""
    if number % 2:
        return "とてもお得なお知らせです。いますぐ、こちらの番号をごらんください。"
    return "".join(chr(dice.randrange(0x30A1, 0x30F6)) for _ in range(40))


def _address(number: int) -> str:
    return f"203.0.{113 + number // 250}.{number % 250 + 1}"


def _by_a_limiter(sources: int) -> float:
    """The control, without a product: the share of genuine letters a desk takes in that counts posts by address."""
    came: dict[str, deque[int]] = {}
    genuine, each, taken = _letters(), max(1, SPAM // GENUINE), 0
    for number in range(SPAM):
        posts = [(_address(number % sources), False)]
        if number % each == 0 and number // each < len(genuine):
            posts.append((genuine[number // each][0], True))
        for source, counts in posts:
            seen = came.setdefault(source, deque())
            if len(seen) < LIMIT_AN_HOUR:
                seen.append(number)
                taken += counts
    return taken / len(genuine)


# --- in a process of its own ------------------------------------------------------------------------


def order() -> dict[str, Any]:
    """The duty's list: danger first, then by promise; what is held stands behind one row a group."""
    from madobe.consult.choices import State
    from madobe.consult.models import Consultation

    waiting = Consultation.objects.filter(state=State.WAITING_STAFF, owner="")
    shown = waiting.filter(held="").order_by("-is_urgent", "reply_by", "pk")
    groups = waiting.exclude(held="").values("held").distinct().count()
    return {"urgent": list(shown.values_list("is_urgent", flat=True)), "rows": shown.count() + groups}  # fmt: skip


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if sys.argv[1] == "order":
        print(json.dumps(order()))
