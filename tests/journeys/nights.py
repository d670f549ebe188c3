"""A product that lives through nights and mornings: its machine is switched on at whatever time a story tells."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.journeys.conftest import MADOBE, SOURCE, environment, printed, served

CLOCK = Path(__file__).with_name("clock")


@dataclass(frozen=True)
class Product:
    """One data folder. `settings`: what its environment says besides. Times are "2026-11-27 02:10", in Japan."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @contextmanager
    def running(self, at: str) -> Iterator[str]:
        """This will serve it from that minute on and give its address; afterwards it is switched off."""
        with (
            (self.folder / "served.log").open("ab") as log,
            served(self.folder, log, **self._lived(at)) as address,
        ):
            yield address

    def command(self, at: str, *words: str) -> str:
        """This will run `madobe …` at that minute and give what it prints."""
        done = subprocess.run(
            [*MADOBE, *words],
            env=environment(self.folder, **self._lived(at)),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout.strip()

    def inside(self, at: str, call: str) -> str:
        """inside("2026-11-27 10:20", "seat('hana')") -> what a call of tests/journeys/night_world.py prints."""
        return printed(self.folder, "night_world", call, **self._lived(at))

    def _lived(self, at: str) -> dict[str, str]:
        ahead = datetime.fromisoformat(f"{at}+09:00").timestamp() - time.time()
        path = os.pathsep.join(map(str, (SOURCE, SOURCE.parent, CLOCK)))
        return {**self.settings, "PYTHONPATH": path, "TESTS_CLOCK_AHEAD": str(ahead)}
