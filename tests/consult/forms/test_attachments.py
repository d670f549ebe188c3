"""Files with a message: read in memory alone, and never at the price of the words."""

import io
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from madobe.consult.forms import attachments as module
from madobe.consult.forms.attachments import (
    Attachments,
    AttachmentsField,
    InMemoryOnly,
    Left,
    read_in_memory,
)
from madobe.consult.rules.attachments import FILE_BYTES, Kind, Reason
from tests.factories.files import jpeg, pdf

WORDS = "きょうは、よく眠れました。"


class Letter(forms.Form):
    words = forms.CharField()
    files = AttachmentsField()
    later = forms.CharField(required=False)


def posted(*files: bytes, name: str = "a.jpg") -> HttpRequest:
    sent = [SimpleUploadedFile(name, data) for data in files]
    return RequestFactory().post("/talk", {"words": WORDS, "files": sent, "later": "あとで"})


def read(request: HttpRequest) -> Letter:
    read_in_memory(request)
    letter = Letter(request.POST, request.FILES)
    assert letter.is_valid()
    return letter


def files_of(letter: Letter) -> Attachments:
    return letter.cleaned_data["files"]


@pytest.fixture
def temp(tmp_path: Path, settings) -> Path:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


class Watched(io.BytesIO):
    """A body that remembers which files lay in the folder while it was read."""

    def __init__(self, data: bytes, folder: Path) -> None:
        super().__init__(data)
        self.folder, self.met = folder, set[str]()

    def read(self, size: int | None = -1) -> bytes:
        self.met |= {path.name for path in self.folder.iterdir()}
        return super().read(size)


def watched(request: HttpRequest, folder: Path) -> Watched:
    body = Watched(request.environ["wsgi.input"].read(), folder)
    request._stream = body  # what the parser reads from
    return body


def test_a_letter_may_come_without_files():
    assert files_of(read(posted())) == Attachments()


def test_up_to_three_files_are_cleaned_and_numbered():
    letter = read(posted(jpeg().data, pdf().data, jpeg().data))
    assert [one.name for one in files_of(letter).kept] == ["写真1.jpg", "書類2.pdf", "写真3.jpg"]
    assert files_of(letter).left == ()


def test_a_fourth_file_is_left_and_told():
    letter = read(posted(*[jpeg().data] * 4))
    assert len(files_of(letter).kept) == 3
    assert files_of(letter).left == (Left(4, Reason.TOO_MANY),)


def test_what_is_not_taken_holds_nothing_back():
    letter = read(posted(b"MZ" + bytes(50), jpeg().data))
    assert letter.cleaned_data["words"] == WORDS
    assert files_of(letter).left == (Left(1, Reason.NOT_KNOWN),)
    assert [one.kind for one in files_of(letter).kept] == [Kind.PICTURE]


def test_a_file_beyond_the_limit_passes_by_and_the_words_before_and_behind_it_arrive():
    letter = read(posted(jpeg().data + bytes(FILE_BYTES), jpeg().data))
    assert (letter.cleaned_data["words"], letter.cleaned_data["later"]) == (WORDS, "あとで")
    assert files_of(letter).left == (Left(1, Reason.TOO_BIG),)
    assert [one.name for one in files_of(letter).kept] == ["写真2.jpg"]


def test_beyond_the_limit_of_a_request_nothing_more_is_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "REQUEST_BYTES", 100_000)
    letter = read(posted(jpeg().data, bytes(200_000), jpeg().data))
    assert letter.cleaned_data["later"] == "あとで"
    assert len(files_of(letter).kept) == 1
    assert files_of(letter).left == (Left(2, Reason.TOO_BIG), Left(3, Reason.TOO_BIG))


def test_of_a_file_beyond_the_limit_no_byte_is_held(monkeypatch: pytest.MonkeyPatch):
    handler = InMemoryOnly()
    handler.new_file("files", "a.jpg", "", None)
    monkeypatch.setattr(module, "FILE_BYTES", 1000)
    for place in range(0, 5000, 500):
        handler.receive_data_chunk(bytes(500), place)
    assert handler._parts == []
    assert handler.file_complete(5000).size == 0


def test_an_endless_upload_is_cut_and_what_came_before_is_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "ENDLESS_BYTES", 200_000)
    request = posted(bytes(900_000))
    read_in_memory(request)
    assert request.POST["words"] == WORDS
    assert "files" not in request.FILES


def test_no_file_is_ever_written(temp: Path):
    request = posted(jpeg().data + bytes(3_000_000))
    body = watched(request, temp)
    letter = read(request)
    assert len(files_of(letter).kept) == 1
    assert body.met == set()
    assert list(temp.iterdir()) == []


def test_by_default_django_would_have_written_it(temp: Path):
    """The control: the same request, read with what Django uses where nobody says otherwise."""
    request = posted(jpeg().data + bytes(3_000_000))
    body = watched(request, temp)
    assert request.POST["words"] == WORDS
    assert body.met != set()


def test_the_input_lets_several_be_chosen():
    shown = str(Letter()["files"])
    assert " multiple" in shown
    assert 'accept="image/jpeg,image/png,image/webp,image/gif,application/pdf,text/plain"' in shown
