"""Reads mails as Python's own parser does: python parse.py < JSON of base64."""

import json
import sys
from base64 import b64decode
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr


def read(content: bytes) -> dict[str, object]:
    """What one mail says."""
    # The older policy: the newer one leaves spaces between the encoded-words of a name (3.11).
    mail = message_from_bytes(content)
    name, address = parseaddr(unfolded(mail["From"]))
    return {
        "subject": decoded(mail["Subject"]),
        "name": decoded(name),
        "address": address,
        "to": parseaddr(mail["To"])[1],
        "headers": {key.lower(): unfolded(value) for key, value in mail.items()},
        "text": body(mail, "text/plain"),
        "html": body(mail, "text/html"),
    }


def unfolded(value: str) -> str:
    return value.replace("\r\n", "").replace("\n", "")


def decoded(value: str) -> str:
    return str(make_header(decode_header(unfolded(value))))


def body(mail: Message, kind: str) -> str:
    """The only part of that kind, empty where there are no parts."""
    parts = [part for part in mail.walk() if part.is_multipart() is False]
    found = [part for part in parts if part.get_content_type() == kind and part is not mail]
    return found[0].get_payload(decode=True).decode() if len(found) == 1 else ""


if __name__ == "__main__":
    json.dump([read(b64decode(each)) for each in json.load(sys.stdin)], sys.stdout)
