"""The papers of a case: sealed when they come, opened for the officer, gone with the case."""

import hashlib
from datetime import datetime

from mailer.audit.operations import record
from mailer.errors import NotFound
from mailer.rights import vault
from mailer.rights.models import RightsRequest
from mailer.rights.operations import subject
from mailer.rights.proceedings import Document, DocumentKind


def file(
    case: RightsRequest, kind: DocumentKind, content: bytes, actor: str, at: datetime
) -> Document:
    """Seal the paper and note it on the case."""
    digest = hashlib.sha256(content).hexdigest()
    row = Document(kind=kind, file=vault.put(content), sha256=digest, at=at, by=actor)
    case.documents.append(row)
    record(actor, "file-document", subject(case))
    return row


def read(case: RightsRequest, document_id: int, actor: str) -> bytes:
    """The paper of that case, opened; each look is recorded. Raises NotFound."""
    row = next((each for each in case.documents if each.id == document_id), None)
    if row is None:
        raise NotFound("document")
    record(actor, "read-document", subject(case))
    return vault.get(row.file)
