"""One request, as it goes over the wire: whatever stands in it is written as a browser would."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

Pairs = tuple[tuple[str, str], ...]

BOUNDARY = "bornes-de-la-suite"
FORM, MULTIPART = "application/x-www-form-urlencoded", f"multipart/form-data; boundary={BOUNDARY}"


@dataclass(frozen=True)
class File:
    """A file of a form."""

    field: str
    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Call:
    """One request; the tokens of its form are added when it is sent."""

    who: str
    method: str
    path: str
    query: str = ""
    fields: Pairs = ()
    files: tuple[File, ...] = ()
    headers: Pairs = ()
    content_type: str = ""
    raw: bytes | None = None

    def body(self, tokens: dict[str, str]) -> tuple[bytes, str]:
        """The bytes of it, and their type."""
        pairs = (*self.fields, *tokens.items())
        if self.raw is not None:
            return self.raw, self.content_type
        if self.files:
            return multipart(pairs, self.files), MULTIPART
        return urlencode(pairs, errors="surrogatepass").encode(), FORM


def multipart(pairs: Pairs, files: tuple[File, ...]) -> bytes:
    """As a browser writes it (RFC 7578), whatever stands in it."""
    parts = [
        (f'name="{quote(name)}"', "", value.encode("utf-8", "surrogatepass"))
        for name, value in pairs
    ]
    for file in files:
        head = f'name="{file.field}"; filename="{file.name}"'
        parts.append((head, f"\r\nContent-Type: {file.kind}" if file.kind else "", file.content))
    written = b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}{kind}\r\n\r\n".encode(
            "utf-8", "surrogatepass"
        )
        + content
        + b"\r\n"
        for head, kind, content in parts
    )
    return written + f"--{BOUNDARY}--\r\n".encode()
