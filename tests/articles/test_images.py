import io
import struct
import zlib

import pytest
from PIL import Image

from mailer.articles import images
from mailer.articles.images import NotAnImageError, prepared


def written(drawn, file_format, **options):
    out = io.BytesIO()
    drawn.save(out, file_format, **options)
    return out.getvalue()


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_becomes_a_jpeg_that_all_mail_programs_show(file_format):
    picture = prepared(written(Image.new("RGB", (40, 30), "red"), file_format))
    assert (picture.name[-4:], picture.width, picture.height) == (".jpg", 40, 30)
    assert Image.open(io.BytesIO(picture.content)).format == "JPEG"


def test_a_picture_with_transparency_stays_a_png():
    picture = prepared(written(Image.new("RGBA", (40, 30), (0, 0, 0, 0)), "PNG"))
    assert picture.name.endswith(".png")


def test_a_wide_picture_is_made_1200_pixels_wide():
    picture = prepared(written(Image.new("RGB", (3000, 10)), "PNG"))
    assert (picture.width, picture.height) == (1200, 4)


def test_a_picture_taken_sideways_stands_upright_and_says_nothing_of_the_camera(photo):
    sideways = Image.open(io.BytesIO(photo))
    exif = sideways.getexif()
    exif[0x0112] = 6
    picture = prepared(written(sideways, "JPEG", exif=exif))
    assert (picture.width, picture.height) == (1200, 2400)
    assert dict(Image.open(io.BytesIO(picture.content)).getexif()) == {}


def test_a_picture_whose_notes_cannot_be_written_again_is_refused():
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Appareil", 6
    sideways = written(Image.new("RGB", (40, 30)), "JPEG", exif=exif)
    # The name of the camera becomes a width, which cannot be text.
    with pytest.raises(NotAnImageError):
        prepared(sideways.replace(b"\x01\x0f\x00\x02", b"\x01\x00\x00\x02"))


def png_of(width, height):
    """A PNG that claims that size and holds next to nothing."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", b"x")]
    packed = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + packed


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a\xff\xff\xff\xff",
        b"\xff\xd8\xff\xe0garbled",
        png_of(10, 10),
        png_of(30_000, 1_000),
        png_of(30_000, 3_100),
        png_of(100_000, 100_000),
    ],
)
def test_what_is_no_picture_or_a_bomb_is_refused(content):
    with pytest.raises(NotAnImageError):
        prepared(content)


def test_a_kept_picture_is_served_for_ever(app, visitor, photo):
    picture = prepared(photo)
    images.keep(picture)
    images.keep(picture)
    answer = visitor.get(f"/medias/{picture.name}")
    assert (answer.data, answer.mimetype) == (picture.content, "image/jpeg")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert [path.name for path in images.folder().iterdir()] == [picture.name]


@pytest.mark.parametrize("name", ["absent.jpg", "../secret-key", "..%2fsecret-key", "%2e%2e/x"])
def test_nothing_but_pictures_is_served(visitor, name):
    assert visitor.get(f"/medias/{name}").status_code == 404
