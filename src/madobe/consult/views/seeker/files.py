"""A picture or paper that came with a letter, handed back to the person: nothing of it stands on a page of ours."""

from typing import Final

from django.http import HttpResponse

from madobe.consult.queries.threads import OpenedFile
from madobe.consult.rules.attachments import Kind, headers_of

SHOWN: Final = (Kind.PICTURE, Kind.TEXT)  # shown, a file leaves nothing on the device
_NAME: Final = "メモ"  # what the browser writes down says nothing
_ENDINGS: Final = {"image/png": ".png", "image/jpeg": ".jpg", "application/pdf": ".pdf"}


def handed(file: OpenedFile) -> HttpResponse:
    """This will give the file itself, shut off from everything around it. A text is a text, whatever it says."""
    kind = Kind(file.kind)
    media = "text/plain; charset=utf-8" if kind is Kind.TEXT else file.media_type
    name = _NAME + (".txt" if kind is Kind.TEXT else _ENDINGS.get(media, ""))
    return HttpResponse(file.data, content_type=media, headers=headers_of(kind, name, shown=SHOWN))
