"""What LINE brings to our door: is it from LINE, what is it, is it kept."""

import json
import logging
import mimetypes
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from madobe.channels import lines
from madobe.channels.actions.taking import Outcome, take_in
from madobe.channels.line import host
from madobe.channels.line.reading import Content, read_event
from madobe.channels.registry import is_known
from madobe.channels.rules.incoming import File, Incoming, Kind

log = logging.getLogger(__name__)


class NotFromLine(Exception):
    """The signature is not of this body, or the body is not what LINE sends."""


def is_from_line(body: bytes, signature: str) -> bool:
    """This will tell whether LINE signed these very bytes, in the same time for every wrong signature."""
    from linebot.v3.webhook import SignatureValidator

    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(SignatureValidator(settings.LINE_SECRET).validate(text, signature))


def receive(*, body: bytes, signature: str, at: datetime) -> bool:
    """This will take in every event of one call of LINE; True when all of them are kept.

    When False, LINE sends the call again, and what was kept is not taken twice. Raises NotFromLine, before anything
    of the body is read.
    """
    if not is_from_line(body, signature):
        raise NotFromLine
    try:
        events = json.loads(body)["events"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotFromLine from None
    if not isinstance(events, list):
        raise NotFromLine
    kept = [_take(event, at) for event in events]  # all of them: one that waits stops no other
    return all(kept)


def _take(brought: object, at: datetime) -> bool:
    try:
        event = read_event(brought, at=at)
        incoming = _with_content(event.incoming, event.content)
        wants_answer = bool(event.reply_token) and _is_first(incoming)
        outcome = take_in(incoming=incoming, desk=settings.LINE_DESK, at=at)
    except Exception as error:  # one event must not hold up the others
        # Its text may quote what somebody wrote: only its kind is written down.
        log.error("An event of LINE could not be taken in: %s", type(error).__name__)
        return False
    if outcome is Outcome.TAKEN and wants_answer:
        _say_how_it_is(event.reply_token)
    return outcome is not Outcome.LEFT


def _is_first(incoming: Incoming) -> bool:
    known = is_known(incoming.channel, incoming.sender, settings.LINE_DESK)
    return incoming.kind is Kind.JOINED if known is None else not known


def _say_how_it_is(reply_token: str) -> None:
    """The first answer: that 既読 appears by itself (trust.md E17). It offers nothing and asks nothing."""
    try:
        host.answer_quietly(
            reply_token,
            _(
                "こちらは窓辺です。LINEの『既読』は自動でつくもので、だれかが読んだしるしとはかぎりません。"
                "お便りは、人が読んで、人がお返事します。"
            ),
        )
    except (host.LineDoesNotAnswer, host.LineDoesNotTake) as error:
        # The letter is kept; that the answer did not go must not make LINE send it again.
        log.error("The first answer did not go to LINE: %s", error)


def _with_content(incoming: Incoming, content: Content | None) -> Incoming:
    """What came in together with what lies at LINE, or with a line that says why it is not there."""
    if content is None:
        return incoming
    if content.size > host.LARGEST:
        return replace(incoming, visible_line=lines.too_large(incoming.kind))
    if not content.is_at_line:  # at an address of somebody else's, which we do not visit
        return replace(incoming, visible_line=lines.not_there_yet(incoming.kind))
    try:
        fetched = host.fetch_content(
            content.message_id,
            is_prepared_first=content.is_prepared_first,
            waits=host.BRIEF,
        )
    except host.TooLarge:
        return replace(incoming, visible_line=lines.too_large(incoming.kind))
    except (host.NotThereYet, host.LineDoesNotAnswer):
        return replace(incoming, visible_line=lines.not_there_yet(incoming.kind))
    name = content.name or f"line{mimetypes.guess_extension(fetched.media_type) or ''}"
    return replace(incoming, files=(File(name, fetched.data, fetched.media_type),))
