"""Feeds made to exhaust or to deceive. Each once took some parser minutes, or its memory."""

from collections.abc import Iterator

LAUGHS = "".join(f'<!ENTITY lol{n} "{(f"&lol{n - 1};" if n else "lol") * 10}">' for n in range(10))
ITEMS = {
    "comments in CDATA": b"<title><![CDATA[" + b"<!--" * 200_000 + b"]]></title>",
    "nested markup": b"<description><![CDATA[" + b"<div>" * 60_000 + b"]]></description>",
    "nested elements": b"<div>" * 60_000 + b"x" + b"</div>" * 60_000,
    "open CDATA": b"<![CDATA[" * 500_000,
    "bare ampersands": b"<title>" + b"&" * 4_900_000 + b"</title>",
    "tags in a title": b"<title>" + b"<b " * 1_600_000 + b"</title>",
    "tags in a CDATA title": b"<title><![CDATA[" + b"<b " * 1_600_000 + b"]]></title>",
    "a field many times": b'<media:content url=""/>' * 200_000,
    "a long base": b'<a xml:base="' + b"http://a/" * 100_000 + b'"/><link>x</link>' * 20,
    "nested bases": b'<a xml:base="a/">' * 250 + b"<item><link>x</link></item>" * 20_000,
    "unclosed pictures": b"<description><![CDATA[" + b"<img " * 50_000 + b"]]></description>",
    "a long date": b"<pubDate>" + b"12 mars " * 600_000 + b"</pubDate>",
}
# Each document type declares an entity that the item asks for.
TYPES = {
    "billion laughs": f"<!DOCTYPE r [{LAUGHS}]>".encode(),
    "quadratic": b'<!DOCTYPE r [<!ENTITY lol9 "' + b"a" * 100_000 + b'">]>',
    "file": b'<!DOCTYPE r [<!ENTITY lol9 SYSTEM "file:///etc/passwd">]>',
    "outside definition": b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/evil.dtd">',
    "parameter": b'<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
}
ASKING = b"<rss><channel><item><title>" + b"&lol9;" * 3 + b"</title></item></channel></rss>"
MANY = b"<rss><channel>" + b"<item><title>t</title></item>" * 100_000
DEEP = (b"[" * 2_000_000, b'{"items":' * 500_000, b'{"items": [' * 9)
ADDRESSES = b"<urlset>" + b"<url><loc>https://a.fr/x</loc></url>" * 130_000 + b"</urlset>"


def documents() -> Iterator[tuple[str, bytes]]:
    """Every one of them, by name."""
    for name, body in ITEMS.items():
        yield name, b"<rss><channel><item>" + body + b"</item></channel></rss>"
    for name, start in TYPES.items():
        yield name, start + ASKING
    yield "100,000 items", MANY
    yield "130,000 addresses", ADDRESSES
    for number, content in enumerate(DEEP, 1):
        yield f"deep JSON {number}", content
