"""The programs that one can move in from; what each means by its words is in its own module."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from mailer.move_in import brevo, listmonk, mailchimp, mailtrain
from mailer.move_in.shapes import Moved


@dataclass(frozen=True)
class System:
    """How one program writes what it exports.

    `product` is its sheet in subscriptions/imports/columns.py; the names of sheets in `strangers`
    begin so: those people bought something, or were looked up, and never signed up.
    """

    product: str
    read: Callable[[object], Iterator[Moved]]
    strangers: tuple[str, ...] = ()
    has_sheet_of_letters: bool = False
    # Its sheet tells who may be written to at all, and not who left the list.
    sheet_hides_leavers: bool = False


SYSTEMS: Mapping[str, System] = {
    "listmonk": System("listmonk", listmonk.read, sheet_hides_leavers=True),
    "mailchimp": System(
        "Mailchimp", mailchimp.read, ("nonsubscribed", "transactional"), has_sheet_of_letters=True
    ),
    "mailtrain": System("Mailtrain", mailtrain.read),
    "brevo": System("Brevo", brevo.read),
}
