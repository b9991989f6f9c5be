"""What comes out of another program, whichever it was."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from mailer.subscriptions.imports.columns import Fate


@dataclass(frozen=True)
class MovedList:
    """A list; a private one is on no form there."""

    name: str
    description: str = ""
    is_public: bool = True


class MovedPerson(NamedTuple):
    """One person and one list: what was decided there, and when and from where, if that is known.

    A status that no table knows stays as it is written: whoever reads the sheet sets it aside.
    """

    address: str
    fate: Fate | str
    list_name: str = ""
    given_at: str = ""
    network: str = ""


@dataclass(frozen=True)
class MovedCampaign:
    """A letter that was sent there; `key` names it in that program, once and for all.

    Letters that are files are read when they are needed: years of them do not fit in memory.
    Those of a document are held, which is why a document may not be large.
    """

    key: str
    subject: str
    content: Callable[[], str]
    sent_at: datetime
    preheader: str = ""
    list_name: str = ""


Moved = MovedList | MovedPerson | MovedCampaign
