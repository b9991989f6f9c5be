"""Past letters go into the archive, one in each transaction; the desk reads them, and who else?"""

import hashlib
from collections.abc import Mapping
from enum import StrEnum

from mailer.clock import now
from mailer.db import db, transaction
from mailer.move_in.shapes import MovedCampaign
from mailer.newsletters import moving_in
from mailer.newsletters.moving_in import Sent
from mailer.newsletters.operations import series_of
from mailer.subscriptions.lists import Archive
from mailer.subscriptions.models import MailingList
from mailer.web.language import LANGUAGES


class Fate(StrEnum):
    """What became of a letter."""

    KEPT = "kept"
    KNOWN = "known"
    # Everybody reads the archive of its list: somebody must want that of this letter too.
    NOT_FOR_ALL = "not_for_all"


def archive(
    letter: MovedCampaign, of: MailingList, program: str, actor: str, *, for_all: bool
) -> Fate:
    """Keep the letter, once."""
    list_id = of.id
    if of.archive is not Archive.NONE and not for_all:
        return Fate.NOT_FOR_ALL
    digest = hashlib.sha256(f"{program}\0{letter.key}\0{list_id}".encode()).hexdigest()
    if moving_in.is_known(digest):
        return Fate.KNOWN
    sent = Sent(
        digest, letter.subject, letter.preheader, letter.content(), LANGUAGES[0], letter.sent_at
    )
    with transaction():
        series = series_of(db.session.get_one(MailingList, list_id))
        moving_in.keep(series, sent, actor, now())
    return Fate.KEPT


WORDS: Mapping[Fate, str] = {
    Fate.KEPT: "letters in the archive, at the desk under Lettres",
    Fate.KNOWN: "letters came before, nothing was added",
    Fate.NOT_FOR_ALL: "letters left out: everybody reads the archive of their list. Say --publish",
}
