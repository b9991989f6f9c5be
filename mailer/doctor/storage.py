"""The database, who works on it, and what they could not read for long."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from mailer.articles import queries as articles
from mailer.clock import now
from mailer.doctor.finding import Finding, fault, good
from mailer.monitoring import readiness
from mailer.worker import beats

# A site that is mended within the day has cost no letter its articles.
UNREAD = timedelta(days=2)
# What the drivers say, in their own words, and what that means.
WORDS = {
    "locked": ("is locked by another program", "find who holds it: fuser names them by its file"),
    "timeout": ("is locked by another program", "end the transaction that holds it"),
    "readonly": ("can only be read", "give its file to the user that runs mailer"),
    "disk i/o": ("cannot be read from its disk", "see the disk, then restore a backup"),
    "malformed": ("is damaged", "stop mailer, and restore a backup: mailer restore"),
}


def storage() -> Iterator[Finding]:
    """Whether it has the tables of this version, can be written to, and is worked on."""
    try:
        if not readiness.is_up_to_date():
            said = "the tables are not those of this version"
            yield fault("database", said, "run `mailer migrate`")
            return
        readiness.write_nothing()
    except SQLAlchemyError as error:
        yield _silent(error)
        return
    yield good("database", "it has the tables of this version, and can be written to")
    if beats.are_all_silent(now()):
        said = "no worker has shown itself for a minute: nothing leaves"
        yield fault("worker", said, "start `mailer worker`, or `mailer up`, which runs one too")
    else:
        yield good("worker", "somebody works")
    yield from _sources()


def _sources() -> Iterator[Finding]:
    """The sites whose articles have not come for long."""
    at = now()
    found = articles.failing_since(at - UNREAD)
    for row in found:
        days = (at - (row.failing_since or at)).days
        # A name comes from a site, which may put into it what a terminal would obey.
        said = f"{row.name!r} could not be read for {days} days ({row.failure})"
        yield fault("sources", said, "see /bureau/sources: mend its address, or take it out")
    if not found:
        yield good("sources", "every site is read")


def _silent(error: SQLAlchemyError) -> Finding:
    """What keeps it from answering; its words may name a host and a user, and stay out."""
    said = str(getattr(error, "orig", error)).lower()
    unknown = ("does not answer", "start it, or correct DATABASE_URL")
    what, cure = next((told for word, told in WORDS.items() if word in said), unknown)
    return fault("database", f"the database {what}", cure)
