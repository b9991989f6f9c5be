"""A logo as we keep it: a small PNG of our own making, whatever was uploaded."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from mailer.errors import Invalid

LARGEST = (480, 160)
MOST_PIXELS = 20_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def redrawn(content: bytes) -> bytes:
    """The picture, scaled and drawn anew without what else the file held; raises Invalid."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid("logo")
            drawn = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise Invalid("logo") from None
    drawn.thumbnail(LARGEST)
    out = BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()
