"""Our copies of the articles' images, for letters and their web pages."""

from datetime import timedelta

from flask import Blueprint, Response, send_from_directory

from mailer.articles import images
from mailer.web.access import public

bp = Blueprint("medias", __name__)

# The name is the digest of the bytes: what it names never changes.
FOR_EVER = timedelta(days=365) // timedelta(seconds=1)


@bp.get("/medias/<name>")
@public
def picture(name: str) -> Response:
    """One image."""
    response = send_from_directory(images.folder(), name, max_age=FOR_EVER)
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response
