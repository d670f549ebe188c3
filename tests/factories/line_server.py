"""LINE on loopback: takes what Madobe sends by LINE's own rules, and says what LINE says.

Every request is held against line_shapes; one that LINE would not know is refused and stands in `complaints`.
"""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from uuid import UUID

from tests.factories.line_shapes import CALLBACK, PUSH, REPLY, faults

SECRET = "0123456789abcdef0123456789abcdef"
TOKEN = "channel-access-token"
HANA = f"U{'ab' * 16}"
US = f"U{'00' * 16}"
LONGEST_TEXT = 5_000  # UTF-16 units
_numbers = count(1)


@dataclass
class Line:
    """What LINE has. `troubles`: what happens to the next sends: a status, or "lost": taken, but the answer is not heard."""

    url: str = ""
    pushed: list[dict[str, Any]] = field(default_factory=list)
    replied: list[dict[str, Any]] = field(default_factory=list)
    keys: dict[str, list[str]] = field(default_factory=dict)  # retry key -> message ids
    contents: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    preparing: dict[str, list[str]] = field(default_factory=dict)  # message id -> coming statuses
    troubles: list[int | str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)  # reply tokens that are still good
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def texts(self) -> list[str]:
        """What stands in the talk, message by message."""
        return [message["text"] for push in self.pushed for message in push["messages"]]


@contextmanager
def line_server() -> Iterator[Line]:
    line = Line()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(line))
    line.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield line
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(line: Line) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            line.asked.append(self.path)
            if self.refuse_stranger():
                return
            match self.path.split("/"):
                case ["", "v2", "bot", "message", message_id, "content", "transcoding"]:
                    coming = line.preparing.get(message_id, ["succeeded"])
                    self.say(200, {"status": coming.pop(0) if len(coming) > 1 else coming[0]})
                case ["", "v2", "bot", "message", message_id, "content"]:
                    if line.troubles:
                        self.say(int(line.troubles.pop(0)), {"message": "trouble"})
                    elif message_id not in line.contents:
                        self.say(404, {"message": "Not found"})
                    else:
                        media_type, data = line.contents[message_id]
                        self.send(200, media_type, data)
                case _:
                    self.complain(f"GET {self.path}")

        def do_POST(self) -> None:
            line.asked.append(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.refuse_stranger():
                return
            if self.headers.get_content_type() != "application/json":
                self.complain(f"Content-Type {self.headers.get('Content-Type')}")
                return
            shape = {"/v2/bot/message/push": PUSH, "/v2/bot/message/reply": REPLY}.get(self.path)
            if shape is None:
                self.complain(f"POST {self.path}")
                return
            request = json.loads(raw)
            if wrong := faults(request, shape) + _beyond_the_schema(request):
                self.complain("; ".join(wrong))
                return
            if shape is PUSH:
                self.push(request)
            else:
                self.reply(request)

        def push(self, request: dict[str, Any]) -> None:
            key = self.headers.get("X-Line-Retry-Key", "")
            try:
                UUID(key)
            except ValueError:
                self.complain(f"X-Line-Retry-Key {key!r}")
                return
            trouble = line.troubles.pop(0) if line.troubles else 0
            if isinstance(trouble, int) and trouble:
                self.say(trouble, {"message": f"trouble {request['messages'][0]['text']}"})
            elif key in line.keys:
                self.say(
                    409,
                    {
                        "message": "The retry key is already accepted",
                        "sentMessages": [{"id": one} for one in line.keys[key]],
                    },
                )
            else:
                line.pushed.append(request)
                line.keys[key] = [str(next(_numbers)) for _ in request["messages"]]
                if trouble == "lost":
                    self.close_connection = True  # LINE has it; nobody hears so
                    return
                sent = [{"id": one, "quoteToken": f"q{one}"} for one in line.keys[key]]
                self.say(200, {"sentMessages": sent})

        def reply(self, request: dict[str, Any]) -> None:
            if request["replyToken"] not in line.tokens:
                self.say(400, {"message": "Invalid reply token"})
                return
            line.tokens.discard(request["replyToken"])
            line.replied.append(request)
            self.say(200, {"sentMessages": [{"id": str(next(_numbers))}]})

        def refuse_stranger(self) -> bool:
            if self.headers.get("Authorization") == f"Bearer {TOKEN}":
                return False
            line.complaints.append("Authorization")
            self.say(401, {"message": "Authentication failed"})
            return True

        def complain(self, what: str) -> None:
            line.complaints.append(what)
            self.say(400, {"message": "The request body has 1 error(s)"})

        def say(self, status: int, document: dict[str, Any]) -> None:
            self.send(status, "application/json", json.dumps(document).encode())

        def send(self, status: int, media_type: str, data: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler


def _beyond_the_schema(request: dict[str, Any]) -> list[str]:
    """What LINE's reference says in words: how long a text may be, counted in UTF-16 units."""
    return [
        "text too long"
        for message in request.get("messages", [])
        if len(message.get("text", "").encode("utf-16-le")) // 2 > LONGEST_TEXT
    ]


# --- what LINE sends to us ---------------------------------------------------------------------


def event(kind: str = "message", **more: Any) -> dict[str, Any]:
    """An event as LINE makes it, from HANA, with an id of its own."""
    number = next(_numbers)
    return {
        "type": kind,
        "timestamp": 1_795_629_600_000,  # 2026-11-25 18:00 UTC
        "mode": "active",
        "webhookEventId": f"01KAY{number:021d}",
        "deliveryContext": {"isRedelivery": False},
        "source": {"type": "user", "userId": HANA},
    } | more


def message(kind: str, **more: Any) -> dict[str, Any]:
    """A message event, with a reply token."""
    number = next(_numbers)
    content = {"type": kind, "id": f"5{number:017d}"} | more
    if kind in ("text", "image", "video", "sticker"):
        content.setdefault("quoteToken", f"q{number}")
    if kind in ("image", "video", "audio"):
        content.setdefault("contentProvider", {"type": "line"})
    if kind == "sticker":
        content = {"packageId": "1", "stickerId": "2", "stickerResourceType": "STATIC"} | content
    return event(message=content, replyToken=f"token-{number}")


def signed(
    events: list[Any], *, secret: str = SECRET, official: bool = True
) -> tuple[bytes, dict[str, str]]:
    """The body and the headers of a call. `official`: held against LINE's own shapes first."""
    document = {"destination": US, "events": events}
    if official:
        assert faults(document, CALLBACK) == []
    return sign(json.dumps(document, ensure_ascii=False).encode(), secret)


def sign(body: bytes, secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return body, {"X-Line-Signature": base64.b64encode(digest).decode()}
