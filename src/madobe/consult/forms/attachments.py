"""Up to three files with a message, read in memory alone: no file somebody sends ever touches the disk as it came.

A file that cannot be kept never holds the message back: the rest arrives, and what is missing is told.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from madobe.consult.rules.attachments import FILE_BYTES, Cleaned, NotTaken, Reason, clean

MOST: Final = 3  # files in one message
REQUEST_BYTES: Final = (
    25_000_000  # of all files of one request; what comes after is read and dropped
)
ENDLESS_BYTES: Final = 1_000_000_000  # nobody's telephone sends this; the connection is closed


class Unread(InMemoryUploadedFile):
    """A file that came and was not kept. It is empty; `reason` says why."""

    def __init__(self, reason: Reason, field_name: str) -> None:
        super().__init__(io.BytesIO(), field_name, "unread", "", 0, None)
        self.reason = reason


class InMemoryOnly(FileUploadHandler):
    """Keeps files in memory up to the limits, and lets the rest of a larger one pass by.

    The other fields of the form arrive whatever the files are: words are never lost for a picture.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._came = 0  # bytes of all files so far
        self._files = 0
        self._parts: list[bytes] = []
        self._reason: Reason | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._files += 1
        self._parts, self._size = [], 0
        self._reason = Reason.TOO_MANY if self._files > MOST else None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """This will keep the piece or let it pass; None tells Django that nobody else may have it."""
        self._came += len(raw_data)
        self._size += len(raw_data)
        if self._came > ENDLESS_BYTES:
            raise StopUpload(connection_reset=True)
        if self._size > FILE_BYTES or self._came > REQUEST_BYTES:
            self._reason = self._reason or Reason.TOO_BIG
        if self._reason:
            self._parts.clear()
        else:
            self._parts.append(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        field = self.field_name or ""
        if self._reason:
            return Unread(self._reason, field)
        data = b"".join(self._parts)
        self._parts = []
        return InMemoryUploadedFile(
            io.BytesIO(data),
            field,
            self.file_name,
            self.content_type or "",
            len(data),
            self.charset,
        )


def read_in_memory(request: HttpRequest) -> None:
    """This will have the files of a request read in memory alone; before anything asks for `request.POST`.

    Raises AttributeError where the request was read already (Django).
    """
    request.upload_handlers = [InMemoryOnly(request)]


@dataclass(frozen=True)
class Left:
    """A file that is not kept: which of the message (from 1), and why."""

    number: int
    reason: Reason


@dataclass(frozen=True)
class Attachments:
    """What came with a message: kept, and left out."""

    kept: tuple[Cleaned, ...] = ()
    left: tuple[Left, ...] = ()


class FilesInput(forms.ClearableFileInput):
    """A file input that lets several be chosen, of the kinds that are taken."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        accepted = "image/jpeg,image/png,image/webp,image/gif,application/pdf,text/plain"
        super().__init__({"accept": accepted} | (attrs or {}))


class AttachmentsField(forms.FileField):
    """Files as `Attachments`; never an error of the form, so that no message waits for a file."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False} | kwargs)

    def clean(self, data: Any, initial: Any = None) -> Attachments:
        """This will clean each file that came, from memory."""
        came: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        kept: list[Cleaned] = []
        left: list[Left] = []
        for number, file in enumerate(came, start=1):
            try:
                kept.append(_cleaned(file, number))
            except NotTaken as said:
                left.append(Left(number, said.reason))
        return Attachments(tuple(kept), tuple(left))


def _cleaned(file: Any, number: int) -> Cleaned:
    if isinstance(file, Unread):
        raise NotTaken(file.reason)
    if number > MOST:
        raise NotTaken(Reason.TOO_MANY)
    if file.size > FILE_BYTES:
        raise NotTaken(Reason.TOO_BIG)
    return clean(file.name or "", file.read(), number=number)
