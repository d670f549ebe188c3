"""Pictures: read, turned upright, made small enough, and painted anew, so that nothing but pixels goes on."""

import logging
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Final

from PIL import Image, ImageChops, JpegImagePlugin

from madobe.consult.rules.attachments import chunks, jpeg
from madobe.consult.rules.attachments.kinds import (
    LONGEST_SIDE,
    PIXELS,
    Cleaned,
    Kind,
    NotTaken,
    Reason,
    Removed,
    in_order,
)

# At its lowest level it writes the values of EXIF tags to the log.
logging.getLogger("PIL").setLevel(logging.WARNING)
# Of broken notes it warns by number; they are not asked for their values.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)  # our own bound is lower

QUALITY: Final = 88
PNG_BYTES: Final = 4_000_000  # above, it is a photograph, and kept like one

TOLD_BY: Final[dict[str, Callable[[bytes], set[Removed]]]] = {
    "JPEG": jpeg.told_by,
    "PNG": chunks.told_by_png,
    "WEBP": chunks.told_by_webp,
    "GIF": chunks.told_by_gif,
}
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def clean_picture(form: str, data: bytes, *, number: int) -> Cleaned:
    """This will paint a picture of this form ("JPEG", "PNG", "WEBP", "GIF") anew. Raises NotTaken.

    A JPEG or WebP is kept as JPEG, a PNG or GIF as PNG while it stays small. Colour profiles are taken away, not
    applied: a colour a shade off harms nobody, and a profile is one more thing to read from a stranger.
    """
    removed = set(TOLD_BY[form](data))
    if form == "WEBP":
        _bounded(chunks.webp_size(data))
    try:
        with Image.open(BytesIO(data), formats=[form]) as image:
            _bounded(image.size)
            turn = _orientation(image)
            if getattr(image, "is_animated", False):
                removed.add(Removed.HIDDEN if form == "JPEG" else Removed.MOTION)
                image.seek(0)
            size = _kept_size(image.size)
            if size != image.size:
                removed.add(Removed.SIZE)
            image.draft(None, size)  # a large JPEG is read at a half, a quarter or an eighth
            image.load()
            painted, see_through = _painted(image, size)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotTaken(Reason.TOO_MANY_PIXELS) from None
    if see_through:
        removed.add(Removed.TRANSPARENCY)
    if turn in _TURNS:
        painted = painted.transpose(_TURNS[turn])
    suffix, kept = _packed(painted, as_png=form in ("PNG", "GIF"))
    return Cleaned(
        kind=Kind.PICTURE,
        media_type="image/png" if suffix == "png" else "image/jpeg",
        data=kept,
        name=f"写真{number}.{suffix}",
        removed=in_order(removed),
        width=painted.width,
        height=painted.height,
    )


def painted_alike(data: bytes) -> tuple[bytes, bool]:
    """This will paint the JPEG of a paper anew with its own size, inks and tables; so it stays as fine and as large.

    The second value: whether a mark of Adobe's said how its colours were written. Raises NotTaken; other errors mean
    that it is broken.
    """
    try:
        with Image.open(BytesIO(data), formats=["JPEG"]) as image:
            _bounded(image.size)
            by_adobe = "adobe" in image.info
            fineness = JpegImagePlugin.get_sampling(image)
            tables = image.quantization  # type: ignore[attr-defined]
            image.load()
            image.info.clear()
            # Four inks are written upside down by Adobe and by Pillow; a paper says itself which way is up.
            sheet = image if image.mode != "CMYK" or by_adobe else ImageChops.invert(image)
            sheet.save(out := BytesIO(), "JPEG", qtables=tables, subsampling=fineness)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotTaken(Reason.TOO_MANY_PIXELS) from None
    return out.getvalue(), by_adobe


def _bounded(size: tuple[int, int]) -> None:
    if size[0] * size[1] > PIXELS:
        raise NotTaken(Reason.TOO_MANY_PIXELS)


def _orientation(image: Image.Image) -> int:
    """How the camera was held (EXIF 0x0112), 1 where nothing readable says so."""
    try:
        return int(image.getexif().get(0x0112, 1))
    except Exception:  # the notes may be broken where the picture is not
        return 1


def _kept_size(size: tuple[int, int]) -> tuple[int, int]:
    longest = max(size)
    if longest <= LONGEST_SIDE:
        return size
    width, height = (max(1, round(side * LONGEST_SIDE / longest)) for side in size)
    return width, height


def _painted(image: Image.Image, size: tuple[int, int]) -> tuple[Image.Image, bool]:
    """The pixels on a new sheet of this size, and whether something was see-through.

    What is see-through becomes white: under it, a picture can hide another.
    """
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value * (1 / 256) + 0).convert("L")
    elif image.mode in ("1", "I", "F"):
        image = image.convert("L")
    see_through = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    mode = "L" if image.mode == "L" and not see_through else "RGB"
    if see_through:
        image = image.convert("RGBA")
    elif image.mode != mode:
        image = image.convert(mode)
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    sheet = Image.new(mode, size, "white")
    if not see_through:
        sheet.paste(image)
        return sheet, False
    cover = image.getchannel("A")
    sheet.paste(image, mask=cover)
    return sheet, cover.getextrema() != (255, 255)


def _packed(image: Image.Image, *, as_png: bool) -> tuple[str, bytes]:
    if as_png:
        image.save(out := BytesIO(), "PNG")
        if out.tell() <= PNG_BYTES:
            return "png", out.getvalue()
    image.save(out := BytesIO(), "JPEG", quality=QUALITY)
    return "jpg", out.getvalue()
