"""What nobody types, and programs send: texts, files and bodies made to break a reader."""

from hypothesis import strategies as st

CONTROLS = ("\0", "a\0b", "\x01\x1b[2J\x7f", "\r\nBcc: a@b.fr\r\n", "\x85\u2028\u2029", "\t\v\f")
UNICODE = (
    "\ud800", "a\udfffb", "\u202etxt.exe\u202c", "\u200b", "\ufeff", "\ufffe", "e\u0301" * 50,
    "👩‍👩‍👧‍👦" * 20, "İıſßﬁ", "\U000e0041", "ﷺ" * 30,
)  # fmt: skip
NUMBERS = (
    "0", "-1", "-0", "2147483647", "2147483648", "9223372036854775808", "9" * 400, "9" * 5_000,
    "1e400", "nan", "inf", "-Infinity", "0x10", "1_000", "²", "①", "٣", "１２", " 7 ", "+7", "1.5",
    "1,5", "½",
)  # fmt: skip
DATES = (
    "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13-01", "1-1-1",
    "20261128", "2026-W48-6", "0001-01-01T00:00", "9999-12-31T23:59", "2026-03-29T02:30", "24:00",
    "23:59:60", "12:00+25:00", "2026-11-28T10:00:00+23:59", "31/12/9999", "2026-11", "9999-12",
    "0000-01",
)  # fmt: skip
PLACES = (
    "http://[", "http://[::1", "http://a:99999999/", "//autre.fr", "javascript:alert(1)",
    "https://" + "é" * 64 + ".fr", "http://xn--/", "http://.", "mailto:a@b.fr", "http://a b/",
    "https://exemple.fr/%", "../../../etc/passwd", "..", ".", "/", "\\", "C:\\x",
    "http://\u2100.fr",
    "https://a@b:c@d/", "http://0/", "?", "#",
)  # fmt: skip
ADDRESSES = (
    "@", "a@", "a@b", "a@b.fr\nc@d.fr", "a@" + "b" * 64 + ".fr", "a" * 65 + "@b.fr", '"a b"@b.fr',
    "a@[127.0.0.1]", "é@exämple.fr", "a@xn--.fr", "a@b..fr", "<a@b.fr>", "a@b.fr,c@d.fr",
    "=?utf-8?q?a?=",
)  # fmt: skip
SIGNS = (
    "", " ", "'", '"', "' OR 1=1--", "%", "%%", "%s", "%(a)s", "{0}", "{{", "{{ prenom }}",
    "{{a|b}}",
    "{% raw %}", "${x}", "<script>alert(1)</script>", "<![CDATA[", "&#0;", "&#xD800;", "[[", "[a](",
    "\\", "\\u0000", "LIKE_%", "*", "-", ";", "=1+1", "__class__", "None", "null", "true", "[]",
    "{}",
    "[" * 1_000, '{"a":' * 500, "a.b.c", "a-b", "on", "-1-", "1.2", "((((", "(?<n>", "$", "^",
)  # fmt: skip
LONG = ("a" * 300, "é" * 5_000, "a" * 70_000, "a b " * 20_000, "\n" * 3_000, "<b>" * 3_000)
KNOWN = (*SIGNS, *CONTROLS, *UNICODE, *NUMBERS, *DATES, *PLACES, *ADDRESSES, *LONG)
# What such a field can just be read as, before what cannot.
BY_KIND = {
    "date": ("9999-12-31", "0001-01-01", *DATES),
    "datetime-local": ("9999-12-31T23:59", "0001-01-01T00:00", *DATES),
    "time": ("24:00", "23:59:60", "00:00", *DATES),
    "number": NUMBERS,
    "email": ADDRESSES,
    "url": PLACES,
}

ANY = st.text(st.characters(), max_size=12)
TEXTS = st.sampled_from(KNOWN) | st.integers().map(str) | ANY

NAMES = st.sampled_from(
    (
        "a.csv",
        "",
        "../../a.csv",
        "a\0.png",
        "é" * 300,
        "a.exe",
        "\u202egnp.csv",
        ".",
        'a".pdf',
        "\ud800",
    )
)
TYPES = st.sampled_from(
    ("text/csv", "image/png", "application/pdf", "", "/", "text/html; charset=\ufffd", "a" * 300)
)
BYTES = st.sampled_from(
    (
        b"adresse;nom\nalix@exemple.fr;Alix\n", b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\0\0\0",
        b"GIF89a\xff\xff\xff\xff",
        b"\xff\xd8\xff\xe0\0\x10JFIF", b"%PDF-1.7\n%%EOF", b"PK\x03\x04",
        b"PK\x05\x06" + b"\0" * 18,
        b'"' * 2_000, b";" * 5_000 + b"\n", b"a;b\n" * 2_000, b"\xe9;\xff\n\x00;\n",
        b"a\r\rb\r\n\nc",
        b"From: a@b.fr\r\nTo: c@d.fr\r\nSubject: x\r\n\r\nx\r\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"{}", b"[", b"BEGIN:VCALENDAR", b"RIFF\xff\xff\xff\xffWEBP", b"\x1f\x8b\x08",
        b"<?xml version='1.0'?>",
    )
) | st.binary(max_size=80)  # fmt: skip

JSON = st.sampled_from(
    (
        b"{}",
        b"[]",
        b"null",
        b"1",
        b'"\\ud800"',
        b'{"a":"\\u0000"}',
        b"[" * 3_000,
        b"NaN",
        b"\xff",
        b"",
    )
)
