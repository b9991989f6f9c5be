"""Header fields as bytes, and the fields that mails for many carry.

The standard library encodes a long List-Unsubscribe as free text, which ends one-click, and puts
encoded-words into quoted strings. Here a field is folded at its spaces, and only free text and
display names are ever encoded (RFC 5322, 2047).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from mailer.errors import Invalid

Pair = tuple[str, str]

LINE = 76
LONGEST_LINE = 998
LONGEST_WORD = 75

FREE_TEXT = frozenset({"subject", "comments"})
ADDRESSES = frozenset({"from", "sender", "reply-to", "to"})

NAME = re.compile(r"[A-Za-z0-9-]+")
# All that some program takes for the end of a line.
BREAKS = re.compile(r"[\r\n\0\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
PRINTABLE = re.compile(r"[ -~]*")
ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
# What an encoded-word may hold as it is, even in a phrase (RFC 2047, 5 (3)).
UNENCODED = re.compile(r"[A-Za-z0-9!*+/-]")
OPENING, CLOSING = "=?utf-8?q?", "?="


def serialise(pairs: Iterable[Pair]) -> bytes:
    """The fields, each folded and ended by CRLF; raises Invalid for one that cannot be."""
    return "".join([_field(name, value) for name, value in pairs]).encode()


def _field(name: str, value: str) -> str:
    if not NAME.fullmatch(name) or BREAKS.search(value) or _has_surrogates(value):
        raise Invalid(name)
    if name.lower() in ADDRESSES:
        tokens = _mailbox(name, value)
    elif name.lower() in FREE_TEXT:
        tokens = _text(name, value)
    elif PRINTABLE.fullmatch(value):
        tokens = value.split()
    else:
        raise Invalid(name)
    return _folded(name, tokens)


def _folded(name: str, tokens: list[str]) -> str:
    """The tokens in lines of 76 where they fit, broken between tokens only."""
    lines = [f"{name}:"]
    for position, token in enumerate(tokens):
        # A field never begins with an empty line: some relays would take it for a fault.
        if position and len(lines[-1]) + 1 + len(token) > LINE:
            lines.append("")
        lines[-1] += f" {token}"
    if max(map(len, lines)) > LONGEST_LINE:
        raise Invalid(name)
    return "\r\n".join(lines) + "\r\n"


def _text(name: str, value: str) -> list[str]:
    words = value.split(" ")
    is_plain = PRINTABLE.fullmatch(value) and all(words) and "=?" not in value
    fits = max(map(len, words)) <= LINE - len(name) - 2
    return words if is_plain and fits else _encoded_words(name, value)


def _mailbox(name: str, value: str) -> list[str]:
    phrase, _, rest = value.rpartition("<")
    if not phrase:
        return [value.strip("<> ")]
    return [*_phrase(name, phrase.strip()), f"<{rest}"]


def _phrase(name: str, phrase: str) -> list[str]:
    if not PRINTABLE.fullmatch(phrase) or len(phrase) > LINE - len(name) - 4 or "=?" in phrase:
        return _encoded_words(name, phrase)
    if ATOMS.fullmatch(phrase):
        return phrase.split()
    return [quoted_string(phrase)]


def quoted_string(text: str) -> str:
    """The printable ASCII text between quotes (RFC 5322, 3.2.4)."""
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'


def _encoded_words(name: str, text: str) -> list[str]:
    """The text in encoded-words that fit beside the field's name; no character is split."""
    room = min(LONGEST_WORD, LINE - len(name) - 2) - len(OPENING) - len(CLOSING)
    words = [""]
    for character in text:
        piece = _quoted(character)
        if len(words[-1]) + len(piece) > room:
            words.append("")
        words[-1] += piece
    return [f"{OPENING}{word}{CLOSING}" for word in words]


def _quoted(character: str) -> str:
    if character == " ":
        return "_"
    if UNENCODED.fullmatch(character):
        return character
    return "".join(f"={byte:02X}" for byte in character.encode())


def _has_surrogates(value: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in value)


def ascii_phrase(name: str) -> str:
    """The name without accents: some readers do not decode it in List-Id."""
    plain = name.replace("’", "'").replace("œ", "oe").replace("Œ", "OE")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    plain = " ".join(re.sub(r"[^ -~]", " ", plain).split())
    return plain if ATOMS.fullmatch(plain) else quoted_string(plain)


@dataclass(frozen=True)
class MailingList:
    """What the headers say of a list: its identity for life, whom to ask, where to get help."""

    identity: str
    name: str
    owner: str
    help_url: str


def mailto(address: str, token: str) -> str:
    """The URI by which a mail program leaves by writing (RFC 2369, 3.2)."""
    return f"mailto:{address}?subject=unsubscribe%20{token}"


def unsubscribe_headers(one_click: str, mailto: str) -> tuple[Pair, ...]:
    """How one person leaves with one click (RFC 8058, 3.1); `mailto` is a whole URI."""
    return (
        ("List-Unsubscribe", f"{_uri(one_click)}, {_uri(mailto)}"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


def identity_headers(about: MailingList) -> tuple[Pair, ...]:
    """What is the same for everyone on the list (RFC 2369, 2919)."""
    return (
        ("List-Id", f"{ascii_phrase(about.name)} <{about.identity}>"),
        ("List-Help", _uri(about.help_url)),
        ("List-Owner", _uri(f"mailto:{about.owner}")),
    )


def _uri(address: str) -> str:
    if re.search(r"[<>\s]", address):
        raise Invalid("address in a header")
    return f"<{address}>"


# Holiday notices are not wanted back, whatever the mail (Exchange).
NO_ANSWERS = ("X-Auto-Response-Suppress", "OOF, AutoReply")


def auto_headers() -> tuple[Pair, ...]:
    """For a mail to one person that a program wrote (RFC 3834)."""
    return (("Auto-Submitted", "auto-generated"), NO_ANSWERS)


def bulk_headers() -> tuple[Pair, ...]:
    """For a mail of a campaign."""
    return (("Precedence", "bulk"), NO_ANSWERS)
