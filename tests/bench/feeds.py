"""How long feeds take to parse: `python -m bench.feeds [FOLDER]`, real ones from that folder.

200 French feeds of 166 kB, 30 articles with their bodies each; then each hostile document in a
process of its own, with the memory that it took.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from mailer.articles.data import UnreadableError
from mailer.articles.parse import parse

FEEDS, ITEMS, PARAGRAPHS = 200, 30, 40
BASE = "https://exemple.fr/"
PARAGRAPH = (
    "<p>Le port rouvre après deux ans de travaux&nbsp;: <strong>214 marches</strong>, "
    "<a href='/x'>une vue</a> &amp; des phares.</p>\n"
)
ITEM = (
    "<item><title>Le phare n°{n} rouvre &amp; brille</title><link>/a/{n}?utm_source=x</link>"
    "<pubDate>Wed, 12 Mar 2025 13:30:00 +0100</pubDate>"
    "<description><![CDATA[<p>Deux ans de travaux.</p>]]></description>"
    "<content:encoded><![CDATA[<img src='/i.jpg' alt='phare'>{body}]]></content:encoded>"
    "<enclosure type='image/jpeg' url='/p/{n}.jpg'/></item>"
)
SPACE = "http://purl.org/rss/1.0/modules/content/"


def feed() -> bytes:
    """A feed as a site with long articles writes it."""
    body = PARAGRAPH * PARAGRAPHS
    items = "".join(ITEM.format(n=n, body=body) for n in range(ITEMS))
    head = "<title>Le site</title><link>https://exemple.fr/</link>"
    return f"<rss xmlns:content='{SPACE}'><channel>{head}{items}</channel></rss>".encode()


def real(folder: Path) -> list[bytes]:
    """The files of a folder, at whatever depth."""
    return [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]


def timed(contents: list[bytes]) -> str:
    """What it took to read them all, of this processor's time."""
    began, articles, refused = time.process_time(), 0, 0
    for content in contents:
        try:
            articles += len(parse(content, BASE).entries)
        except UnreadableError:
            refused += 1
    seconds = time.process_time() - began
    size = sum(map(len, contents)) / 1e6
    return (
        f"{len(contents)} files, {size:.1f} MB: {seconds:.2f} s, "
        f"{articles} articles, {refused} refused"
    )


def hostile() -> Iterator[str]:
    """Each document's seconds and megabytes, the interpreter's own included."""
    from articles.hostile import documents  # noqa: PLC0415 - the children must not hold them

    for name, content in documents():
        command = [sys.executable, "-m", "bench.feeds", "--one"]
        done = subprocess.run(
            command, check=True, capture_output=True, input=content, env=dict(os.environ)
        )
        yield f"{name:24} {done.stdout.decode().strip()}"


def one(content: bytes) -> str:
    """One hostile document, read in this process."""
    told = timed([content])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{told}; peak {peak / 1000:.0f} MB"


def main(arguments: list[str]) -> None:
    """Print it all, or what was asked for."""
    if arguments[:1] == ["--one"]:
        print(one(sys.stdin.buffer.read()))
        return
    print("made    ", timed([feed()] * FEEDS))
    for folder in arguments:
        print("real    ", timed(real(Path(folder))))
    for line in hostile():
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
