"""From a request to what it asks for: methods, bodies, parameters; nothing a visitor sends ends in a 5xx."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, StreamingHttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from madobe.directory.api.answers import ASK, READ, opened_to_all, options, problem
from madobe.directory.api.parameters import ParameterNotTaken, from_json, from_texts
from madobe.directory.hsds.formats import is_uuid

LARGEST_BODY = 64 * 1024  # bytes
MOST_PARAMETERS = 50
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
View = Callable[..., HttpResponseBase]


class NotTaken(Exception):
    """A request that cannot be read. `status` is the answer's; the message is one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def door(*allowed: str, takes_post: bool = False) -> Callable[[View], View]:
    """This will give a view the parameters it is asked for (`asked`), and answer what cannot be read."""

    def decorated(view: View) -> View:
        methods = ASK if takes_post else READ

        @csrf_exempt
        @wraps(view)
        def opened(request: HttpRequest, **place: Any) -> HttpResponseBase:
            response = _answer(view, request, allowed, methods, place)
            if request.method == "HEAD" and isinstance(response, StreamingHttpResponse):
                response.streaming_content = iter(())  # nobody reads it: nothing is made
            return opened_to_all(response, methods)

        return opened

    return decorated


def _answer(
    view: View, request: HttpRequest, allowed: tuple[str, ...], methods: str, place: dict[str, Any]
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return options(methods)
    if request.method not in methods.split(", "):
        return problem(405, f"Only {methods} are answered here.")
    try:
        asked = _asked(request, allowed)
        if "key" in place:
            if not is_uuid(place["key"]):
                return problem(404, "The id in the address is not a UUID.")
            place = {"key": UUID(place["key"])}
        return view(request, asked=asked, **place)
    except ParameterNotTaken as refusal:
        return problem(422, str(refusal), parameter=refusal.name)
    except NotTaken as refusal:
        return problem(refusal.status, str(refusal))


def _asked(request: HttpRequest, allowed: tuple[str, ...]) -> dict[str, Any]:
    # WSGI hands bytes over as Latin-1; who did not %-encode meant UTF-8
    query = (
        request.META.get("QUERY_STRING", "").encode("latin-1", "replace").decode(errors="replace")
    )
    in_url = from_texts(_texts(query), allowed)
    if request.method != "POST":
        return in_url
    body = _body(request)
    kind = request.content_type
    if not body:
        return in_url
    if kind == JSON:
        in_body = from_json(_json(body), allowed)
    elif kind == FORM:
        in_body = from_texts(_texts(_decoded(body)), allowed)
    else:
        raise NotTaken(415, f"Send the parameters as {JSON} or {FORM}.")
    twice = sorted(set(in_url) & set(in_body))
    if twice:
        raise ParameterNotTaken(
            twice[0], f"{twice[0]} stands in the address and in the body; give it once."
        )
    return in_url | in_body


def _texts(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError as error:
        raise NotTaken(400, f"There are more than {MOST_PARAMETERS} parameters.") from error


def _body(request: HttpRequest) -> bytes:
    too_large = NotTaken(413, f"The body is larger than {LARGEST_BODY // 1024} KB.")
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError as error:
        raise NotTaken(400, "The length of the body is not a number.") from error
    if length > LARGEST_BODY:
        raise too_large
    try:
        body = request.read(LARGEST_BODY + 1)
    except (RequestDataTooBig, UnreadablePostError) as error:
        raise NotTaken(400, "The body did not arrive whole.") from error
    if len(body) > LARGEST_BODY:
        raise too_large
    return body


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise NotTaken(400, "The body is not UTF-8.") from error


def _json(body: bytes) -> Any:
    try:
        return json.loads(_decoded(body), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotTaken(400, "The body is not JSON.") from error


def _no_constant(name: str) -> Any:
    raise ValueError(name)
