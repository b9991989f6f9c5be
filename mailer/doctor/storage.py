"""The database and who works on it."""

from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from mailer.clock import now
from mailer.doctor.finding import Finding, fault, good
from mailer.monitoring import readiness
from mailer.worker import beats

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


def _silent(error: SQLAlchemyError) -> Finding:
    """What keeps it from answering; its words may name a host and a user, and stay out."""
    said = str(getattr(error, "orig", error)).lower()
    unknown = ("does not answer", "start it, or correct DATABASE_URL")
    what, cure = next((told for word, told in WORDS.items() if word in said), unknown)
    return fault("database", f"the database {what}", cure)
