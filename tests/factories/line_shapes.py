"""What LINE says its messages look like, as JSON Schema: the part of it that Madobe meets.

Written after messaging-api.yml and webhook.yml of github.com/line/line-openapi (Apache-2.0). Stricter than there in
one way: a field those files do not name is refused, so that a misspelt one cannot pass.
"""

from typing import Any

from jsonschema import Draft202012Validator


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": required | optional,
        "required": list(required),
        "additionalProperties": False,
    }


_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_YES_OR_NO = {"type": "boolean"}
_ID = {"type": "string", "minLength": 1}

# --- what is sent to LINE (messaging-api.yml) --------------------------------------------------

_MESSAGE = _object(
    {"type": {"const": "text"}, "text": {"type": "string", "minLength": 1}}, quoteToken=_TEXT
)
_MESSAGES = {"type": "array", "items": _MESSAGE, "minItems": 1, "maxItems": 5}
PUSH = _object(
    {"to": _TEXT, "messages": _MESSAGES},
    notificationDisabled=_YES_OR_NO,
    customAggregationUnits={"type": "array", "items": _TEXT},
)
REPLY = _object({"replyToken": _TEXT, "messages": _MESSAGES}, notificationDisabled=_YES_OR_NO)

# --- what LINE sends (webhook.yml) -------------------------------------------------------------

_QUOTE = {"quoteToken": _ID, "markAsReadToken": _TEXT}
_PROVIDER = _object(
    {"type": {"enum": ["line", "external"]}}, originalContentUrl=_TEXT, previewImageUrl=_TEXT
)
_STICKERS = [
    "STATIC", "ANIMATION", "SOUND", "ANIMATION_SOUND", "POPUP", "POPUP_SOUND", "CUSTOM", "MESSAGE", "NAME_TEXT",
    "PER_STICKER_TEXT",
]  # fmt: skip


def _content(kind: str, required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return _object({"type": {"const": kind}, "id": _ID} | required, **(_QUOTE | optional))


_CONTENTS = [
    _content("text", {"text": _TEXT, "quoteToken": _ID}, quotedMessageId=_ID),
    _content("image", {"contentProvider": _PROVIDER, "quoteToken": _ID}),
    _content("video", {"contentProvider": _PROVIDER, "quoteToken": _ID}, duration=_WHOLE),
    _content("audio", {"contentProvider": _PROVIDER}, duration=_WHOLE),
    _content("file", {"fileName": _TEXT, "fileSize": _WHOLE}),
    _content(
        "location",
        {"latitude": {"type": "number"}, "longitude": {"type": "number"}},
        title=_TEXT,
        address=_TEXT,
    ),
    _content(
        "sticker",
        {"packageId": _ID, "stickerId": _ID, "stickerResourceType": {"enum": _STICKERS}, "quoteToken": _ID},
        keywords={"type": "array", "items": _TEXT, "maxItems": 15},
        text={"type": "string", "maxLength": 100},
        quotedMessageId=_ID,
    ),
]  # fmt: skip
_SOURCES = [
    _object({"type": {"const": "user"}}, userId=_ID),
    _object({"type": {"const": "group"}, "groupId": _ID}, userId=_ID),
    _object({"type": {"const": "room"}, "roomId": _ID}, userId=_ID),
]


def _event(kind: str, required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return _object(
        {
            "type": {"const": kind},
            "timestamp": _WHOLE,
            "mode": {"enum": ["active", "standby"]},
            "webhookEventId": _ID,
            "deliveryContext": _object({"isRedelivery": _YES_OR_NO}),
        }
        | required,
        source={"oneOf": _SOURCES},
        **optional,
    )


_EVENTS = [
    _event("message", {"message": {"oneOf": _CONTENTS}}, replyToken=_ID),
    _event("unsend", {"unsend": _object({"messageId": _ID})}),
    _event("follow", {"replyToken": _ID, "follow": _object({"isUnblocked": _YES_OR_NO})}),
    _event("unfollow", {}),
    _event("join", {"replyToken": _ID}),
    _event("postback", {"postback": _object({"data": _TEXT}, params={"type": "object"})}, replyToken=_ID),
]  # fmt: skip
CALLBACK = _object(
    {
        "destination": {"type": "string", "pattern": "^U[0-9a-f]{32}$"},
        "events": {"type": "array", "items": {"oneOf": _EVENTS}},
    }
)


def faults(document: object, shape: dict[str, Any]) -> list[str]:
    """What of this document is not of that shape."""
    return [error.message for error in Draft202012Validator(shape).iter_errors(document)]
