"""Articles become drafts, approved letters leave: under the same approvals as at the desk."""

from datetime import timedelta

import pytest
from api import office
from sqlalchemy import select

from mailer.addresses import parse
from mailer.audit.queries import history_of
from mailer.clock import now, paris_day
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.delivery import elections
from mailer.delivery.elections import PeriodData
from mailer.mail.models import OutboxMessage
from mailer.mail.relay import KEY
from mailer.mail.transports.memory import Memory
from mailer.newsletters import approving, jobs, operations, queries
from mailer.newsletters.approving import OwnLetter
from mailer.rights import operations as rights
from mailer.rights.kinds import Right
from mailer.rights.models import Channel
from mailer.rights.operations import Intake
from mailer.subscriptions import objecting
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.queries import of_address

ARTICLE = {"title": "Le quai ferme", "url": "https://www.exemple.fr/quai", "summary": "Lundi."}


@pytest.fixture
def port(app, maker):
    with transaction():
        row = office.mailing_list()
        office.reader(row, "camille@exemple.fr")
        return row.id


@pytest.fixture
def draft(program, port):
    site = program()
    number = site.post("/articles", ARTICLE).json["id"]
    return site.post("/letters", {"list_id": port, "article_ids": [number]}).json


@pytest.fixture
def approved(draft, maker):
    with transaction():
        letter = queries.issue(draft["id"])
        operations.approve(letter, letter.revision, f"account:{maker}", now())
        return {"letter_id": letter.id, "content_hash": letter.letter.content_hash}


def test_an_article_is_written_rewritten_and_removed(program):
    site = program("articles:read", "articles:write")
    made = site.post("/articles", ARTICLE)
    path = f"/articles/{made.json['id']}"

    twice = site.post("/articles", ARTICLE)
    changed = site.patch(path, {"title": "Le quai rouvre"}, made.headers["ETag"])
    gone = site.send("DELETE", path, If_Match=changed.headers["ETag"])

    assert (twice.status_code, twice.json["code"]) == (409, "article-exists")
    assert changed.json["title"] == "Le quai rouvre"
    assert changed.json["url"] == ARTICLE["url"]
    assert (gone.status_code, gone.data) == (204, b"")
    assert site.get(path).status_code == 404


def test_a_draft_is_written_of_articles_and_changed(program, draft):
    site = program()
    path = f"/letters/{draft['id']}"
    tag = site.get(path).headers["ETag"]
    broken = {"v": 1, "blocks": [{"id": "b1", "type": "nothing", "props": {}}]}

    refused = site.patch(path, {"blocks": broken}, tag)
    changed = site.patch(path, {"subject": "Travaux du port"}, tag)

    assert draft["subject"] == "Le quai ferme"
    assert refused.json["errors"][0]["pointer"] == "#/blocks/blocks/0"
    assert changed.json["subject"] == "Travaux du port"
    assert changed.json["revision"] == draft["revision"] + 1


def test_who_made_the_key_is_no_second_person_for_what_it_wrote(app, draft, maker):
    app.config["APPROVAL_ABOVE"] = 0
    letter = queries.issue(draft["id"])

    with pytest.raises(OwnLetter):
        approving.verdict(letter, f"account:{maker}")


def test_an_approved_letter_is_scheduled_paused_and_given_up(program, approved):
    site = program()

    made = site.post("/campaigns", approved)
    path = f"/campaigns/{made.json['id']}"
    twice = site.post("/campaigns", approved)
    early = site.post(f"{path}/pause")
    gone = site.post(f"{path}/cancel")

    assert (made.status_code, made.json["state"]) == (201, "scheduled")
    assert (twice.status_code, twice.json["code"]) == (409, "already-sent")
    assert (early.status_code, early.json["code"]) == (409, "conflict")
    assert gone.json["state"] == "cancelled"
    assert {each.actor for each in history_of(f"campaign:{made.json['id']}")} == {"key:2"}
    assert site.get(path).json["counts"] == {}


def test_nothing_leaves_that_the_desk_would_not_let_leave(app, program, draft, approved):
    site = program()
    unseen = site.post("/campaigns", approved | {"content_hash": "0" * 64})
    with transaction():
        today = paris_day(now())
        elections.add(PeriodData("Municipales", today, today), "account:1")
    near = site.post("/campaigns", approved)
    app.config["APPROVAL_ABOVE"] = 0
    alone = site.post("/campaigns", approved | {"election_checked": True})

    assert [each.json["code"] for each in (unseen, near, alone)] == [
        "letter-changed",
        "election-near",
        "second-approval-missing",
    ]
    assert site.get("/campaigns").json["data"] == []


def is_of(letter_id):
    """Whether a mail of the outbox is that letter."""
    return OutboxMessage.origin.in_((f"issue:{letter_id}", f"contract:{letter_id}"))


def test_a_letter_goes_to_one_person_with_consent_or_a_contract(program, approved):
    site, letter = program(), {"letter_id": approved["letter_id"]}
    reader, stranger = {"address": "camille@exemple.fr"}, {"address": "inconnu@exemple.fr"}

    sent = site.post("/messages", letter | reader | {"basis": "consent"})
    refused = site.post("/messages", letter | stranger | {"basis": "consent"})
    unnamed = site.post("/messages", letter | stranger | {"basis": "contract"})
    contract = {"basis": "contract", "contract": "EAU-2026-118"}
    named = site.post("/messages", letter | stranger | contract)

    assert (sent.status_code, named.status_code) == (201, 201)
    assert "Location" not in sent.headers
    assert (refused.status_code, refused.json["code"]) == (409, "no-lawful-basis")
    assert "sans son accord" in refused.json["title"]
    assert unnamed.json["errors"][0]["pointer"] == "#/contract"
    by_consent, by_contract = db.session.scalars(
        select(OutboxMessage).where(is_of(letter["letter_id"])).order_by(OutboxMessage.id)
    )
    assert "List-Unsubscribe" in dict(by_consent.headers)
    assert "/desinscriptions/" in by_consent.text
    assert "EAU-2026-118" in by_contract.text
    assert "inscrite" not in by_contract.text


def withdraw(person):
    [line] = of_address(person).values()
    subscriptions.end(line.id, "test", now())


def ask_for_silence(person):
    [line] = of_address(person).values()
    line.subscriber.paused_until = now() + timedelta(days=30)


def object_to(person):
    objecting.note(person, "account:1", now())


@pytest.mark.parametrize("say_no", [withdraw, ask_for_silence, object_to])
def test_a_letter_to_one_person_does_not_leave_once_they_said_no(program, approved, app, say_no):
    site, carried = program(), Memory()
    app.extensions[KEY] = carried
    with transaction():
        office.reader(queries.issue(approved["letter_id"]).newsletter.mailing_list, "b@exemple.fr")
    wanted = {"letter_id": approved["letter_id"], "basis": "consent"}
    withheld, sent = (
        site.post("/messages", wanted | {"address": who}).json["id"]
        for who in ("camille@exemple.fr", "b@exemple.fr")
    )
    with transaction():
        say_no(parse("camille@exemple.fr"))

    jobs.send_mails()

    left = {each.key for each in carried.taken}
    assert sent in left
    assert withheld not in left
    again = site.post("/messages", wanted | {"address": "camille@exemple.fr"})
    assert again.json["code"] == "no-lawful-basis"


def set_aside(person):
    rights.receive(
        Intake(
            address=person,
            fingerprint=fingerprint_of(person),
            rights=(Right.RESTRICTION,),
            verbatim="Madame, Monsieur…",
            channel=Channel.POST,
            received_on=paris_day(now()),
            language="fr",
            calendar="metropole",
        ),
        "account:1",
        now(),
    )


def test_a_contract_waits_in_vain_for_who_is_set_aside_and_their_answer_leaves(
    program, approved, app
):
    site, carried = program(), Memory()
    app.extensions[KEY] = carried
    wanted = {"letter_id": approved["letter_id"], "basis": "contract", "contract": "EAU-2026-118"}
    withheld, sent = (
        site.post("/messages", wanted | {"address": who}).json["id"]
        for who in ("abonnee@exemple.fr", "opposee@exemple.fr")
    )
    with transaction():
        consent.suppress(
            fingerprint_of(parse("opposee@exemple.fr")), Reason.OBJECTION, now(), "test"
        )
        set_aside(parse("abonnee@exemple.fr"))
    answers = select(OutboxMessage.id).where(OutboxMessage.origin.startswith("request:"))
    expected = {sent, *db.session.scalars(answers)}

    jobs.send_mails()

    left = {each.key for each in carried.taken}
    assert len(expected) == 2  # the other contract, and the acknowledgement
    assert (left >= expected, withheld in left) == (True, False)


def test_a_contract_reaches_who_objected_and_nobody_whose_mail_comes_back(program, approved):
    site, letter = program(), {"letter_id": approved["letter_id"]}
    contract = {"basis": "contract", "contract": "EAU-2026-118"}
    opposed, bounced = {"address": "opposee@exemple.fr"}, {"address": "revenu@exemple.fr"}
    site.post("/suppressions", opposed)
    with transaction():
        mailbox = fingerprint_of(parse(bounced["address"]))
        consent.suppress(mailbox, Reason.HARD_BOUNCE, now(), "test")

    reached = site.post("/messages", letter | opposed | contract)
    refused = site.post("/messages", letter | bounced | contract)

    assert reached.status_code == 201
    assert (refused.status_code, refused.json["code"]) == (409, "address-suppressed")


def test_only_an_approved_letter_goes_to_one_person(program, draft):
    letter = {"letter_id": draft["id"], "address": "camille@exemple.fr"}

    for ground in ({"basis": "consent"}, {"basis": "contract", "contract": "EAU-2026-118"}):
        refused = program().post("/messages", letter | ground)
        assert (refused.status_code, refused.json["code"]) == (409, "letter-not-approved")
    left = select(OutboxMessage).where(is_of(draft["id"]))
    assert db.session.scalars(left).all() == []
