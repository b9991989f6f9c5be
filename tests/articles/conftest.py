"""A site on loopback whose feed the app may read, and a picture on it."""

import io
from collections.abc import Iterator

import pytest
from loopback import Site, website
from PIL import Image


@pytest.fixture
def site(app) -> Iterator[Site]:
    app.config["OUTGOING_ALLOWED_NETWORKS"] = ["127.0.0.1/32"]
    with website() as found:
        yield found


@pytest.fixture
def photo() -> bytes:
    """A JPEG of 2400 by 1200 pixels that says where it was taken."""
    drawn = Image.new("RGB", (2400, 1200), "teal")
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Camille"
    written = io.BytesIO()
    drawn.save(written, "JPEG", exif=exif)
    return written.getvalue()
