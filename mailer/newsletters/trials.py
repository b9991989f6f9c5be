"""Letters tried on colleagues: groups of addresses with a name, and the mails to them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from mailer import addresses
from mailer.audit import operations as audit
from mailer.db import db
from mailer.errors import Conflict, Invalid, NotFound
from mailer.newsletters import operations
from mailer.newsletters.models import Issue, TrialGroup, TrialReader

# A trial is for those who work on a letter. More people are a list, with their consent.
MOST_READERS = 20
NAME_CHARACTERS = 60


class BadReaders(Invalid):
    """A group that cannot be kept: the line that is no address, or how many are too many."""

    def __init__(self, line: str = "", number: int = 0) -> None:
        super().__init__("trial readers")
        self.line, self.number = line, number


def groups() -> Sequence[TrialGroup]:
    """Every group, by name."""
    return db.session.scalars(select(TrialGroup).order_by(TrialGroup.name)).all()


def group(group_id: int) -> TrialGroup:
    """The group; raises NotFound."""
    found = db.session.get(TrialGroup, group_id)
    if found is None:
        raise NotFound("trial group")
    return found


def readers(typed: str) -> list[str]:
    """The addresses of the lines, each once; raises BadReaders naming the line that is none."""
    found = dict.fromkeys(_address(line) for line in typed.splitlines() if line.strip())
    if not found or len(found) > MOST_READERS:
        raise BadReaders(number=len(found))
    return list(found)


def _address(line: str) -> str:
    try:
        return addresses.parse(line.strip()).display
    except Invalid:
        raise BadReaders(line.strip()) from None


def keep(group_id: int | None, name: str, typed: str, actor: str) -> TrialGroup:
    """The group as typed, new without a number; raises BadReaders, Conflict for a name taken."""
    found = readers(typed)
    kept = group(group_id) if group_id else TrialGroup(name=name)
    try:
        with db.session.begin_nested():
            db.session.add(kept)
            kept.name = name
            kept.readers = [TrialReader(address=address) for address in found]
    except IntegrityError:
        raise Conflict("trial group") from None
    audit.record(actor, "trial_group.kept", f"trial_group:{kept.id}")
    return kept


def remove(group_id: int, actor: str) -> str:
    """Forget the group and its addresses, and return its name."""
    found = group(group_id)
    name = found.name
    db.session.delete(found)
    audit.record(actor, "trial_group.removed", f"trial_group:{group_id}")
    return name


def send(issue: Issue, group_id: int) -> int:
    """Put the letter as it stands into the outbox for the whole group; says for how many."""
    found = group(group_id).readers
    for reader in found:
        operations.send_trial(issue, reader.address)
    return len(found)
