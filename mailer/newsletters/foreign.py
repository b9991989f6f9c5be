"""The HTML of another program's letter as light Markdown: words, links, stress and lists alone.

It is then drawn as every letter is, through the same allow-list (markdown.py).
"""

import re
from collections.abc import Iterator

from lxml import etree

from mailer.articles import markup

# What each program puts something of the reader's in the place of: {{ … }} listmonk and Brevo,
# *|…|* Mailchimp, [MERGE_…] and [LINK_…] Mailtrain.
PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\*\|.*?\|\*|\[[A-Z][A-Z0-9_]{3,}(?:/[^\]]*)?\]", re.DOTALL)
# Nothing that people write: a letter of private use stands for what was there.
GONE = "\ue000"
# listmonk counts the clicks on such an address.
COUNTED = "@TrackLink"
BREAK = "\ue001"
# What begins an item: text that begins with a dash is none.
ITEM = "\ue002"
OURS = dict.fromkeys(map(ord, GONE + BREAK + ITEM))
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SIGNS = re.compile(r"([\\`*_\[\]()<>])")
# What would begin a list: the words are nobody's item.
BEGINNING = re.compile(r"^(\s*)([-+]|\d{1,9}[.)])(?=\s)")
SPACES = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*|[ \t\r\f\v]+")
LINKED = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
STRESS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def to_markdown(html: str) -> list[str]:
    """Its paragraphs and lists, each as the source of one."""
    root = markup.tree(PLACEHOLDER.sub(GONE, html))
    if root is None:
        return []
    found = [_tidy(piece) for piece in "".join(_said(root)).split(BREAK)]
    return _with_lists([piece for piece in found if piece.strip(" \n*")])


def line(text: str) -> str:
    """A subject or the like, without what stood for the reader."""
    return markup.line(PLACEHOLDER.sub("", text)).replace("{{", "").replace("}}", "")


def _said(node: etree._Element) -> Iterator[str]:
    tag = node.tag
    if tag in markup.SILENT or node.get("hidden") is not None:
        return
    if HIDDEN.search(node.get("style") or ""):
        return
    inside = _inside(node)
    if tag == "br":
        yield "\n"
    elif tag == "a":
        yield _link(inside, (node.get("href") or "").replace(COUNTED, "").strip())
    elif tag in STRESS:
        yield _stressed(inside, STRESS[tag])
    elif tag in HEADINGS:
        yield f"{BREAK}{_stressed(inside.strip(), '**')}{BREAK}"
    elif tag == "li":
        yield f"{BREAK}{ITEM}{inside.replace(BREAK, ' ').strip()}{BREAK}"
    else:
        yield inside if tag in markup.INLINE else f"{BREAK}{inside}{BREAK}"


def _inside(node: etree._Element) -> str:
    pieces = [_escaped(node.text)]
    for child in node:
        pieces += [*_said(child), _escaped(child.tail)]
    return "".join(pieces)


def _escaped(text: str | None) -> str:
    plain = SPACES.sub(" ", (text or "").replace("\n", " ")).translate(OURS)
    return SIGNS.sub(r"\\\1", plain)


def _link(inside: str, href: str) -> str:
    # What only led to the reader's own page leads nowhere now, and its words go with it.
    if href == GONE:
        return ""
    address = href.replace(GONE, "")
    if BREAK in inside or not inside.strip() or not LINKED.fullmatch(address):
        return inside
    return f"[{inside.strip()}](<{address.replace('<', '%3C').replace('>', '%3E')}>)"


def _stressed(inside: str, mark: str) -> str:
    """Not across paragraphs, nor twice: stars beside stars would be read otherwise."""
    if BREAK in inside or "*" in inside.replace("\\*", "") or not inside.strip():
        return inside
    before, after = (" " if inside[at].isspace() else "" for at in (0, -1))
    return f"{before}{mark}{inside.strip()}{mark}{after}"


def _tidy(piece: str) -> str:
    lines = (" ".join(line.split(" ")).strip() for line in piece.split("\n"))
    kept = "\n".join(re.sub(" +", " ", line) for line in lines).strip("\n")
    return kept if kept.startswith(ITEM) else BEGINNING.sub(r"\1\\\2", kept)


def _with_lists(pieces: list[str]) -> list[str]:
    """Items that follow each other are one list."""
    found: list[str] = []
    for piece in pieces:
        if piece.startswith(ITEM) and found and found[-1].startswith(ITEM):
            found[-1] += f"\n{piece}"
        else:
            found.append(piece)
    return [piece.replace(ITEM, "- ") for piece in found]
