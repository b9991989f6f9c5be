"""People press buttons: start twenty times at once, pause and resume, leave a list."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from browser import Browser
from crash.matrix import Bound, Row, look
from crash.world import World, world
from sqlalchemy import func, select, update

from mailer import tokens
from mailer.cli.bench import PASSPHRASE, SENDER
from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import pace
from mailer.delivery.models import Campaign, Delivery
from mailer.newsletters import approving
from mailer.newsletters import queries as newsletters
from mailer.subscriptions.models import Subscriber, Subscription

AT_ONCE = 20
# What a claim may still lead to, once the answer to a click is there.
IN_FLIGHT_SECONDS = 5
NO_LIMITS = {"SIGN_INS_A_MINUTE": 1000, "FORM_MIN_SECONDS": 0, "LINK_POSTS_A_MINUTE": 100_000}


def start(folder: Path, url: str, people: int) -> Row:
    """The same form, sent by twenty people in the same instant: one campaign, one mail each."""
    with world(folder, url, people, delay_ms=1, **NO_LIMITS) as found:
        letter = _forget_campaign(found)
        address = f"/bureau/lettres/{letter}/envoi"
        shown = {"run": 1, "when": "now", "content": _content(letter)}
        browsers = [_signed_in(found) for _ in range(AT_ONCE)]
        together = threading.Barrier(AT_ONCE)

        def press(browser: Browser) -> int:
            together.wait()
            with found.app.app_context():
                return browser.submit(address, **shown).status_code

        with ThreadPoolExecutor(AT_ONCE) as threads:
            statuses = list(threads.map(press, browsers))
        found.campaign_id = _end_hold()
        found.work()
        found.work()
        found.wait_for_end()
        made = db.session.scalar(select(func.count()).select_from(Campaign))
        said = [] if made == 1 else [f"{made} campaigns"]
        said += [] if set(statuses) == {303} else [f"statuses {sorted(set(statuses))}"]
        return look(found, "start pressed at once", AT_ONCE, Bound(), *said, workers=2)


def _content(issue_id: int) -> str:
    """The hash of the letter, which the form of its page carries."""
    return approving.verified(newsletters.issue(issue_id)).content_hash


def pause(folder: Path, url: str, people: int, pauses: int) -> Row:
    """Paused and resumed again and again; while it pauses, nothing new leaves."""
    with world(folder, url, people, **NO_LIMITS) as found:
        desk = _signed_in(found)
        place = f"/bureau/envois/{found.campaign_id}"
        found.work()
        found.work()
        said, done = [], 0
        for number in range(1, pauses + 1):
            if not found.wait_for_mails(people * number // (pauses + 1)):
                break
            said += [] if desk.submit(f"{place}/pause").status_code == 303 else ["not paused"]
            said += _stays_silent(found)
            resumed = desk.submit(f"{place}/fin-de-pause").status_code == 303
            said += [] if resumed else ["not resumed"]
            done += 1
        found.wait_for_end()
        return look(found, "paused and resumed", done, Bound(), *said, workers=2)


def leave(folder: Path, url: str, people: int, leavers: int) -> Row:
    """One click of each while the campaign runs; nothing is claimed for them 5 s later."""
    with world(folder, url, people, delay_ms=20, **NO_LIMITS) as found:
        found.work()
        found.work()
        found.wait_for_mails(people // 20)
        visitor = found.app.test_client()
        answered = {address: _click(visitor, link) for address, link in _links(found, leavers)}
        found.wait_for_end()
        late = [
            recipient
            for recipient, _id, at in found.accepted()
            if int(at) / 1000 > answered.get(recipient, float("inf")) + IN_FLIGHT_SECONDS
        ]
        reached = sum(found.ledger()[address] == "withheld" for address in answered)
        said = [f"{len(late)} written to after they left"] if late else []
        said += [] if reached else ["nobody left in time to be spared"]
        return look(found, "left by one click", leavers, Bound(), *said, workers=2)


def _stays_silent(found: World) -> list[str]:
    """What was claimed before may still leave while the claim is fresh; then nothing does."""
    found.wait(lambda: False, pace.FRESH.total_seconds() + 0.3)
    landed = found.count()
    found.wait(lambda: False, 0.3)
    return [] if found.count() == landed else ["sent while paused"]


def _signed_in(found: World) -> Browser:
    browser = found.app.test_client()
    browser.submit("/connexion", email=SENDER, passphrase=PASSPHRASE)
    return browser


def _forget_campaign(found: World) -> int:
    """Let the letter not have been sent yet; its number."""
    with transaction():
        campaign = db.session.get_one(Campaign, found.campaign_id)
        db.session.delete(campaign)
        return campaign.issue_id


def _end_hold() -> int:
    """Let the minute to think again be over; the number of the campaign."""
    with transaction():
        db.session.execute(update(Campaign).values(starts_at=now()))
        return db.session.scalars(select(func.min(Campaign.id))).one()


def _links(found: World, leavers: int) -> list[tuple[str, str]]:
    """Addresses, and the one-click links of their mails, from the end of the queue."""
    rows = (
        select(Subscriber.address, Subscription.id, Delivery.id)
        .join(Subscription, Subscription.subscriber_id == Subscriber.id)
        .join(Delivery, Delivery.subscriber_id == Subscriber.id)
        .where(Delivery.campaign_id == found.campaign_id)
        .order_by(Delivery.id.desc())
        .limit(leavers)
    )
    db.session.rollback()
    return [
        (address, tokens.UNSUBSCRIBE.sign([subscription, f"delivery:{delivery}"]))
        for address, subscription, delivery in db.session.execute(rows)
    ]


def _click(visitor: Browser, token: str) -> float:
    """The mail program's own POST (RFC 8058); when it was answered."""
    answer = visitor.post(f"/u/{token}", data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    return time.time()
