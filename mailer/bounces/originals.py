"""Where the report ends and the mail that it is about begins, when both are in one text."""

import re

from mailer.bounces import mime
from mailer.bounces.mime import Headers

# Each system announces it in its own way; all on a line of their own.
MARK = re.compile(
    r"(?:[-=*|> ]{0,80}|\#+ ?)(?:"
    r"(?:this is|included is|below is|enclosed is|attachment is|attached is|here is)?\s?"
    r"(?:below this line is )?(?:a |the )?(?:copy|header|headers|first part|part|text) of the"
    r" (?:original |source |returned |first part of the )?(?:message|mail)"
    r"|included is a copy of|below this line|below is a copy|a copy of the original message"
    r"|(?:the )?(?:original|unsent|undelivered|returned|rejected|old) (?:mail|message)"
    r"(?: (?:header|headers|info|text|body|details?))?"
    r"(?: (?:follows|as received|below|is attached|attached|reads)|(?= ?[-:=*]))"
    r"|(?:the )?(?:message|mail) (?:header|headers|text|contents?|body)(?: info)? follows?"
    r"|start of returned (?:message|mail)|(?:unsent|returned|undelivered|original) (?:message|mail)"
    r"(?: header)?[ -]*$"
    r"|here is a copy of|your message reads|a summary of the undelivered|original message headers"
    r"|forwarded message|message as received|mensaje original|mensagem original"
    r"|message d'origine|en-tetes? du message|message original|ursprungliche nachricht"
    r"|(?:die kopfzeilen|der kopf) der|original mail info|header of the source"
    r"|raw message|envelope information"
    r")",
    re.IGNORECASE,
)
# The header of a mail without an announcement.
BARE = re.compile(
    r">?(?:Received: ?(?:from|by|\()|Return-Path: ?<|X-Received: by|DKIM-Signature: ?v="
    r"|X-Google-Smtp-Source:|Delivered-To: ?\S+@)",
    re.IGNORECASE,
)
FIELD = re.compile(r">?\s{0,8}([A-Za-z][A-Za-z0-9-]{1,60}):\s?(.*)")
MARK_LETTERS = range(9, 100)
LONGEST_ID = 250
MOST_LINES = 400


def cut(text: str) -> tuple[str, Headers]:
    """The report alone, and the header fields of the mail that it quotes."""
    lines = text.split("\n")[:MOST_LINES]
    for place, line in enumerate(lines):
        if _is_mark(line):
            return "\n".join(lines[:place]), fields(lines[place + 1 :])
        if BARE.match(line):
            return "\n".join(lines[:place]), fields(lines[place:])
    return "\n".join(lines), {}


def _is_mark(line: str) -> bool:
    return len(line) in MARK_LETTERS and MARK.match(line.strip()) is not None


def fields(lines: list[str]) -> Headers:
    """The header at the start of these lines, however it is set in."""
    found: Headers = {}
    last = ""
    for line in lines:
        match = FIELD.match(line)
        if match and (not line[:1].isspace() or not last):
            last = match[1].lower()
            found.setdefault(last, []).append(match[2].strip())
        elif last and line.lstrip("> ").strip() and line.lstrip(">")[:1].isspace():
            found[last][-1] += " " + line.strip("> \t")
        elif last and found.keys() & {"from", "to", "subject", "message-id"}:
            break
    return found


def message_id(headers: Headers) -> str:
    """The Message-ID of the mail with this header, with its brackets (RFC 5322, 3.6.4)."""
    written = mime.first(headers, "message-id").split()
    bare = written[0].strip("<>") if written else ""
    return f"<{bare}>" if "@" in bare and len(bare) < LONGEST_ID else ""
