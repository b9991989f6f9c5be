"""Pictures of articles: drawn anew, small enough for a mail, without what cameras write in them."""

import hashlib
import io
import os
import struct
import tempfile
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from flask import current_app
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# About 24 megapixels: more than a camera's picture for a press kit, less than a bomb.
MAX_PIXELS = 24_000_000
# The width of a letter between its margins, and twice that for screens with two pixels to one.
SMALL_WIDTH = 552
MAX_WIDTH = 2 * SMALL_WIDTH
JPEG_QUALITY = 82
# Pillow's readers raise all of these on garbled files (OSError holds UnidentifiedImageError).
GARBLED = (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error)
# Pillow's own ceiling is higher than ours, and only warns between one and two times itself.
Image.MAX_IMAGE_PIXELS = None


class Flaw(StrEnum):
    """Why bytes are no picture that we take."""

    NO_PICTURE = "no-picture"
    TOO_MANY_PIXELS = "too-many-pixels"


class NotAnImageError(Exception):
    """The bytes are no picture that we take; `reason` says why."""

    def __init__(self, reason: Flaw) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Drawn:
    """A picture as it is served; its name is the digest of its bytes."""

    name: str
    width: int
    height: int
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Picture(Drawn):
    """A picture for a letter, and the same for half its width."""

    small: Drawn

    @property
    def path(self) -> str:
        """Its address on this site."""
        return path_of(self.name)


def path_of(name: str) -> str:
    """The address on this site of what is kept under that name; empty for none."""
    return f"/medias/{name}" if name else ""


def kept(content: bytes) -> Picture:
    """The picture checked, drawn anew and kept under /medias/; raises NotAnImageError."""
    picture = prepared(content)
    keep(picture)
    return picture


def prepared(content: bytes) -> Picture:
    """The picture drawn anew in both sizes; raises NotAnImageError."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise NotAnImageError(Flaw.TOO_MANY_PIXELS)
            pixels = redrawn(opened)
    except GARBLED:
        raise NotAnImageError(Flaw.NO_PICTURE) from None
    large = encoded(pixels)
    small = encoded(narrowed(pixels, SMALL_WIDTH)) if large.width > SMALL_WIDTH else large
    return Picture(large.name, large.width, large.height, large.content, small)


def redrawn(opened: Image.Image) -> Image.Image:
    """Its pixels alone: upright, at most so wide, with none of its metadata."""
    # A JPEG can be read at a fraction of its size, which spares the memory of the rest.
    opened.draft("RGB", (MAX_WIDTH * 2, MAX_WIDTH * 2))
    upright = ImageOps.exif_transpose(opened)
    seen_through = upright.has_transparency_data
    pixels = upright.convert("RGBA" if seen_through else "RGB")
    pixels = narrowed(pixels, MAX_WIDTH)
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    return clean


def narrowed(pixels: Image.Image, width: int) -> Image.Image:
    """The same picture, no wider than that."""
    if pixels.width <= width:
        return pixels
    height = max(1, round(pixels.height * width / pixels.width))
    return pixels.resize((width, height), Image.Resampling.LANCZOS)


def encoded(drawn: Image.Image) -> Drawn:
    """PNG for what can be seen through, JPEG for the rest: the two that all mail programs show."""
    written = io.BytesIO()
    if drawn.mode == "RGBA":
        drawn.save(written, "PNG", optimize=True)
    else:
        drawn.save(written, "JPEG", quality=JPEG_QUALITY, progressive=True, optimize=True)
    content = written.getvalue()
    ending = "png" if drawn.mode == "RGBA" else "jpg"
    name = f"{hashlib.sha256(content).hexdigest()}.{ending}"
    return Drawn(name, drawn.width, drawn.height, content)


def folder() -> Path:
    """Where pictures are kept."""
    return Path(current_app.config["DATA_FOLDER"]) / "media"


def keep(picture: Picture) -> None:
    """Write both sizes, each whole or not at all; kept twice, they are the same files."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    for drawn in (picture, picture.small):
        descriptor, temporary = tempfile.mkstemp(dir=place)
        with os.fdopen(descriptor, "wb") as file:
            file.write(drawn.content)
        Path(temporary).replace(place / drawn.name)
