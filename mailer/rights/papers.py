"""Which files are taken as papers: a scan or a photograph, told by how it begins."""

SIGNATURES = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
ACCEPTED = ".pdf,.jpg,.jpeg,.png"
MILLION = 1_000_000


def is_paper(content: bytes, megabytes: int) -> bool:
    """Whether it is a PDF or a picture of at most so many millions of bytes."""
    return len(content) <= megabytes * MILLION and content.startswith(SIGNATURES)
