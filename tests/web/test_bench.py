"""`madobe bench` prints the document of docs/contract.md and says no with its exit code."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from django.core.management import call_command

from bench import Row, ratio


@pytest.fixture
def benchmark(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """benchmark(value): a checkout whose only benchmark, `fake`, measures this value against a limit of 5."""

    def make(value: float) -> None:
        (tmp_path / "bench").mkdir()
        (tmp_path / "bench/fake.py").touch()
        (tmp_path / "bench/_helper.py").touch()
        settings.ROOT = tmp_path
        module = ModuleType("bench.fake")
        module.measure = lambda tell: [Row("fake.ratio", value, 5, "one sentence")]  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "bench.fake", module)
        monkeypatch.setattr(sys, "path", [*sys.path])

    return make


def test_a_row_within_its_limit_is_ok(
    benchmark: Callable[[float], None], capsys: pytest.CaptureFixture[str]
):
    benchmark(4.5)
    call_command("bench", "fake", "--json")
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"bench", "commit", "machine", "rows"}
    assert said["rows"] == [
        {
            "key": "fake.ratio",
            "value": 4.5,
            "limit": 5,
            "better": "lower",
            "ok": True,
            "what": "one sentence",
        }
    ]


def test_a_row_past_its_limit_is_exit_1(
    benchmark: Callable[[float], None], capsys: pytest.CaptureFixture[str]
):
    benchmark(5.5)
    with pytest.raises(SystemExit) as ended:
        call_command("bench", "fake", "--json")
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["rows"][0]["ok"] is False


@pytest.mark.parametrize("name", ["nosuch", "", "_helper"])
def test_an_unknown_name_is_exit_2_and_lists_the_known(
    benchmark: Callable[[float], None], capsys: pytest.CaptureFixture[str], name: str
):
    benchmark(1)
    with pytest.raises(SystemExit) as ended:
        call_command("bench", name)
    assert ended.value.code == 2
    assert "fake" in capsys.readouterr().err


def test_more_is_better_turns_the_limit_round():
    assert Row("x", 6, 5, "", better="higher").ok
    assert not Row("x", 4, 5, "", better="higher").ok


def test_a_ratio_is_of_medians_so_one_slow_request_does_not_count():
    assert ratio([2, 2, 100], [1, 1, 1]) == 2
