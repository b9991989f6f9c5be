"""What an editor typed: kept as it is, whether or not it can be read."""

import re
from dataclasses import Field, dataclass, fields

from werkzeug.datastructures import MultiDict

from mailer.newsletters.block_types import TYPES, Kind
from mailer.newsletters.blocks import (
    LINE_CHARACTERS,
    VERSION,
    BadBlock,
    Fault,
    When,
    on_one_line,
    parse,
)
from mailer.newsletters.content import Draft
from mailer.newsletters.merging import Side
from mailer.web.bounds import row_key

Form = MultiDict[str, str]

# What people copy without its scheme: www.exemple.fr/page, and an e-mail address.
HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
MAILBOX = re.compile(r"[^\s@:/]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)


def whole(link: str) -> str:
    """The address with the scheme that people leave out; what is no address stays as typed."""
    bare = link.strip()
    if MAILBOX.fullmatch(bare):
        return f"mailto:{bare}"
    return f"https://{bare}" if HOST.fullmatch(bare) else link


@dataclass(frozen=True)
class Typed:
    """The composer's fields; `document` is JSON as blocks.parse() reads it."""

    subject: str
    preheader: str
    document: dict[str, object]

    @property
    def blocks(self) -> list[dict[str, object]]:
        """The blocks as they were typed."""
        listed = self.document["blocks"]
        return listed if isinstance(listed, list) else []

    def draft(self) -> Draft:
        """The same, read; raises BadBlock naming the block and the field."""
        for name, text in (("subject", self.subject), ("preheader", self.preheader)):
            if len(text) > LINE_CHARACTERS:
                raise BadBlock("", name, Fault.LONG)
        return Draft(self.subject, self.preheader, parse(self.document))


def seen(form: Form) -> dict[str, str]:
    """A digest of each part of the letter as it was when its page was opened (see merging.py)."""
    pairs = (item.partition(":") for item in form.getlist("was"))
    return {name: digest for name, _, digest in pairs}


def picks(form: Form) -> dict[str, Side]:
    """Whose version of each part was chosen."""
    chosen = ((name, form.get(f"pick-{name}", "")) for name in form.getlist("differs"))
    return {name: Side(side) for name, side in chosen if side in set(Side)}


def typed(form: Form) -> Typed:
    """The fields of the composer; each block is announced as `block=b3:article`, in order."""
    announced = (item.partition(":") for item in form.getlist("block"))
    listed = [_block(form, name, kind) for name, _, kind in announced]
    return Typed(
        subject=on_one_line(form.get("subject", "")),
        preheader=on_one_line(form.get("preheader", "")),
        document={"v": VERSION, "blocks": listed},
    )


def _block(form: Form, name: str, kind: str) -> dict[str, object]:
    specs = fields(TYPES[kind]) if kind in TYPES else ()
    props = {spec.name: _value(form, f"{name}-{spec.name}", spec) for spec in specs}
    if f"{name}-without" in form:
        props |= {"image": "", "width": 0, "height": 0}
    when = {spec.name: form.getlist(f"{name}-when-{spec.name}") for spec in fields(When)}
    return {"id": name, "type": kind, "props": props, "when": when}


def _value(form: Form, key: str, spec: Field[object]) -> object:
    match spec.metadata["kind"]:
        case Kind.YES:
            return key in form
        case Kind.NUMBER:
            return form.get(key, 0, type=row_key)
        case Kind.NUMBERS:
            return form.getlist(key, type=row_key)
        case Kind.LINK:
            return whole(form.get(key, ""))
        case Kind.LAYOUT:
            return form.get(key, spec.default)
        case _:
            return form.get(key, "")
