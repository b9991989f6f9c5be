"""Many rows of each thing that the pages of the desk list."""

from sqlalchemy import insert, select

from mailer import addresses
from mailer.bounces.models import ReturnedMail
from mailer.bounces.quarantine import Sort
from mailer.bounces.quarantine import State as ReturnState
from mailer.cli.bench_requests import row as request_row
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.db import db, transaction
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import CampaignState, DeliveryState
from mailer.newsletters import operations as newsletters
from mailer.rights.kinds import Right
from mailer.rights.models import RequestLine, RightsRequest
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.imports.stages import Stage
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import MailingList, Subscriber


def fill(first, number):
    """People who asked, a letter to each that is in doubt, their requests, and what came back."""
    at = now()
    people = range(first, first + number)
    with transaction():
        if not first:
            data = ListData("La lettre", "des portraits", "Une fois par mois")
            subscriptions.create_list(data, "account:1")
        for n in people:
            shown = Evidence(Method.WEB_FORM, at)
            address = addresses.parse(f"p{n}@exemple.fr")
            subscriptions.request(address, [1], shown, "fr", at)
        series = newsletters.series_of(db.session.get_one(MailingList, 1))
        drafts = [newsletters.draft_issue(series, [], "fr", at, "account:1") for _ in people]
        for draft in drafts:
            draft.subject = "La lettre de novembre"
        db.session.flush()
        issues = [draft.id for draft in drafts]
        db.session.execute(insert(Campaign), [campaign(issue, at) for issue in issues])
        wanted = select(Subscriber.id).order_by(Subscriber.id.desc()).limit(number)
        readers = db.session.scalars(wanted).all()
        campaigns = db.session.scalars(
            select(Campaign.id).order_by(Campaign.id.desc()).limit(number)
        ).all()
        # One campaign to everybody, and every campaign to one reader.
        pairs = {(1, reader) for reader in readers} | {(each, 1) for each in campaigns if each > 1}
        db.session.execute(insert(Delivery), [delivery(*pair, at) for pair in sorted(pairs)])
        db.session.execute(insert(Import), [upload(at) for _ in people])
        db.session.execute(insert(ReturnedMail), [returned(n, at) for n in people])
        cases = [request_row(2 * n, 2 * n + 1, at, "account:1") for n in people]
        cases += [request_row(2 * n + 1, 0, at, "account:1") for n in people]
        db.session.execute(insert(RightsRequest), cases)
        numbers = db.session.scalars(select(RightsRequest.id)).all()[2 * first :]
        lines = [{"request_id": each, "right": Right.ACCESS} for each in numbers]
        db.session.execute(insert(RequestLine), lines)


def campaign(issue, at):
    """One that is over."""
    return {
        "issue_id": issue,
        "list_id": 1,
        "run": 1,
        "salt": "s",
        "content_hash": "h",
        "state": CampaignState.FINISHED,
        "created_by": 1,
        "created_at": at,
        "starts_at": at,
        "started_at": at,
        "ended_at": at,
    }


def delivery(campaign_id, reader, at):
    """One of which nobody knows whether it came."""
    state = DeliveryState.UNCERTAIN
    return {"campaign_id": campaign_id, "subscriber_id": reader, "state": state, "at": at}


def upload(at):
    """A file that waits to be described."""
    texts = dict.fromkeys(("sha256", "encoding", "separator", "product"), "x")
    return texts | {
        "stage": Stage.RECEIVED,
        "file_name": "abonnes.csv",
        "header": ["email"],
        "actor": "account:1",
        "answerable": "Camille Morin",
        "received_at": at,
    }


def returned(number, at):
    """A mail that no rule understood."""
    return {
        "digest": str(number),
        "fingerprint": f"{number:064x}",
        "sender": f"p{number}@exemple.fr",
        "subject": "Re",
        "content": b"Subject: Re\r\n\r\nBonjour\r\n",
        "size": 24,
        "sort": Sort.UNCLEAR,
        "is_proven": False,
        "asks_to_stop": False,
        "received_at": at,
        "state": ReturnState.WAITING,
    }
