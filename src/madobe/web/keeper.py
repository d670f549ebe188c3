"""One process beside the server, started again when it ends by itself, and never twice at once."""

import subprocess
import sys
from collections.abc import Sequence
from threading import Event, Lock, Thread
from typing import Final

PAUSE: Final = 10.0  # seconds before it is started again: one that cannot start keeps nobody busy


class Keeper:
    """Keeps a command running from `start` until `end`."""

    def __init__(self, command: Sequence[str], *, pause: float = PAUSE) -> None:
        self._command, self._pause = list(command), pause
        self._ended, self._lock = Event(), Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """This will start the command and watch over it. Raises OSError when it cannot be started at all."""
        self._process = subprocess.Popen(self._command)
        Thread(target=self._watch, args=(self._process,), daemon=True).start()

    def end(self) -> None:
        """This will end it for good, and wait until it has ended."""
        with self._lock:
            self._ended.set()
            process = self._process
        if process is not None:
            process.terminate()
            process.wait()

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        while True:
            code = process.wait()
            while True:
                if self._ended.wait(self._pause):
                    return
                with self._lock:  # `end` comes before it or finds the new one
                    if self._ended.is_set():
                        return
                    _say(f"The upkeep had ended ({code}); it is started again.")
                    try:
                        process = self._process = subprocess.Popen(self._command)
                    except OSError as trouble:
                        _say(f"The upkeep cannot be started now: {trouble}")
                        continue
                break


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201
