"""Pictures of articles: drawn anew, small enough for a mail, without what cameras write in them."""

import hashlib
import io
import os
import struct
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# About 24 megapixels: more than a camera's picture for a press kit, less than a bomb.
MAX_PIXELS = 24_000_000
# Twice the width of a letter, for screens with two pixels to one.
MAX_WIDTH = 1200
JPEG_QUALITY = 82
# Pillow's readers raise all of these on garbled files (OSError holds UnidentifiedImageError).
GARBLED = (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error)
# Pillow's own ceiling is higher than ours, and only warns between one and two times itself.
Image.MAX_IMAGE_PIXELS = None


class NotAnImageError(Exception):
    """The bytes are no picture that we take."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is served; its name is the digest of its bytes."""

    name: str
    width: int
    height: int
    content: bytes = field(repr=False)


def prepared(content: bytes) -> Picture:
    """The picture drawn anew; raises NotAnImageError."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise NotAnImageError("too many pixels")
            drawn = redrawn(opened)
    except GARBLED:
        raise NotAnImageError("not readable") from None
    return encoded(drawn)


def redrawn(opened: Image.Image) -> Image.Image:
    """Its pixels alone: upright, at most so wide, with none of its metadata."""
    # A JPEG can be read at a fraction of its size, which spares the memory of the rest.
    opened.draft("RGB", (MAX_WIDTH * 2, MAX_WIDTH * 2))
    upright = ImageOps.exif_transpose(opened)
    seen_through = upright.has_transparency_data
    pixels = upright.convert("RGBA" if seen_through else "RGB")
    if pixels.width > MAX_WIDTH:
        height = max(1, round(pixels.height * MAX_WIDTH / pixels.width))
        pixels = pixels.resize((MAX_WIDTH, height), Image.Resampling.LANCZOS)
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    return clean


def encoded(drawn: Image.Image) -> Picture:
    """PNG for what can be seen through, JPEG for the rest: the two that all mail programs show."""
    written = io.BytesIO()
    if drawn.mode == "RGBA":
        drawn.save(written, "PNG", optimize=True)
    else:
        drawn.save(written, "JPEG", quality=JPEG_QUALITY, progressive=True, optimize=True)
    content = written.getvalue()
    ending = "png" if drawn.mode == "RGBA" else "jpg"
    name = f"{hashlib.sha256(content).hexdigest()}.{ending}"
    return Picture(name, drawn.width, drawn.height, content)


def folder() -> Path:
    """Where pictures are kept."""
    return Path(current_app.config["DATA_FOLDER"]) / "media"


def keep(picture: Picture) -> None:
    """Write the picture, whole or not at all; kept twice, it is the same file."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=place)
    with os.fdopen(descriptor, "wb") as file:
        file.write(picture.content)
    Path(temporary).replace(place / picture.name)
