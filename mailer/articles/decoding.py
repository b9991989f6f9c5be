"""From bytes to text that a parser can take: the right encoding, no entities of its own."""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.entities import html5

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Two-byte text without a mark still shows where the zeros of its first character are.
SHAPES = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""")
HEAD_BYTES = 1024
# Python knows more codecs than the web has; some of those are slow on purpose-made input.
KNOWN = re.compile(
    r"utf[-_]?8|us-ascii|iso[-_]?8859[-_]?\d{1,2}|(?:windows|cp)-?125\d|latin-?1|koi8-[ru]|big5"
    r"|gb2312|gbk|gb18030|euc-(?:jp|kr)|shift[-_]jis|iso-2022-jp|macintosh"
)
# What says Latin-1 is read as its superset (WHATWG Encoding), and is often UTF-8 in truth.
LATIN = re.compile(r"us-ascii|iso[-_]?8859[-_]?1|latin-?1|(?:windows|cp)-?1252")

DECLARATION = re.compile(r"<\?xml\b[^<>]{0,200}\?>")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
REFERENCE = r"#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31};)"
# A plain replacement takes millions of bare ampersands in its stride; a function would not.
BARE_AMPERSAND = re.compile(f"&(?!{REFERENCE})")
FOREIGN = re.compile(f"&(?!(?:amp|lt|gt|quot|apos);)(?:{REFERENCE})")
# The characters that XML may hold (XML 1.0, 2.2).
WHITESPACE = frozenset({0x9, 0xA, 0xD})
LETTERS = (range(0x20, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000))
CDATA_START, CDATA_END = "<![CDATA[", "]]>"


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it was read in, and whether that is not what the document says."""

    text: str
    encoding: str
    is_guessed: bool = False


def decoded(content: bytes, content_type: str = "") -> str:
    """The text: by its byte order mark, else as declared, else UTF-8, else Windows-1252."""
    return read(content, content_type).text


def read(content: bytes, content_type: str = "") -> Decoded:
    """The text as `decoded` gives it, with how it was found."""
    for start, encoding in MARKS + SHAPES:
        if content.startswith(start):
            return Decoded(content.decode(encoding, "replace").lstrip("\ufeff"), encoding)
    names = list(declared(content, content_type))
    for encoding in tries(names):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return Decoded(text, encoding, not content.isascii() and encoding != expected(names))
    return Decoded(content.decode("cp1252", "replace"), "cp1252", is_guessed=True)


def declared(content: bytes, content_type: str) -> Iterator[str]:
    """The encodings that the document and its server name, of those that the web has."""
    for head in (content[:HEAD_BYTES], content_type.encode("ascii", "ignore")):
        found = DECLARED.search(head)
        name = found[1].decode().lower() if found else ""
        if KNOWN.fullmatch(name):
            yield "utf-8" if name in {"utf8", "utf_8"} else name


def candidates(content: bytes, content_type: str) -> Iterator[str]:
    """The encodings to try, the likeliest first."""
    return tries(declared(content, content_type))


def tries(names: Iterable[str]) -> Iterator[str]:
    """The encodings that those names may stand for, the likeliest first."""
    for name in names:
        yield from ("utf-8", "cp1252") if LATIN.fullmatch(name) else (name,)
    yield "utf-8"


def expected(names: Sequence[str]) -> str:
    """The encoding of a document that says so; of one that says nothing, that of XML."""
    first = names[0] if names else "utf-8"
    return "cp1252" if LATIN.fullmatch(first) else first


def well_formed(text: str) -> bytes:
    """The XML as UTF-8, without declaration, document type, stray ampersand or control character.

    Without a document type there is nothing that could expand or be fetched (billion laughs, XXE).
    """
    text = CONTROLS.sub("", without_prolog(text.lstrip()))
    return "".join(escaped(text)).encode()


def without_prolog(text: str) -> str:
    """The text without XML declaration and document type."""
    text = DECLARATION.sub("", text[:HEAD_BYTES]) + text[HEAD_BYTES:]
    start = text[:HEAD_BYTES].upper().find("<!DOCTYPE")
    if start < 0:
        return text
    end, subset = text.find(">", start), text.find("[", start)
    if 0 <= subset < end:
        end = text.find(">", text.find("]", subset))
    return text[:start] + text[end + 1 :] if end >= 0 else text[:start]


def escaped(text: str) -> Iterator[str]:
    """The text with each ampersand made one that XML knows, save in CDATA sections."""
    position = 0
    while position < len(text):
        start = text.find(CDATA_START, position)
        end = text.find(CDATA_END, start) if start >= 0 else -1
        if end < 0:
            yield referenced(text[position:])
            return
        yield referenced(text[position:start])
        position = end + len(CDATA_END)
        yield text[start:position]


def referenced(text: str) -> str:
    return FOREIGN.sub(in_xml, BARE_AMPERSAND.sub("&amp;", text))


def in_xml(found: re.Match[str]) -> str:
    """The reference as a number, which XML knows; an unknown name is text."""
    decimal, hexadecimal, name = found.groups()
    if name:
        known = html5.get(name, "")
        return "".join(f"&#{ord(letter)};" for letter in known) or f"&amp;{name}"
    return numbered(int(decimal) if decimal else int(hexadecimal, 16))


def numbered(code: int) -> str:
    """The reference to that character, or nothing when XML may not hold it."""
    allowed = code in WHITESPACE or any(code in letters for letters in LETTERS)
    return f"&#{code};" if allowed else ""
