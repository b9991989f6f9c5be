"""Which files are taken as papers: a scan or a photograph, told by how it begins."""

ENDINGS = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png"}
ACCEPTED = ".pdf,.jpg,.jpeg,.png"
MILLION = 1_000_000


def is_paper(content: bytes, megabytes: int) -> bool:
    """Whether it is a PDF or a picture of at most so many millions of bytes."""
    return len(content) <= megabytes * MILLION and bool(ending(content))


def ending(content: bytes) -> str:
    """How the name of such a file ends, so that it opens; nothing for any other."""
    return next((end for begin, end in ENDINGS.items() if content.startswith(begin)), "")
