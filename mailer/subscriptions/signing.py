"""A sign-up from any of our forms: what was shown is kept, then the mailbox is asked."""

from dataclasses import dataclass
from datetime import datetime

from mailer.addresses import Address
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.db import transaction
from mailer.subscriptions import operations
from mailer.subscriptions.shown import ShownForm, keep
from mailer.web.limits import network, user_agent

# What a proof says of a sign-up that was made within a page of another site.
EMBEDDED = "embed"


@dataclass(frozen=True)
class Seen:
    """What the person had before them, by the digests of texts that are kept, and where."""

    notice_sha256: str
    form_sha256: str
    locale: str
    page: str
    # Whether the box about measuring stood there and was ticked.
    agreed: bool = False

    @property
    def origin(self) -> str:
        """Whether the form stood within a page of another site: our frame, or a page of its own."""
        return EMBEDDED if self.page.startswith(("/integration/", "https://", "http://")) else ""


def sign_up(
    address: Address, list_ids: list[int], shown: ShownForm, page: str, *, agreed: bool = False
) -> None:
    """Keep what that page shows today, note what was asked, and write to the mailbox."""
    at = now()
    with transaction():
        form = keep(shown, at)
        seen = Seen(shown.short.sha256, form, shown.locale, page, agreed and bool(shown.measure))
        _request(address, list_ids, seen, at)


def sign_up_as_seen(address: Address, list_ids: list[int], seen: Seen) -> None:
    """Note what was asked under texts that are kept already, and write to the mailbox."""
    with transaction():
        _request(address, list_ids, seen, now())


def _request(address: Address, list_ids: list[int], seen: Seen, at: datetime) -> None:
    evidence = Evidence(
        Method.WEB_FORM,
        at,
        language=seen.locale,
        page=seen.page,
        network=network(),
        notice_sha256=seen.notice_sha256,
        form_sha256=seen.form_sha256,
        origin=seen.origin,
        address=address.display,
        user_agent=user_agent(),
    )
    if link := operations.request(address, list_ids, evidence, seen.locale, at):
        operations.keep_answer(link, at, agreed=seen.agreed)
