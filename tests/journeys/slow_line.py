"""A telephone line at night between a browser and the product: it can be dead for a while, and come back."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from select import select
from threading import Event, Lock, Thread
from urllib.parse import urlsplit

GLANCE = 0.05  # seconds


class SlowLine:
    """Hands everything on, until it is held: then what was open is cut, and nobody gets through before it is let go."""

    def __init__(self, site: str) -> None:
        self._there = ("127.0.0.1", urlsplit(site).port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._waiting: list[socket.socket] = []
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock, self._held, self._over = Lock(), Event(), Event()
        self.letter_sent = Event()  # the product has answered a POST
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        Thread(target=self._answer, daemon=True).start()

    def hold(self) -> None:
        """Cut what is open and let nobody in: the queue of the door is full, so a browser has to call again."""
        with self._lock:
            self._held.set()
            for pair in self._pairs:
                _cut(pair)
            self._pairs.clear()
            self._door.listen(0)
            for _ in range(4):
                one = socket.socket()
                one.setblocking(False)
                with suppress(BlockingIOError):
                    one.connect(self._door.getsockname())
                self._waiting.append(one)

    def let_go(self) -> None:
        """Whoever calls again gets through."""
        with self._lock:
            self._door.listen(16)
            for one in self._waiting:
                one.close()
            self._held.clear()

    def end(self) -> None:
        self._over.set()
        with self._lock:
            for pair in self._pairs:
                _cut(pair)
        self._door.close()

    def _answer(self) -> None:
        while not self._over.is_set():
            with self._lock:
                try:
                    ready = not self._held.is_set() and select([self._door], [], [], 0)[0]
                    here = self._door.accept()[0] if ready else None
                except (OSError, ValueError):
                    return
                if here is not None:
                    there = socket.create_connection(self._there)
                    self._pairs.append((here, there))
                    Thread(target=self._carry, args=(here, there), daemon=True).start()
            if here is None:
                self._over.wait(GLANCE)

    def _carry(self, here: socket.socket, there: socket.socket) -> None:
        is_letter = False
        with suppress(OSError, ValueError):
            while True:
                for one in select([here, there], [], [])[0]:
                    piece = one.recv(65_536)
                    if not piece:
                        return _cut((here, there))
                    (there if one is here else here).sendall(piece)
                    if one is here:
                        is_letter = is_letter or piece.startswith(b"POST ")
                    elif is_letter:
                        self.letter_sent.set()
        return _cut((here, there))


def _cut(pair: tuple[socket.socket, socket.socket]) -> None:
    for one in pair:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


@contextmanager
def slow_line(site: str) -> Iterator[SlowLine]:
    """A line to the product at this address; a browser uses `address` instead."""
    line = SlowLine(site)
    try:
        yield line
    finally:
        line.end()
