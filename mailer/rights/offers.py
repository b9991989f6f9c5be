"""What the form says of a right that the basis of a list does not open; never what we hold."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from mailer.consent.bases import LawfulBasis, opens
from mailer.consent.bases import Right as Opened
from mailer.rights.kinds import AT_ONCE, Right
from mailer.subscriptions.models import MailingList


def caveats(lists: Iterable[MailingList]) -> Mapping[Right, str]:
    """One sentence for each right that some list of this house does not open."""
    described = [(each.name, each.basis) for each in lists]
    closed = {right: _closed(right, described) for right in Right}
    return {right: _sentence(names) for right, names in closed.items() if names}


def _closed(right: Right, lists: Iterable[tuple[str, LawfulBasis]]) -> list[str]:
    """The lists that do not open it; objecting to letters is absolute (GDPR art. 21(3))."""
    if right in AT_ONCE or right.value not in set(Opened):
        return []
    return [name for name, basis in lists if not opens(basis, Opened(right.value)).is_open]


def _sentence(names: Iterable[str]) -> str:
    return str(
        _(
            "La base légale de ces lettres n’ouvre pas ce droit\u00a0: %(lists)s.",
            lists=", ".join(names),
        )
    )
