"""「書いています…」 in the headers of what a page asks by itself, so that it comes through when nothing else is new."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from madobe.consult.rules.writing import Side, Sign, sign_of
from madobe.consult.writing import exchange

HEADER: Final = "X-Madobe-Writing"


def says_writing(request: HttpRequest) -> Sign | None:
    """This will give what a page says of whoever sits before it; None where it says nothing of the kind."""
    return sign_of(request.headers.get(HEADER, ""))


def tell_writing(
    request: HttpRequest, response: HttpResponse, thread: UUID, side: Side, at: datetime
) -> HttpResponse:
    """This will note the sign of a request and put the other side's on the answer. `thread`: one they may see."""
    sign = says_writing(request)
    if sign is not None and exchange(thread, side, sign, now=int(at.timestamp())):
        response.headers[HEADER] = Sign.WRITING.value
    return response
