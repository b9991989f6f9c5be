import io
import struct
import zlib

import pytest
from PIL import Image

from mailer.articles import images
from mailer.articles.images import Flaw, NotAnImageError, prepared


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


def test_a_wide_picture_is_drawn_for_two_kinds_of_screens():
    picture = prepared(written(Image.new("RGB", (3000, 1500)), "PNG"))
    sizes = [(each.width, each.height) for each in (picture, picture.small)]
    assert sizes == [(1104, 552), (552, 276)]
    assert Image.open(io.BytesIO(picture.small.content)).size == (552, 276)


def test_a_narrow_picture_is_one_file_in_both_sizes():
    picture = prepared(written(Image.new("RGB", (552, 10)), "PNG"))
    assert picture.small.name == picture.name


def test_a_picture_taken_sideways_stands_upright_and_says_nothing_of_the_camera(photo):
    sideways = Image.open(io.BytesIO(photo))
    exif = sideways.getexif()
    exif[0x0112] = 6
    picture = prepared(written(sideways, "JPEG", exif=exif))
    assert (picture.width, picture.height) == (1104, 2208)
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
    ("content", "reason"),
    [
        (b"", Flaw.NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Flaw.NO_PICTURE),
        (b"\x89PNG\r\n\x1a\n", Flaw.NO_PICTURE),
        (b"GIF89a\xff\xff\xff\xff", Flaw.NO_PICTURE),
        (b"\xff\xd8\xff\xe0garbled", Flaw.NO_PICTURE),
        (png_of(10, 10), Flaw.NO_PICTURE),
        (png_of(30_000, 1_000), Flaw.TOO_MANY_PIXELS),
        (png_of(30_000, 3_100), Flaw.TOO_MANY_PIXELS),
        (png_of(100_000, 100_000), Flaw.TOO_MANY_PIXELS),
    ],
)
def test_what_is_no_picture_or_a_bomb_is_refused_with_its_reason(content, reason):
    with pytest.raises(NotAnImageError) as refused:
        prepared(content)
    assert refused.value.reason is reason


def test_a_kept_picture_is_served_for_ever(app, visitor, photo):
    picture = images.kept(photo)
    assert images.kept(photo) == picture
    answer = visitor.get(picture.path)
    assert (answer.data, answer.mimetype) == (picture.content, "image/jpeg")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    kept = {path.name for path in images.folder().iterdir()}
    assert kept == {picture.name, picture.small.name}


@pytest.mark.parametrize("name", ["absent.jpg", "../secret-key", "..%2fsecret-key", "%2e%2e/x"])
def test_nothing_but_pictures_is_served(visitor, name):
    assert visitor.get(f"/medias/{name}").status_code == 404
