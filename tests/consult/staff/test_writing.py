"""「書いています…」 between a person and a counsellor: in memory alone, and only while both wish it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from madobe.consult import writing
from madobe.consult.models import Opening
from madobe.consult.rules.tokens import Token, written
from madobe.vault.installed import form_key
from tests.factories.answering import MORNING, Person, Sent, send
from tests.factories.desk import World
from tests.factories.rows import tables

pytestmark = pytest.mark.django_db
SAYS = "X-Madobe-Writing"
BACKGROUND = {"HTTP_X_MADOBE_BACKGROUND": "1"}


@pytest.fixture(autouse=True)
def _memory(tmp_path: Path, settings) -> Iterator[None]:
    settings.DATA_DIR = tmp_path  # a memory of the test's own
    yield
    writing.take_away()


class Two:
    """Whoever wrote and whoever answers, each with a page open that asks by itself."""

    def __init__(self, sent: Sent, hana: Person) -> None:
        self.sent, self.desk, self.here = sent, hana.client(), Client()
        self.token = written(Token(sent.secret, uuid4(), MORNING, False), form_key())
        self.tags = {"person": "", "staff": ""}
        self.person()
        self.staff()

    def person(self, sign: str = "", **more: str):
        headers = {"x-madobe-thread": self.token, "if-none-match": self.tags["person"], **more}
        answer = self.here.get("/talk/poll", headers=headers | ({SAYS: sign} if sign else {}))
        self.tags["person"] = answer.headers.get("ETag", "")
        return answer

    def staff(self, sign: str = ""):
        headers = {"if-none-match": self.tags["staff"]} | ({SAYS: sign} if sign else {})
        answer = self.desk.get(f"/staff/talk/{self.sent.id}/poll/", headers=headers, **BACKGROUND)
        self.tags["staff"] = answer.headers.get("ETag", "")
        return answer


@pytest.fixture
def two(world: World, hana: Person) -> Two:
    return Two(send(), hana)


@pytest.mark.parametrize(("one", "other"), [("person", "staff"), ("staff", "person")])
def test_each_sees_the_other_write_when_both_wish_it_though_nothing_else_is_new(
    two: Two, one: str, other: str
):
    getattr(two, other)("wish")
    getattr(two, one)("writing")
    seen = getattr(two, other)("wish")
    assert (seen.status_code, seen.headers[SAYS], seen.content) == (304, "writing", b"")


@pytest.mark.parametrize(("one", "other"), [("person", "staff"), ("staff", "person")])
@pytest.mark.parametrize("sign", ["", "no", "x"])
def test_who_does_not_wish_it_is_told_nothing_and_tells_nothing(
    two: Two, one: str, other: str, sign: str
):
    getattr(two, one)("writing")
    assert SAYS not in getattr(two, other)(sign).headers
    assert SAYS not in getattr(two, one)("writing").headers


def test_who_wishes_and_does_not_write_shows_nothing(two: Two):
    two.person("wish")
    assert SAYS not in two.staff("wish").headers


def test_taking_the_wish_back_is_seen_at_once(two: Two):
    two.person("writing")
    assert SAYS in two.staff("wish").headers
    two.person("no")
    assert SAYS not in two.staff("wish").headers


@pytest.mark.parametrize("after", [9, 60])
def test_it_is_gone_after_moments(two: Two, after: int):
    two.person("writing")
    assert SAYS in two.staff("wish").headers
    with time_machine.travel(MORNING + timedelta(seconds=after), tick=False):
        assert SAYS not in two.staff("wish").headers


def test_it_comes_along_with_news(two: Two):
    two.staff("writing")
    two.sent.write("追伸です。")
    seen = two.person("wish")
    assert (seen.status_code, seen.headers[SAYS]) == (200, "writing")


def test_nothing_crosses_to_another_thread(two: Two, hana: Person):
    other = Two(send("ほかのお便りです。"), hana)
    two.person("writing")
    two.staff("writing")
    assert SAYS not in other.person("wish").headers
    assert SAYS not in other.staff("wish").headers


def test_a_token_that_is_not_ours_or_has_waited_too_long_is_told_nothing(two: Two):
    two.staff("writing")
    for token in ("", "x", written(Token(bytes(10), uuid4(), MORNING, False), form_key())):
        answer = two.person("writing", **{"x-madobe-thread": token})
        assert (answer.status_code, SAYS in answer.headers) == (410, False)
    with time_machine.travel(MORNING + timedelta(minutes=31), tick=False):
        assert two.person("wish").status_code == 410


def test_who_cannot_reach_a_thread_is_told_nothing(two: Two, mei: Person):
    two.person("writing")
    two.desk = mei.client()
    answer = two.staff("wish")
    assert (answer.status_code, SAYS in answer.headers) == (404, False)


def test_writing_changes_no_row_at_all(two: Two):
    two.person("wish")
    two.staff("wish")
    before = tables()
    with time_machine.travel(MORNING + timedelta(seconds=30), tick=False):
        for sign in ("writing", "wish", "no"):
            assert two.person(sign).status_code == two.staff(sign).status_code == 304
        assert tables() == before
        two.staff()  # negative control: what holds a thread open is seen
        assert tables() != before


def test_a_sign_holds_no_thread_open(two: Two):
    until = Opening.objects.get().until
    with time_machine.travel(MORNING + timedelta(minutes=2), tick=False):
        two.staff("writing")
    assert Opening.objects.get().until == until


def test_nothing_of_it_is_in_a_file(two: Two, tmp_path: Path):
    two.person("writing")
    two.staff("writing")
    assert list(tmp_path.iterdir()) == []


OTHER_PROCESS = """
import sys
from pathlib import Path
from django.conf import settings
from uuid import UUID
settings.configure(DATA_DIR=Path(sys.argv[1]), SECRET_KEY=sys.argv[2])
from madobe.consult import writing
from madobe.consult.rules.writing import Side, Sign
writing.pepper = lambda: bytes.fromhex(sys.argv[3])
print(writing.exchange(UUID(sys.argv[4]), Side.STAFF, Sign.WRITING, now=int(sys.argv[5])))
"""


def in_another_process(settings, thread: UUID, now: int, *, folder: Path) -> str:
    """What another worker is told that says the counsellor is writing."""
    source = OTHER_PROCESS.replace(
        "from madobe.consult import writing",
        "import madobe.vault; import types; made = types.ModuleType('madobe.vault.installed');"
        "made.pepper = None; sys.modules['madobe.vault.installed'] = made\n"
        "from madobe.consult import writing",
    )
    told = [str(folder), settings.SECRET_KEY, writing.pepper().hex(), str(thread), str(now)]
    done = subprocess.run(
        [sys.executable, "-c", source, *told],
        env={**os.environ, "PYTHONPATH": str(Path(writing.__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.strip()


def test_worker_processes_share_it_and_one_that_ends_takes_nothing_away(
    two: Two, settings, tmp_path: Path
):
    now = int(MORNING.timestamp())
    two.person("writing")
    assert in_another_process(settings, two.sent.id, now, folder=tmp_path) == "True"
    writing._cells.cache_clear()  # as in a worker that begins only now
    assert SAYS in two.person("wish").headers
    two.person("no")
    assert in_another_process(settings, two.sent.id, now, folder=tmp_path) == "False"


def test_another_installation_has_a_memory_of_its_own(two: Two, settings, tmp_path: Path):
    now = int(MORNING.timestamp())
    two.person("writing")
    folder = tmp_path / "other"
    try:
        assert in_another_process(settings, two.sent.id, now, folder=folder) == "False"
    finally:
        settings.DATA_DIR = folder
        writing.take_away()
        settings.DATA_DIR = tmp_path


def test_memory_that_was_given_back_holds_nothing(two: Two):
    two.person("writing")
    writing.take_away()
    assert SAYS not in two.staff("wish").headers


def test_without_shared_memory_a_process_remembers_by_itself(
    two: Two, monkeypatch: pytest.MonkeyPatch
):
    writing.take_away()
    monkeypatch.setattr(writing, "posix", None)
    two.person("writing")
    assert SAYS in two.staff("wish").headers
