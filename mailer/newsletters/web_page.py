"""A letter as a page: what old attributes tell mail programs, style tells browsers (RGAA 10.1)."""

import re
from collections.abc import Iterator

TAG = re.compile(r"<(body|table|tr|td|th)\b[^<>]*>")
NAMES = "bgcolor|align|valign|width|height|cellpadding|cellspacing|border"
OLD = re.compile(rf'\s({NAMES})="([^"]*)"')
STYLE = re.compile(r"""(\sstyle=["'])""")
HEAD_ENDS = "</head>"
# A picture with its caption below it, as image.html draws them; neither holds a div.
QUOTED = r"""(?:"[^"]*"|'[^']*'|[^<>"'])*"""
FIGURE = re.compile(
    rf"""<div role="figure"(?P<name>{QUOTED})>"""
    rf"""(?P<picture>\s*(?:<a\b{QUOTED}>)?<img\b{QUOTED}>(?:</a>)?)(?P<words>.*?)</div>""",
    re.DOTALL,
)
CAPTIONED = (
    r'<figure role="figure"\g<name> style="margin:0">'
    r"\g<picture><figcaption>\g<words></figcaption></figure>"
)
# Mail programs take these from the attributes, everywhere the same.
PLAIN = "<style>table { border-spacing: 0 } td, th { padding: 0 }</style>\n"


def for_browsers(html: str) -> str:
    """The same letter in the HTML of today; its own style goes before what is added."""
    # Mail programs know no figure; browsers bind its caption to it (RGAA 1.9.1).
    page = FIGURE.sub(CAPTIONED, TAG.sub(_restyled, html))
    return page.replace(HEAD_ENDS, PLAIN + HEAD_ENDS, 1)


def _restyled(tag: re.Match[str]) -> str:
    added = "".join(f"{rule};" for rule in _rules(tag[1], dict(OLD.findall(tag[0]))))
    bare = OLD.sub("", tag[0])
    if not added:
        return bare
    if STYLE.search(bare):
        return STYLE.sub(rf"\g<1>{added}", bare, count=1)
    return f'{bare[:-1]} style="{added}">'


def _rules(name: str, given: dict[str, str]) -> Iterator[str]:
    """What a browser would make of these attributes."""
    if colour := given.get("bgcolor"):
        yield f"background-color:{colour}"
    for side in ("width", "height"):
        if length := given.get(side):
            yield f"{side}:{length}" if length.endswith("%") else f"{side}:{length}px"
    if valign := given.get("valign"):
        yield f"vertical-align:{valign}"
    if align := given.get("align"):
        yield from ("margin-left:auto", "margin-right:auto") if name == "table" else _along(align)


def _along(align: str) -> Iterator[str]:
    yield f"text-align:{align}"
    if align == "center":
        # It takes along what is a block, such as the table of a button.
        yield "text-align:-webkit-center"
