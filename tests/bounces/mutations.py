"""Mail as no program sends it: cut, flipped, nested, and far too large."""

from collections.abc import Iterator
from random import Random

MEGABYTES = 1_000_000
DEEP = 200


def mutated(mails: list[bytes], number: int, seed: int) -> Iterator[bytes]:
    """As many as asked of the mails, each spoilt in a way of its own; the same for a seed."""
    random = Random(seed)  # noqa: S311 - nothing is kept secret by it
    ways = (cut, flipped, without_lines, repeated, joined)
    for _each in range(number):
        yield random.choice(ways)(random.choice(mails), random)


def cut(mail: bytes, random: Random) -> bytes:
    start, end = sorted(random.randrange(len(mail) + 1) for _each in range(2))
    return mail[start:end]


def flipped(mail: bytes, random: Random) -> bytes:
    spoilt = bytearray(mail)
    for _each in range(random.randrange(1, 60)):
        spoilt[random.randrange(len(spoilt))] ^= 1 << random.randrange(8)
    return bytes(spoilt)


def without_lines(mail: bytes, random: Random) -> bytes:
    return b"\n".join(line for line in mail.split(b"\n") if random.random() > 0.1)


def repeated(mail: bytes, random: Random) -> bytes:
    lines = mail.split(b"\n")
    place = random.randrange(len(lines))
    return b"\n".join(lines[:place] + lines[place : place + 3] * 200 + lines[place:])


def joined(mail: bytes, random: Random) -> bytes:
    return cut(mail, random) + random.randbytes(random.randrange(2000)) + cut(mail, random)


def nested(depth: int = DEEP) -> bytes:
    """Parts within parts."""
    heads = (
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )
    return b"From: MAILER-DAEMON@example.org\nSubject: Undelivered\n" + b"".join(heads)


def hostile() -> dict[str, bytes]:
    """What is made to be slow, by what it is made of."""
    head = b"From: MAILER-DAEMON@example.org\nSubject: Undelivered Mail\n"
    html = head + b"Content-Type: text/html\n\n"
    report = head + b"Content-Type: multipart/report; boundary=x\n\n--x\n"
    status = report + b"Content-Type: message/delivery-status\n\n"
    return {
        "nested": nested(),
        "letters": head + b"\n" + b"a" * (20 * MEGABYTES),
        "at signs": head + b"\n" + b"a@" * (10 * MEGABYTES),
        "addresses": head + b"\nfailed:\n" + b"<a@b.fr>:\n" * (2 * MEGABYTES),
        "equals": head + b"\n" + b"=" * MEGABYTES + b"@x",
        "dots": head + b"\na@" + b"b." * MEGABYTES,
        "tags": html + b"<" * MEGABYTES,
        "styles": html + b"<style" * MEGABYTES,
        "entities": html + b"&amp" * MEGABYTES,
        "one header": b"Subject: " + b"=?utf-8?q?" * MEGABYTES,
        "headers": b"X: y\n" * (2 * MEGABYTES),
        "folds": b"Subject: a" + b"\n " * (5 * MEGABYTES),
        "boundaries": report + b"--x\n" * (2 * MEGABYTES),
        "recipients": status + b"Final-Recipient: rfc822; a@b.fr\n\n" * 500_000,
        "diagnostics": status + b"Final-Recipient: rfc822; a@b.fr\nDiagnostic-Code: "
        b"" + b"5.1.1 550 user + " * MEGABYTES,
        "base64": report + b"Content-Transfer-Encoding: base64\n\n" + b"YQ==" * (5 * MEGABYTES),
        "quoted": report + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=3D" * MEGABYTES,
        "json": head + b"\n" + b'{"a":' * MEGABYTES,
        "phrases": head + b"\na@b.fr: " + b"account " * MEGABYTES,
        "replies": head + b"\n" + b"550 <a@b.fr>... \n" * MEGABYTES,
    }
