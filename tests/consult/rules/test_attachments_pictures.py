"""A picture somebody sends: painted anew, upright, without a word about where, when, by whom."""

import io
import tracemalloc
import zlib

import pytest
from PIL import Image

from madobe.consult.rules.attachments import Cleaned, Kind, NotTaken, Reason, Removed, clean
from tests.factories.files import MARKED, Marked, found_in, jpeg, picture

PICTURES = ["jpeg", "png", "webp", "gif"]
TOLD = {
    "jpeg": "place time camera author comment thumbnail software hidden colour",
    "png": "place time camera author comment software hidden colour",
    "webp": "place time camera author comment software hidden colour",
    "gif": "comment hidden motion",
}


def seen(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def colour_at(image: Image.Image, right: float, down: float) -> str:
    """The nearest of the four colours of `picture`, at a share of width and height."""
    pixel = image.getpixel((int(image.width * right), int(image.height * down)))
    near = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
    return min(
        near, key=lambda name: sum(abs(a - b) for a, b in zip(pixel, near[name], strict=True))
    )


def corners(data: bytes) -> list[str]:
    """Left above, right above, left below, right below."""
    image = seen(data)
    return [colour_at(image, x, y) for y in (0.25, 0.75) for x in (0.25, 0.75)]


def packed(image: Image.Image, form: str, **more: object) -> bytes:
    image.save(out := io.BytesIO(), form, **more)
    return out.getvalue()


def refused(name: str, data: bytes) -> Reason:
    with pytest.raises(NotTaken) as said:
        clean(name, data)
    return said.value.reason


@pytest.mark.parametrize("sort", PICTURES)
def test_nothing_but_the_picture_goes_on(sort: str):
    file = MARKED[sort]()
    assert found_in(file.data, file.markers) == set(
        file.markers
    )  # the control: all of them are there
    assert found_in(clean(file.name, file.data).data, file.markers) == set()


@pytest.mark.parametrize("sort", PICTURES)
def test_what_was_taken_away_is_told(sort: str):
    file = MARKED[sort]()
    assert [one.value for one in clean(file.name, file.data).removed] == TOLD[sort].split()


def test_a_picture_without_anything_has_nothing_to_tell():
    assert clean("a", packed(picture(), "JPEG")).removed == ()
    assert clean("a", packed(picture(), "PNG")).removed == ()


@pytest.mark.parametrize(
    ("orientation", "expected"),
    [
        (1, "red lime blue white"),
        (2, "lime red white blue"),
        (3, "white blue lime red"),
        (4, "blue white red lime"),
        (5, "red blue lime white"),
        (6, "blue red white lime"),
        (7, "white lime blue red"),
        (8, "lime white red blue"),
    ],
)
def test_a_picture_is_upright_before_its_note_of_that_goes(orientation: int, expected: str):
    """Worked out by hand from EXIF 2.32: which stored row and column are the top and the left."""
    cleaned = clean("a.jpg", jpeg(orientation=orientation).data)
    assert corners(cleaned.data) == expected.split()
    assert (cleaned.width, cleaned.height) == ((32, 48) if orientation > 4 else (48, 32))


@pytest.mark.parametrize("sort", PICTURES)
def test_a_clean_picture_stays_as_it_is(sort: str):
    file = MARKED[sort]()
    once = clean(file.name, file.data)
    twice = clean(once.name, once.data)
    assert twice.removed == ()
    assert (twice.width, twice.height, twice.media_type) == (
        once.width,
        once.height,
        once.media_type,
    )
    assert corners(twice.data) == corners(once.data)


@pytest.mark.parametrize("sort", PICTURES)
def test_the_name_is_ours(sort: str):
    file = MARKED[sort]()
    cleaned = clean("佐藤家の写真.jpg", file.data, number=2)
    assert cleaned.name == ("写真2.jpg" if sort in ("jpeg", "webp") else "写真2.png")


def test_a_name_is_not_believed():
    assert clean("letter.pdf", packed(picture(), "PNG")).media_type == "image/png"


def test_a_large_picture_is_made_smaller():
    cleaned = clean("a.jpg", packed(Image.new("RGB", (4000, 1000), "red"), "JPEG"))
    assert (cleaned.width, cleaned.height) == (2560, 640)
    assert cleaned.removed == (Removed.SIZE,)


def test_a_moving_picture_keeps_its_first():
    assert corners(clean("a.gif", MARKED["gif"]().data).data) == ["red", "lime", "blue", "white"]


def test_no_picture_hides_under_what_is_see_through():
    sheet = picture().convert("RGBA")
    sheet.putalpha(0)
    cleaned = clean("a.png", packed(sheet, "PNG"))
    assert seen(cleaned.data).getcolors() == [(48 * 32, (255, 255, 255))]
    assert cleaned.removed == (Removed.TRANSPARENCY,)


def test_a_picture_of_sixteen_bits_keeps_its_light():
    cleaned = clean("a.png", packed(Image.new("I;16", (8, 8), 40_000), "PNG"))
    assert seen(cleaned.data).getpixel((4, 4)) == (156, 156, 156)  # 40,000 of 65,535 in 256 steps


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_sort_of_png_is_read(mode: str):
    assert clean("a.png", packed(picture().convert(mode), "PNG")).kind is Kind.PICTURE


def test_a_picture_in_four_inks_is_read():
    assert corners(clean("a.jpg", packed(picture().convert("CMYK"), "JPEG")).data)[0] == "red"


# --- not taken ------------------------------------------------------------------------------------


def bomb(form: str, width: int, height: int) -> bytes:
    """A few bytes that announce a giant: only the header is of that size."""
    data = bytearray(packed(picture(), form))
    if form == "PNG":
        data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
        data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    elif form == "JPEG":
        frame = data.index(b"\xff\xc0")
        data[frame + 5 : frame + 9] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    elif form == "GIF":
        data[6:10] = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    else:
        place = data.index(b"\x9d\x01\x2a") + 3
        data[place : place + 4] = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("form", "side"),
    [
        ("PNG", 100_000),
        ("JPEG", 60_000),
        ("GIF", 60_000),
        ("WEBP", 16_383),
        ("PNG", 8_000),
        ("JPEG", 8_000),
        ("GIF", 8_000),
        ("WEBP", 8_000),
    ],
)
def test_a_giant_is_refused_before_there_is_room_for_it(form: str, side: int):
    data = bomb(form, side, side)
    tracemalloc.start()
    assert refused("a", data) is Reason.TOO_MANY_PIXELS
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_picture_painted_over_and_over_is_refused():
    """A progressive JPEG of a thousand passes costs a thousand times its pixels."""
    data = packed(picture(), "JPEG", progressive=True)
    scan = data.rindex(b"\xff\xda")
    last = data[scan:-2]
    assert refused("a.jpg", data[:-2] + last * 1000 + data[-2:]) is Reason.TOO_MUCH_INSIDE


def test_half_a_picture_is_refused():
    whole = packed(Image.effect_noise((200, 200), 80), "JPEG")
    assert refused("a.jpg", whole[: len(whole) // 2]) is Reason.BROKEN


def test_a_photograph_in_heic_is_known_and_not_read():
    assert refused("IMG_1.HEIC", b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + bytes(200)) is Reason.HEIC


def test_nothing_of_a_broken_file_is_in_what_is_said():
    with pytest.raises(NotTaken) as said:
        clean("himitsu.jpg", b"\xff\xd8\xff\xe1himitsu")
    assert str(said.value) == "broken"
    assert said.value.__cause__ is None
    assert said.value.__suppress_context__


def test_what_is_kept_is_not_in_the_text_of_the_result():
    file: Marked = MARKED["png"]()
    cleaned: Cleaned = clean(file.name, file.data)
    assert "data" not in repr(cleaned)
