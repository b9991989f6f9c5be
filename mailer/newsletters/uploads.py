"""Pictures that come with the composer's form: checked, drawn anew, kept, put into their blocks."""

from dataclasses import replace

from werkzeug.datastructures import FileStorage, MultiDict

from mailer.articles import images
from mailer.newsletters.blocks import BadBlock, Fault
from mailer.newsletters.forms import Typed

Files = MultiDict[str, FileStorage]


def pictured(given: Typed, files: Files) -> Typed:
    """What was typed with the pictures that were given; raises BadBlock for what is none."""
    blocks = [_with_picture(block, files) for block in given.blocks]
    return replace(given, document=given.document | {"blocks": blocks})


def _with_picture(block: dict[str, object], files: Files) -> dict[str, object]:
    name, props = str(block["id"]), block["props"]
    upload = files.get(f"{name}-file")
    if upload is None or not upload.filename or not isinstance(props, dict):
        return block
    try:
        picture = images.prepared(upload.read())
    except images.NotAnImageError:
        raise BadBlock(name, "file", Fault.PICTURE) from None
    images.keep(picture)
    drawn = {
        "image": f"/medias/{picture.name}",
        "width": picture.width,
        "height": picture.height,
    }
    return block | {"props": props | drawn}
