"""Delivery status notifications (RFC 3464), also those with addresses beyond ASCII (RFC 6533)."""

import re
from collections.abc import Container, Iterator

from mailer.bounces.addressing import addresses, clean
from mailer.bounces.findings import Finding

FIELD = re.compile(r"([A-Za-z][A-Za-z-]{1,40}) ?:[ \t]?(.*)")
FOLD = re.compile(r"\n[ \t]+")
# RFC 3464, 2.3.3; some write what follows the word as well.
ACTION = re.compile(
    r"failed|failure|delayed|delivered|relayed|expanded|deferred|expired", re.IGNORECASE
)
SAME_ACTION = {"failure": "failed", "deferred": "delayed", "expired": "delayed"}
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
# RFC 6533, 3: \\x{E9} in utf-8-addr-xtext and -unitext.
ESCAPED = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")
# RFC 3461, 4: +2B in xtext.
XTEXT = re.compile(r"\+([0-9A-F]{2})")
LETTERS = (range(0x21, 0xD800), range(0xE000, 0x110000))
LONGEST_TYPE = 20
MOST_RECIPIENTS = 100
LONGEST = 4000

NAMES = frozenset({"final-recipient", "original-recipient", "x-actual-recipient"})
Fields = dict[str, str]


def read(status: str, written_to: Container[str] = ()) -> list[Finding]:
    """What the machine-readable part says of each recipient it names.

    `written_to` are the addresses in the header of the original, in small letters.
    """
    found = [_finding(each, written_to) for each in _groups(status)]
    return [each for each in found if each.recipient][:MOST_RECIPIENTS]


def _groups(status: str) -> Iterator[Fields]:
    """The fields of each recipient; those of the whole message fill in what is not said there."""
    whole: Fields = {}
    own: Fields = {}
    for block in re.split(r"\n[ \t]*\n", status):
        for name, value in _fields(block):
            if name == "final-recipient" and name in own:
                yield whole | own
                own = {}
            own[name] = f"{own[name]} {value}" if name == "diagnostic-code" in own else value
        if own.keys() & NAMES:
            yield whole | own
        else:
            whole |= own
        own = {}


def _fields(block: str) -> Iterator[tuple[str, str]]:
    for line in FOLD.sub(" ", block).split("\n"):
        if match := FIELD.match(line.strip()):
            yield match[1].lower(), match[2].strip()[:LONGEST]


def _finding(fields: Fields, written_to: Container[str]) -> Finding:
    said = _typed(fields.get("diagnostic-code", ""))
    status = STATUS.search(fields.get("status", ""))
    action = ACTION.match(fields.get("action", ""))
    word = action[0].lower() if action else ""
    if status and status[1].startswith("2.") and word in {"", "failed"}:
        word = "delivered"
    return Finding(
        recipient=_recipient(fields, written_to),
        said=said,
        around=fields.get("status", "")[5:],
        action=SAME_ACTION.get(word, word),
        status=status[1] if status else "",
        category=fields.get("x-powermta-bouncecategory", "").lower(),
    )


def _recipient(fields: Fields, written_to: Container[str]) -> str:
    """The one that the original names; else the one that was written to, else where that led."""
    found = []
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        kind, divided, value = fields.get(name, "").partition(";")
        found.append(address(value if divided else kind, name))
    known = [each for each in found if each.lower() in written_to]
    return next((each for each in known + found if each), "")


def address(written: str, name: str = "") -> str:
    """The address in the field, decoded; a bare local part is none."""
    plain = ESCAPED.sub(lambda code: _character(code[1]), written)
    if name == "original-recipient":
        plain = XTEXT.sub(lambda code: _character(code[1]), plain)
    whole = clean(plain)
    if whole and not re.search(r"[\s<>|]", whole):
        return whole
    return next((each for each, _start, _end in addresses(plain)), "")


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if any(number in each for each in LETTERS) else ""


def _typed(diagnostic: str) -> str:
    """The diagnostic without the word that says of what kind it is (smtp, x-unix, dns)."""
    kind, divided, said = diagnostic.partition(";")
    return (
        said.strip()
        if divided and len(kind) < LONGEST_TYPE and " " not in kind.strip()
        else diagnostic
    )
