"""Promises of the desk on many invented runs, each seen to fail on purpose: nothing crosses, nothing is lost, words open.

Sizes: MADOBE_BENCH_PAIRS (1,000), MADOBE_BENCH_MACHINES (2,000), MADOBE_BENCH_SPELLINGS (100,000), MADOBE_BENCH_TYPED (1,000).
MADOBE_BENCH_SEED: where chance begins.
"""

import json
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench import Row
from bench._desk_world import madobe, python, surroundings

PAIRS = int(os.environ.get("MADOBE_BENCH_PAIRS", "1000"))
MACHINES = int(os.environ.get("MADOBE_BENCH_MACHINES", "2000"))
SPELLINGS = int(os.environ.get("MADOBE_BENCH_SPELLINGS", "100000"))
TYPED = int(os.environ.get("MADOBE_BENCH_TYPED", "1000"))
STEPS = 100  # of one machine
PORTION = 100  # machines that are run and told together
CONTROLS = 40  # runs of a control
TIMED = 150  # answers of each kind
SEED = int(os.environ.get("MADOBE_BENCH_SEED", "20261126"))


def measure(tell: Callable[[str], None]) -> list[Row]:
    """Violations of each promise (none is allowed), and whether each broken desk was noticed."""
    found: dict[str, float] = {}
    for part in PARTS:
        with tempfile.TemporaryDirectory(prefix="madobe-bench-") as folder:
            environment = surroundings(Path(folder))
            madobe(environment, "migrate", "-v", "0")
            found |= json.loads(python(environment, "bench.desk_properties", part).splitlines()[-1])
        tell(f"{part}: {found}")
    return [
        Row("desk.interference", found["crossed"], 0, f"{PAIRS} paired scripts: bytes somebody is shown that another's doings change"),
        Row("desk.control_interference", found["crossed_found"], 1, "a desk that counts for the household is noticed", "higher"),
        Row("desk.any_order", found["broken"], 0, f"{MACHINES} runs of {STEPS} steps in any order: portions of {PORTION} that broke an invariant"),
        Row("desk.spellings_wrong", found["misread"], 0, f"{SPELLINGS} spellings of words and digits that do not give their own receipt"),
        Row("desk.typed_wrong", found["misopened"], 0, f"{TYPED} spellings through the door that do not open their own thread"),
        Row("desk.typed_lookups", found["lookups"], 0, f"database queries for {TYPED} spellings whose check fails"),
        Row("desk.gone_differs", found["gone_differs"], 0, "never given, erased, run out: answers whose bytes differ"),
        Row("desk.gone_time_ratio", found["gone_time"], 1.25, "slowest over fastest median of never given, erased, run out"),
        Row("desk.control_gone_time_ratio", found["gone_time_found"], 1.25, "a desk that takes longer for erased threads is noticed", "higher"),
    ]  # fmt: skip


# --- in a process of its own ------------------------------------------------------------------------


def interference() -> dict[str, float]:
    """Differences over all pairs; whether the control was found."""
    from unittest import mock

    from madobe.consult.models import Message
    from madobe.consult.views.seeker import pages
    from tests.consult.interference import differences

    world = _world()
    crossed = sum(len(differences(world, SEED + number)) for number in range(PAIRS))
    real = pages.thread

    def counting(*given: Any, **more: Any) -> Any:
        response = real(*given, **more)
        response.content += b"<!-- %d -->" % Message.objects.filter(author="staff").count()
        return response

    with mock.patch.object(pages, "thread", counting):
        seen = any(differences(world, number) for number in range(CONTROLS))
    return {"crossed": crossed, "crossed_found": float(seen)}


def any_order() -> dict[str, float]:
    """How many portions broke an invariant; how far it is, and what broke under which seed, goes to stderr."""
    from hypothesis import HealthCheck, seed, settings
    from hypothesis.stateful import run_state_machine_as_test

    from tests.consult import desk_machine
    from tests.factories.answering import make_colleague, people

    world = _world(fact_years=desk_machine.FACT_YEARS)
    more = make_colleague(world, "riku@example.jp", "見本 りく")
    elsewhere = make_colleague(
        world, "kei@example.jp", "見本 けい", in_group=False, roles=("editor",)
    )
    machine = desk_machine.seat(world, (*people(world), more, elsewhere))
    broken = 0
    for first in range(0, MACHINES, PORTION):
        sizes = settings(
            max_examples=min(PORTION, MACHINES - first),
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        try:
            run_state_machine_as_test(seed(SEED + first)(machine), settings=sizes)  # type: ignore[no-untyped-call]
        except Exception as error:
            # Several at once come as a group; a rule that raises breaks a promise, too.
            broken += 1
            print(f"seed {SEED + first}:", file=sys.stderr)
            traceback.print_exception(error)
        print(f"{first + sizes.max_examples} of {MACHINES} runs", file=sys.stderr, flush=True)
    return {"broken": broken}


def spellings() -> dict[str, float]:
    """Spellings at the level of functions, then through the door with every query counted."""
    from django.db import connections
    from django.test import Client

    from madobe.vault.rules.receipts import Receipt, read_receipt
    from tests.factories.desk import write
    from tests.vault.rules.test_receipt_typed import typed_somehow

    dice = random.Random(SEED)  # noqa: S311
    misread = 0
    for _ in range(SPELLINGS):
        secret = dice.randbytes(10)
        misread += read_receipt(typed_somehow(Receipt(secret), dice)).secret != secret
    _world()
    client = Client(headers={"host": "localhost"})
    threads = [
        (f"その{number}です。", write(client, f"その{number}です。")) for number in range(20)
    ]
    misopened = lookups = 0

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal lookups
        lookups += 1
        return execute(sql, params, many, context)

    for _ in range(TYPED):
        said, words = dice.choice(threads)
        typed = typed_somehow(read_receipt(words), dice)
        page = client.post("/ja/talk/", {"go": "words", "words": typed})
        misopened += page.status_code != 200 or said not in page.content.decode()
    for alias in connections:
        connections[alias].execute_wrappers.append(counting)
    for _ in range(TYPED):
        slipped = dice.choice(threads)[1].split()
        slipped[dice.randrange(8)] = "ぱぴぷぺ"
        answer = client.post("/ja/talk/", {"go": "words", "words": " ".join(slipped)})
        misopened += answer.status_code != 422
    return {"misread": misread, "misopened": misopened, "lookups": lookups}


def gone() -> dict[str, float]:
    """Never given, erased, run out: the same bytes, the same time; and a control."""
    from datetime import timedelta
    from unittest import mock

    from django.test import Client
    from django.utils import timezone

    from madobe.consult.models import Consultation
    from madobe.consult.views.seeker import inside
    from madobe.vault.rules.receipts import new_receipt, read_receipt
    from tests.factories.desk import form_of, open_by, write

    _world()
    client = Client(headers={"host": "localhost"})
    kinds: dict[str, list[str]] = {"never": [], "erased": [], "run out": []}
    for _ in range(10):
        kinds["never"].append(" ".join(new_receipt().words))
        kinds["run out"].append(write(client, "あ"))
        words = write(client, "い")
        fields = form_of(open_by(client, words).content)
        client.post("/ja/talk/", fields | {"go": "erase_now"})
        kinds["erased"].append(words)
    Consultation.objects.update(expires_date=(timezone.now() - timedelta(days=2)).date())

    def medians() -> tuple[float, set[bytes]]:
        seconds: dict[str, list[float]] = {kind: [] for kind in kinds}
        pages: set[bytes] = set()
        for number in range(TIMED):
            for kind, given in kinds.items():
                words = given[number % len(given)]
                began = time.perf_counter()
                answer = open_by(client, words)
                seconds[kind].append(time.perf_counter() - began)
                pages.add(answer.content.replace(words.encode(), b"WORDS"))
        each = [median(one) for one in seconds.values()]
        return max(each) / min(each), pages

    medians()  # everything is loaded
    ratio, shown = medians()
    erased = set(kinds["erased"])
    real = inside.find_thread
    secrets = {read_receipt(words).secret for words in erased}

    def telling(*, secret: bytes, on: Any) -> Any:
        if secret in secrets:
            time.sleep(0.01)
        return real(secret=secret, on=on)

    with mock.patch.object(inside, "find_thread", telling):
        told, _ = medians()
    return {"gone_differs": len(shown) - 1, "gone_time": ratio, "gone_time_found": told}


PARTS: dict[str, Callable[[], dict[str, float]]] = {
    "spellings": spellings,
    "gone": gone,
    "interference": interference,
    "any_order": any_order,
}


def _world(**desk: Any) -> Any:
    from tests.factories.desk import make_world

    return make_world(**desk)


if __name__ == "__main__":
    import django
    from django.conf import settings as product

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    product.ALLOWED_HOSTS = ["*"]
    product.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    product.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    print(json.dumps(PARTS[sys.argv[1]]()))
