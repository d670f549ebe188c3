"""What a letter to the desk costs, that none is lost, and what it leaves: 2 KiB over real HTTP on PostgreSQL.

F0 (contract.md): one X25519 pair, three sealed boxes of 32 bytes, one XChaCha20-Poly1305 of the padded letter, one
BLAKE2b, one INSERT and durable COMMIT on the same database; CPU of application and database together.

Medians of the repeats count. The least of each is told beside them: what else a machine does comes on top, and more on
top of a program than of a loop that fits the caches.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

import yaml

from bench import REPEATS, ROOT, Row
from bench._desk_client import Writer, letter, letter_in_danger
from bench._desk_world import Ground, cpu_of, ground, python, served

MOST_OVER_FLOOR = 25
ROUND = 120  # letters of one repeat
FLOOR_ROUND = 3000  # CPU comes in ticks of 10 ms: of 600 it moved by a sixth
WARM = 200  # letters before anything is counted: patterns are compiled when they are first needed
CLIENTS = 16
LETTERS = int(os.environ.get("MADOBE_BENCH_LETTERS", "5000"))
ON_SQLITE = 600
KB = 4_000  # bytes a letter may leave


def measure(tell: Callable[[str], None]) -> list[Row]:
    """Rows of the contract; SQLite's figures stand beside PostgreSQL's."""
    rows = _rows("postgresql", "desk", LETTERS, tell)
    rows += _rows("sqlite", "desk.sqlite", ON_SQLITE, tell)
    recall, false = _crisis()
    return [
        *rows,
        Row("desk.crisis_recall", recall, 0.98, "share of sentences of danger in our own corpus that raise the card", "higher"),
        Row("desk.crisis_false", false, 0.10, "share of calm sentences in it that raise the card"),
    ]  # fmt: skip


def _rows(kind: str, key: str, letters: int, tell: Callable[[str], None]) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="madobe-bench-") as folder:
        tell(f"{kind}: databases, a desk, the product behind a port")
        with ground(Path(folder), kind) as here, served(here.environment) as running:
            roots = (running.pid, here.postmaster) if here.postmaster else (running.pid,)
            writer = Writer(running.port)
            for number in range(WARM):
                writer.send(writer.token(), letter(number))
            before = _counts(here)
            submit, opening, floor, words = [], [], [], []
            for repeat in range(REPEATS):
                floor.append(_floor(here))
                writer = Writer(running.port)  # a line nobody speaks on is closed
                first = cpu_of(*roots)
                for number in range(ROUND):
                    words.append(_send(writer, 1000 + repeat * ROUND + number))
                second = cpu_of(*roots)
                for number in range(ROUND):
                    _open(writer, words[-1 - number])
                submit.append((second - first) / ROUND)
                opening.append((cpu_of(*roots) - second) / ROUND)
            tell(
                f"{kind}: F0 {_both(floor)} ms, a letter {_both(submit)} ms, opening {_both(opening)} ms "
                f"(median, least of {REPEATS})"
            )
            first = cpu_of(*roots)
            for number in range(ROUND):
                writer.send(writer.token(), letter_in_danger(9000 + number))
            card = (cpu_of(*roots) - first) / ROUND
            tell(f"{kind}: a letter for which the card is drawn {card * 1000:.2f} ms")
            seconds, kept, failed = _together(running.port, letters)
            tell(f"{kind}: {letters} letters by {CLIENTS} at once, {failed} without an answer")
            after = _counts(here)
            acked = (REPEATS + 1) * ROUND + len(kept)
            there = after["consultations"] - before["consultations"]
            writer = Writer(running.port)
            wrong = sum(
                1
                for number, said in kept[:: max(1, len(kept) // 200)]
                if letter(number)[:40] not in _open(writer, said)
            )
            reads = int(python(here.environment, "bench.desk", "wrong"))
            size = (after["bytes"] - before["bytes"]) / max(1, there)
            writer.close()
    assert after["messages"] - before["messages"] == there
    return [
        Row(f"{key}.cpu_over_floor", median(submit) / median(floor), MOST_OVER_FLOOR, "CPU of a letter (form, post, answer; app and database) over F0"),
        Row(f"{key}.open_cpu_over_floor", median(opening) / median(floor), MOST_OVER_FLOOR, "CPU of opening a thread by its words over F0"),
        Row(f"{key}.lost", max(0, acked - there) + failed + wrong, 0, "letters answered with words that are not there, do not open, or got no answer"),
        Row(f"{key}.doubled", max(0, there - acked), 0, "letters that are there more often than they were sent"),
        Row(f"{key}.p99_s_16_clients", sorted(seconds)[int(len(seconds) * 0.99)], 1.0, "seconds of a form and its letter, 16 clients at once"),
        Row(f"{key}.wrong_receipt_db_reads", reads, 0, "database queries for words whose check fails"),
        Row(f"{key}.bytes_per_submission", size, KB, "growth of all tables, indexes and the key store, a letter"),
    ]  # fmt: skip


def _both(seconds: list[float]) -> str:
    return f"{median(seconds) * 1000:.2f}, {min(seconds) * 1000:.2f}"


def _send(writer: Writer, number: int) -> str:
    status, words = writer.send(writer.token(), letter(number))
    if status != 200 or not words:
        raise RuntimeError(f"a letter was answered with {status}")
    return words


def _open(writer: Writer, words: str) -> str:
    return writer.open(words)[1]


def _together(port: int, letters: int) -> tuple[list[float], list[tuple[int, str]], int]:
    """Seconds of each, number and words of those answered, how many were not."""
    seconds: list[float] = []
    kept: list[tuple[int, str]] = []
    failed: list[int] = []

    def write(first: int) -> None:
        writer = Writer(port)
        for number in range(100_000 + first, 100_000 + letters, CLIENTS):
            began = time.monotonic()
            try:
                kept.append((number, _send(writer, number)))
            except Exception:
                failed.append(number)
                writer.close()
                writer = Writer(port)
            seconds.append(time.monotonic() - began)
        writer.close()

    threads = [Thread(target=write, args=(place,)) for place in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds, kept, len(failed)


def _counts(here: Ground) -> dict[str, int]:
    counted: dict[str, int] = json.loads(python(here.environment, "bench._desk_world", "count"))
    return counted


def _floor(here: Ground) -> float:
    return float(python(here.environment, "bench.desk", "floor", str(here.postmaster)))


def _crisis() -> tuple[float, float]:
    """Recall and share of false cards over the corpus; unsure sentences are left out."""
    from madobe.consult.rules.crisis import read_danger

    document = yaml.safe_load((ROOT / "tests/consult/data/crisis_corpus.yaml").read_text("utf-8"))
    rows = [row for row in document if not row.get("unsure")]
    danger = [row for row in rows if row["crisis"]]
    calm = [row for row in rows if not row["crisis"]]
    return (
        sum(read_danger(row["text"]).is_crisis for row in danger) / len(danger),
        sum(read_danger(row["text"]).is_crisis for row in calm) / len(calm),
    )


# --- in a process of its own ------------------------------------------------------------------------


def floor(postmaster: int) -> float:
    """CPU seconds of one F0."""
    from hashlib import blake2b
    from uuid import uuid4

    from django.db import connection
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt
    from nacl.public import PrivateKey, SealedBox
    from nacl.utils import random

    from madobe.vault.rules.padding import padded

    plain = padded(letter(1).encode())
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS floor (id char(32) PRIMARY KEY, body bytea)")
        sql = "INSERT INTO floor (id, body) VALUES (%s, %s)"

        def once() -> None:
            public = PrivateKey.generate().public_key
            for _ in range(3):
                SealedBox(public).encrypt(random(32))
            body = encrypt(plain, b"", random(24), random(32))
            blake2b(body[:10], key=random(32)).digest()
            cursor.execute(sql, [uuid4().hex, body])

        for _ in range(50):
            once()
        roots = (os.getpid(), postmaster) if postmaster else (os.getpid(),)
        before = cpu_of(*roots)
        for _ in range(FLOOR_ROUND):
            once()
        used = (cpu_of(*roots) - before) / FLOOR_ROUND
        cursor.execute("DROP TABLE floor")
    return used


def wrong_receipt_reads() -> int:
    """Database queries a hundred receipts cost whose check fails."""
    from django.db import connections
    from django.test import Client

    from madobe.vault.rules.receipts import new_receipt

    count = 0

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    client = Client(headers={"host": "localhost"})
    for alias in connections:
        connections[alias].execute_wrappers.append(counting)
    for _ in range(100):
        words = list(new_receipt().words)
        words[3] = words[3][:-1] + ("ん" if words[3][-1] != "ん" else "あ")
        answer = client.post("/ja/talk/", {"go": "words", "words": " ".join(words)})
        assert answer.status_code == 422
    return count


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(floor(int(sys.argv[2])) if sys.argv[1] == "floor" else wrong_receipt_reads())
