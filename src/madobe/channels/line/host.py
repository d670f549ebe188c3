"""Talking to LINE by its SDK: sending words, fetching what somebody sent.

The SDK's few hundred models take a second to import, so each function asks for them itself: a worker that never
meets LINE does not carry them.
"""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import UUID, uuid4, uuid5

from django.conf import settings

from madobe.channels.rules.pieces import pieces

if TYPE_CHECKING:
    from linebot.v3.messaging import ApiClient

PATIENCE = (5.0, 15.0)  # seconds to connect, to answer
WAITS = (0.5, 1.0, 2.0)  # seconds before it is tried again
BRIEF = (0.5,)  # the same where LINE itself is waiting for our answer
MOST_AT_ONCE = 5  # text messages in one push (messaging-api.yml, PushMessageRequest)
LARGEST = 25 * 1024 * 1024  # bytes of one picture, sound or file
_CONTENT_HOST = "https://api-data.line.me"
_MEDIA_TYPE = re.compile(r"^[\w.+-]{1,60}/[\w.+-]{1,60}$")

Pause = Callable[[float], None]


class LineIsNotSetUp(Exception):
    """No secret and token are set (MADOBE_LINE_SECRET, MADOBE_LINE_TOKEN)."""


class LineDoesNotAnswer(Exception):
    """LINE was asked several times in vain. The same call with the same `key` sends only what is still missing."""


class LineDoesNotTake(Exception):
    """LINE refuses it: nobody of that id, a token that is over. Asking again changes nothing. Holds the status."""


class TooLarge(Exception):
    """Larger than the window takes; it was not fetched to the end."""


class NotThereYet(Exception):
    """LINE is still making it ready, or has it no more."""


@dataclass(frozen=True)
class Fetched:
    data: bytes
    media_type: str


def send_text(
    user_id: str, text: str, *, key: UUID | None = None, pause: Pause = time.sleep
) -> tuple[str, ...]:
    """This will push a counsellor's words to one person, and give the ids of the messages they became.

    Called in the counsellor's own request: nothing is kept on the way. A text of more than 5,000 units goes as several
    messages. `key` makes the call safe to repeat: LINE takes each part of it once within 24 hours.
    Raises LineIsNotSetUp, LineDoesNotAnswer, LineDoesNotTake.
    """
    from linebot.v3.messaging import MessagingApi, PushMessageRequest, TextMessage

    key = key or uuid4()
    parts = pieces(text)
    sent: list[str] = []
    with _client() as client:
        api = MessagingApi(client)
        for start in range(0, len(parts), MOST_AT_ONCE):
            request = PushMessageRequest(
                to=user_id,
                messages=[
                    TextMessage(text=part, quickReply=None, quoteToken=None)
                    for part in parts[start : start + MOST_AT_ONCE]
                ],
                notificationDisabled=False,
                customAggregationUnits=None,
            )
            retry_key = str(uuid5(key, str(start)))
            answer = _again(
                lambda request=request, retry_key=retry_key: api.push_message(  # type: ignore[misc]
                    request, x_line_retry_key=retry_key, _request_timeout=PATIENCE
                ),
                pause,
            )
            sent += _ids(answer)
    return tuple(sent)


def answer_quietly(reply_token: str, text: str) -> None:
    """This will answer what somebody has just sent, in the talk they have open, without a sound on their phone.

    Tried once: the token is good for one answer. Raises LineIsNotSetUp, LineDoesNotAnswer, LineDoesNotTake.
    """
    from linebot.v3.messaging import MessagingApi, ReplyMessageRequest, TextMessage

    with _client() as client:
        request = ReplyMessageRequest(
            replyToken=reply_token,
            messages=[TextMessage(text=text, quickReply=None, quoteToken=None)],
            notificationDisabled=True,
        )
        _again(
            lambda: MessagingApi(client).reply_message(request, _request_timeout=PATIENCE),
            time.sleep,
            waits=(),
        )


def fetch_content(
    message_id: str,
    *,
    is_prepared_first: bool = False,
    largest: int = LARGEST,
    waits: tuple[float, ...] = WAITS,
    pause: Pause = time.sleep,
) -> Fetched:
    """This will fetch what somebody sent, at most `largest` bytes. `is_prepared_first`: sound or video.

    Raises LineIsNotSetUp, LineDoesNotAnswer, NotThereYet, TooLarge.
    """
    with _client() as client:
        try:
            if is_prepared_first:
                _wait_until_prepared(client, message_id, waits, pause)
            return _again(lambda: _read(client, message_id, largest), pause, waits=waits)
        except LineDoesNotTake as error:
            raise NotThereYet(str(error)) from None


def _wait_until_prepared(
    client: "ApiClient", message_id: str, waits: tuple[float, ...], pause: Pause
) -> None:
    from linebot.v3.messaging import MessagingApiBlob

    api = MessagingApiBlob(client)
    for wait in (*WAITS, None):
        status = _again(
            lambda: api.get_message_content_transcoding_by_message_id(
                message_id, _request_timeout=PATIENCE
            ),
            pause,
            waits=waits,
        ).status
        if status == "succeeded":
            return
        if status != "processing" or wait is None:
            raise NotThereYet(status)
        pause(wait)


def _read(client: "ApiClient", message_id: str, largest: int) -> Fetched:
    """By the SDK's own transport: its call for contents would read a film of any length into memory."""
    host = settings.LINE_API or _CONTENT_HOST
    answer = client.rest_client.get_request(
        f"{host}/v2/bot/message/{quote(message_id, safe='')}/content",
        headers=dict(client.default_headers),
        _preload_content=False,
        _request_timeout=PATIENCE,
    )
    try:
        if answer.status == 202:  # accepted, being made ready
            raise NotThereYet("processing")
        data = answer.read(largest + 1)
    finally:
        answer.close()
    if len(data) > largest:
        raise TooLarge
    said = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Fetched(data, said if _MEDIA_TYPE.match(said) else "application/octet-stream")


def _client() -> "ApiClient":
    from linebot.v3.messaging import ApiClient, Configuration

    if not settings.LINE_TOKEN:
        raise LineIsNotSetUp
    configuration = Configuration(access_token=settings.LINE_TOKEN, host=settings.LINE_API or None)
    configuration.retries = False  # counted here, with the same key each time
    return ApiClient(configuration)


def _again(ask: Callable[[], Any], pause: Pause, *, waits: tuple[float, ...] = WAITS) -> Any:
    """What LINE answers; asked again after each wait while it is busy, away or counting our questions."""
    from linebot.v3.messaging import ApiException
    from urllib3.exceptions import HTTPError

    last = ""
    for wait in (*waits, None):
        try:
            return ask()
        except ApiException as error:
            if error.status == 409:  # this key was taken before: it is with the person
                return error.body
            # Its text holds the answer's body, which may quote ours: only the status goes on.
            last = str(error.status)
            if error.status and error.status < 500 and error.status != 429:
                raise LineDoesNotTake(last) from None
        except HTTPError as error:
            last = type(error).__name__
        if wait is not None:
            pause(wait)
    raise LineDoesNotAnswer(last)


def _ids(answer: Any) -> list[str]:
    if isinstance(answer, str):  # a 409 says what was sent then, too
        try:
            said = json.loads(answer)
        except ValueError:
            return []
        sent = said.get("sentMessages", []) if isinstance(said, dict) else []
        return [str(one["id"]) for one in sent if isinstance(one, dict) and "id" in one]
    return [one.id for one in answer.sent_messages]
