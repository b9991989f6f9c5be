"""Data leave by one way: a link and a code, both sent to the mailbox on file, and to no other.

copy, sealed | link in the letter | code asked for, sent | code typed | files | the person is told
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from flask import current_app
from sqlalchemy import func, select

from mailer import links, rulebook
from mailer.abuse import allowance
from mailer.audit.operations import record
from mailer.clock import paris_day
from mailer.db import db
from mailer.errors import Expired, NotFound
from mailer.mail import outbox
from mailer.rights import handover_mails, vault
from mailer.rights.letters import Fact
from mailer.rights.models import RightsRequest
from mailer.rights.proceedings import Handover
from mailer.subscriptions.models import AddressChange, Subscriber
from mailer.tokens import RIGHTS_COPY, RIGHTS_OPENED

FIGURES = rulebook.load().figures
DIGITS = 8


class Answer(StrEnum):
    """What became of a code that was typed."""

    OPENED = "opened"
    WRONG = "wrong"
    # Too late, too often wrong, or never asked for: a new one is needed.
    STALE = "stale"


def make(case: RightsRequest, files: Mapping[str, str], at: datetime) -> Handover:
    """Seal the files for the mailbox on file, for as long as the link lives."""
    content = json.dumps(files, ensure_ascii=False).encode()
    row = Handover(
        address=mailbox_on_file(case),
        language=case.language,
        file=vault.put(content),
        sha256=hashlib.sha256(content).hexdigest(),
        made_at=at,
        expires_at=at + timedelta(days=FIGURES.response_link_days.value),
        opens_from=opens_from(case.fingerprint, at),
    )
    case.handovers.append(row)
    db.session.flush()
    return row


def mailbox_on_file(case: RightsRequest) -> str:
    """The mailbox whose data they are: as we write to it, else as the request names it.

    Both have the case's fingerprint, so no other mailbox can ever stand here.
    """
    known = select(Subscriber.address).where(Subscriber.fingerprint == case.fingerprint)
    return db.session.scalar(known) or case.address


def opens_from(fingerprint: str, at: datetime) -> datetime:
    """Now, or some days after letters were moved to this mailbox: time for the other to protest."""
    moved = select(func.max(AddressChange.done_at)).where(AddressChange.fingerprint == fingerprint)
    last = db.session.scalar(moved)
    cooled = last + timedelta(hours=FIGURES.address_cooling_hours.value) if last else at
    return max(at, cooled)


def announced(row: Handover) -> dict[str, Fact]:
    """What a letter says of the copy: its link, and the last day of it."""
    return {
        "download": links.rights_copy(RIGHTS_COPY.sign(row.id)),
        "expires_on": paris_day(row.expires_at),
    }


def find(token: str, at: datetime) -> Handover:
    """The copy that the link leads to; raises Expired when its time or its uses are over."""
    row = db.session.get(Handover, RIGHTS_COPY.read_id(token))
    if row is None:
        raise NotFound("copy")
    is_used_up = row.openings >= FIGURES.copy_openings.value
    if row.ended_at is not None or at >= row.expires_at or is_used_up:
        raise Expired("copy")
    return row


def send_code(row: Handover, at: datetime) -> bool:
    """Send a fresh code to the mailbox on file; False when one was asked for too lately."""
    if at < row.opens_from or not allowance.may_write(_case(row).fingerprint, row.address, at):
        return False
    code = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
    row.code_digest = _code_digest(row, code)
    row.code_until = at + timedelta(minutes=FIGURES.copy_code_minutes.value)
    row.code_tries = 0
    outbox.put(handover_mails.code(row, code), origin=f"request:{row.request_id}")
    return True


def open_with(row: Handover, code: str, at: datetime) -> Answer:
    """Try the code; the person on file is told of each opening, by whomever it was."""
    # Tries take turns: of many at once, no more are read than one after the other.
    db.session.refresh(row, with_for_update=True)
    is_stale = row.code_until is None or at >= row.code_until
    if is_stale or row.code_tries >= FIGURES.copy_code_tries.value or at < row.opens_from:
        return Answer.STALE
    row.code_tries += 1
    typed = "".join(filter(str.isdigit, code))
    if not hmac.compare_digest(row.code_digest, _code_digest(row, typed)):
        return Answer.WRONG
    row.code_digest, row.code_until = "", None
    row.openings, row.opened_at = row.openings + 1, at
    allowance.answered(_case(row).fingerprint)
    outbox.put(handover_mails.opened(row, at), origin=f"request:{row.request_id}")
    record("subject", "open-copy", f"request:{row.request_id}")
    return Answer.OPENED


def opened_token(row: Handover) -> str:
    """What leads to the files for some minutes after the right code."""
    return RIGHTS_OPENED.sign([row.id, row.openings])


def opened(token: str, at: datetime) -> Handover:
    """The copy that was opened with that token; raises Expired once a later opening was."""
    match RIGHTS_OPENED.read(token):
        case [int(number), int(opening)]:
            row = db.session.get(Handover, number)
        case _:
            raise NotFound("copy")
    if row is None:
        raise NotFound("copy")
    if row.ended_at is not None or at >= row.expires_at or row.openings != opening:
        raise Expired("copy")
    return row


def files(row: Handover) -> dict[str, str]:
    """What the copy holds, by the name of the file."""
    content: dict[str, str] = json.loads(vault.get(row.file))
    return content


def end_expired(at: datetime) -> int:
    """Delete the copies whose time is over, and to whom they went; says how many."""
    over = db.session.scalars(
        select(Handover).where(Handover.ended_at.is_(None), Handover.expires_at <= at)
    ).all()
    for row in over:
        vault.forget(row.file)
        row.file, row.address, row.code_digest, row.ended_at = "", "", "", at
    return len(over)


def _case(row: Handover) -> RightsRequest:
    return db.session.get_one(RightsRequest, row.request_id)


def _code_digest(row: Handover, code: str) -> str:
    key = current_app.config["SECRET_KEYS"][-1].encode()
    return hmac.digest(key, f"copy-code:{row.id}:{code}".encode(), "sha256").hex()
