"""Mails as they come back: reports of servers, answers of people and of programs."""

from email import policy
from email.parser import BytesParser

PERSON = "alix.moreau@exemple.fr"


def report(original: bytes, recipient: str, status: str = "5.1.1", said: str = "") -> bytes:
    """What a server writes to the return-path of the mail that it could not deliver (RFC 3464)."""
    mail = BytesParser(policy=policy.default).parsebytes(original, headersonly=True)
    words = said or "550 5.1.1 User unknown"
    text = f"""Return-Path: <>
From: MAILER-DAEMON@mx.ailleurs.fr
To: {mail["Return-Path"] or "rebond@rebond.exemple.fr"}
Message-ID: <{abs(hash((original, recipient, status)))}@mx.ailleurs.fr>
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="limit"

--limit
Content-Type: text/plain; charset=us-ascii

Your mail could not be delivered to <{recipient}>: {words}

--limit
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.ailleurs.fr

Final-Recipient: rfc822; {recipient}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {words}

--limit
Content-Type: text/rfc822-headers

Message-ID: {mail["Message-ID"]}
From: {mail["From"]}
To: {recipient}
Subject: Une lettre

--limit--
"""
    return crlf(text)


def answer(
    body: str = "Merci, à samedi !", *, sender: str = PERSON, subject: str = "Re: Lettre", **fields
) -> bytes:
    """What somebody writes back."""
    named = {"From": sender, "To": "lettre@exemple.fr", "Subject": subject} | {
        name.replace("_", "-"): value for name, value in fields.items()
    }
    head = "\n".join(f"{name}: {value}" for name, value in named.items())
    kind = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8"
    return crlf(f"{head}\n{kind}\nContent-Transfer-Encoding: 8bit\n\n{body}\n")


def crlf(text: str) -> bytes:
    """The text as it goes over a wire."""
    return text.replace("\n", "\r\n").encode()
