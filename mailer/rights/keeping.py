"""Everything that was written to a person about one request, to take away; never the data."""

import io
import zipfile
from collections.abc import Iterator

from mailer.clock import PARIS
from mailer.rights import following
from mailer.rights.models import Letter, RightsRequest
from mailer.rights.parts import as_text, read
from mailer.rights.printing import Sheet, pdf


def paper(case: RightsRequest, letter: Letter) -> bytes:
    """The letter as a PDF."""
    return pdf(Sheet(letter.source, letter.language, case.reference, letter.written_at))


def text(letter: Letter) -> str:
    """The letter without any markup, under its title."""
    written = read(letter.source)
    return f"{written.title}\n\n{as_text(written)}\n"


def name(letter: Letter) -> str:
    """What its files are called: the day and the kind, and nothing of the person."""
    return f"{letter.written_at.astimezone(PARIS):%Y-%m-%d}-{letter.kind}-{letter.id}"


def everything(case: RightsRequest) -> bytes:
    """All letters in one ZIP file, each as a PDF and as text."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in _files(case):
            archive.writestr(path, data)
    return content.getvalue()


def _files(case: RightsRequest) -> Iterator[tuple[str, bytes]]:
    for letter in following.kept(case):
        yield f"{case.reference}/{name(letter)}.pdf", paper(case, letter)
        yield f"{case.reference}/{name(letter)}.txt", text(letter).encode()
