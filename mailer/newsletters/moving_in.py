"""Letters that another program sent: they are kept and may be read, and never leave again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from mailer.db import db
from mailer.newsletters import approving, edition, foreign
from mailer.newsletters.approvals import Act
from mailer.newsletters.block_types import Text
from mailer.newsletters.blocks import LINE_CHARACTERS, PROSE_CHARACTERS, Block, dump
from mailer.newsletters.models import Issue, LetterEvent, Newsletter, State
from mailer.newsletters.themes import queries as themes

# Years of markup, and no letter that anybody read to its end.
MOST_BLOCKS = 60


@dataclass(frozen=True)
class Sent:
    """A letter as it left there; `digest` is of what it was, and names it here."""

    digest: str
    subject: str
    preheader: str
    html: str
    language: str
    sent_at: datetime


def is_known(digest: str) -> bool:
    """Whether that letter came before."""
    same = exists().where(LetterEvent.act == Act.MOVED_IN, LetterEvent.content_hash == digest)
    return bool(db.session.scalar(select(same)))


def keep(series: Newsletter, sent: Sent, actor: str, at: datetime) -> Issue:
    """Keep the letter as one that has left; what it was is not what an approval would bind."""
    issue = Issue(
        newsletter=series,
        subject=foreign.line(sent.subject)[:LINE_CHARACTERS],
        preheader=foreign.line(sent.preheader)[:LINE_CHARACTERS],
        language=sent.language,
        theme=themes.last_used(series.id),
        blocks=dump(tuple(_blocks(foreign.to_markdown(sent.html)))),
        created_at=at,
        updated_at=sent.sent_at,
    )
    db.session.add(issue)
    db.session.flush()
    issue.state, issue.approved_at, issue.sent_at = State.APPROVED, at, sent.sent_at
    web = edition.web_version(issue)
    issue.letter = edition.kept(issue, sent.digest, web, web)
    approving.note(issue, Act.MOVED_IN, sent.digest, actor, at)
    return issue


def _blocks(paragraphs: Sequence[str]) -> Iterator[Block]:
    """As few texts as hold them."""
    texts = [""]
    for paragraph in paragraphs:
        if len(texts[-1]) + len(paragraph) + 2 > PROSE_CHARACTERS:
            texts.append("")
        texts[-1] = f"{texts[-1]}\n\n{paragraph[: PROSE_CHARACTERS - 2]}".strip("\n")
    for number, text in enumerate(texts[:MOST_BLOCKS], start=1):
        yield Block(f"b{number}", Text(text))
