"""What the words of each service come to mean for a mail of ours."""

import json

import pytest

from mailer.bounces.providers import PROVIDERS
from mailer.bounces.providers.meaning import returned
from mailer.bounces.providers.told import Posted
from mailer.mail.returned import Kind, Reason

OURS = "<c3.r12.0123456789abcdef@rebond.exemple.fr>"
PATH = "rebond+12.0123456789abcdef@rebond.exemple.fr"


def meanings(provider, said):
    told = PROVIDERS[provider](Posted(json.dumps(said).encode(), {}))
    return [returned(each) for each in told]


def meaning(provider, said):
    (found,) = meanings(provider, said)
    return found and (found.kind, found.reason, found.is_permanent)


def ses(**said):
    mail = {"messageId": "0100", "source": PATH, "destination": ["a@exemple.fr"]}
    message = json.dumps({"mail": mail} | said)
    return {"Type": "Notification", "MessageId": "m", "Message": message}


def ses_bounce(kind, subtype="General", status="5.0.0"):
    person = {"emailAddress": "a@exemple.fr", "status": status}
    bounce = {"bounceType": kind, "bounceSubType": subtype, "bouncedRecipients": [person]}
    return ses(notificationType="Bounce", bounce=bounce)


def ses_complaint(feedback):
    people = [{"emailAddress": "a@exemple.fr"}]
    complaint = {"complaintFeedbackType": feedback, "complainedRecipients": people}
    return ses(eventType="Complaint", complaint=complaint)


def mailgun(**said):
    return {"event-data": {"recipient": "a@exemple.fr"} | said, "signature": {"token": "t"}}


def sparkpost(**said):
    return [{"msys": {"message_event": {"rcpt_to": "a@exemple.fr"} | said}}]


def sendgrid(**said):
    return [{"email": "a@exemple.fr", "timestamp": 1793610000} | said]


BOUNCE, COMPLAINT, LEFT = Kind.BOUNCE, Kind.COMPLAINT, Kind.UNSUBSCRIBED
DEAD = (BOUNCE, Reason.USER_UNKNOWN, True)
COMPLAINED = (COMPLAINT, Reason.FEEDBACK, None)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        (ses_bounce("Permanent", "NoEmail"), DEAD),
        (ses_bounce("Permanent", status="5.1.1"), DEAD),
        (ses_bounce("Permanent", "Suppressed", "5.1.1"), (BOUNCE, Reason.SUSPEND, True)),
        (ses_bounce("Permanent", "UnsubscribedRecipient"), (LEFT, Reason.UNDEFINED, True)),
        (ses_bounce("Transient", "MailboxFull"), (BOUNCE, Reason.MAILBOX_FULL, False)),
        (ses_bounce("Undetermined", "Undetermined", ""), (BOUNCE, Reason.UNDEFINED, None)),
        (ses_complaint("abuse"), COMPLAINED),
        (ses_complaint("not-spam"), None),
        (
            ses(eventType="DeliveryDelay", deliveryDelay={"delayType": "MailboxFull"}),
            (Kind.DELAYED, Reason.MAILBOX_FULL, False),
        ),
        (
            ses(eventType="Reject", reject={"reason": "Bad content"}),
            (BOUNCE, Reason.VIRUS_DETECTED, None),
        ),
        (ses(eventType="Open", open={}), None),
        (ses(eventType="Send", send={}), None),
        (
            ses(
                eventType="Subscription",
                subscription={"newTopicPreferences": {"unsubscribeAll": True}},
            ),
            (LEFT, Reason.UNDEFINED, None),
        ),
    ],
)
def test_amazon_ses(said, means):
    assert meaning("ses", said) == means


@pytest.mark.parametrize(
    ("said", "means"),
    [
        (sendgrid(event="bounce", type="bounce", status="5.1.1"), DEAD),
        (sendgrid(event="bounce", type="blocked", status="5.7.1"), (BOUNCE, Reason.BLOCKED, False)),
        (
            sendgrid(event="bounce", bounce_classification="Mailbox Unavailable", status="5.2.2"),
            (BOUNCE, Reason.MAILBOX_FULL, True),
        ),
        (sendgrid(event="dropped", reason="Spam Reporting Address"), COMPLAINED),
        (
            sendgrid(event="dropped", reason="Invalid SMTPAPI header"),
            (BOUNCE, Reason.UNDEFINED, None),
        ),
        (sendgrid(event="dropped", reason="Bounced Address"), (BOUNCE, Reason.SUSPEND, None)),
        (sendgrid(event="dropped", reason="Invalid"), DEAD),
        (
            sendgrid(event="dropped", type="expired", reason="4.4.1 try later"),
            (BOUNCE, Reason.EXPIRED, None),
        ),
        (sendgrid(event="spamreport"), COMPLAINED),
        (sendgrid(event="group_unsubscribe"), (LEFT, Reason.UNDEFINED, None)),
        (sendgrid(event="group_resubscribe"), None),
        (sendgrid(event="click"), None),
    ],
)
def test_sendgrid(said, means):
    assert meaning("sendgrid", said) == means


@pytest.mark.parametrize(
    ("said", "means"),
    [
        (
            mailgun(
                event="failed",
                severity="permanent",
                reason="bounce",
                **{"delivery-status": {"code": 550, "message": "5.1.1 user unknown"}},
            ),
            DEAD,
        ),
        (
            mailgun(event="failed", severity="permanent", reason="suppress-bounce"),
            (BOUNCE, Reason.SUSPEND, True),
        ),
        (
            mailgun(event="failed", severity="permanent", reason="suppress-complaint"),
            (COMPLAINT, Reason.FEEDBACK, True),
        ),
        (
            mailgun(event="failed", severity="permanent", reason="suppress-unsubscribe"),
            (LEFT, Reason.UNDEFINED, True),
        ),
        (
            mailgun(event="failed", severity="temporary", reason="greylisted"),
            (Kind.DELAYED, Reason.EXPIRED, False),
        ),
        (mailgun(event="complained"), COMPLAINED),
        (mailgun(event="stored"), None),
        (
            mailgun(event="rejected", reject={"reason": "Sandbox subdomains are for tests"}),
            (BOUNCE, Reason.UNDEFINED, None),
        ),
    ],
)
def test_mailgun(said, means):
    assert meaning("mailgun", said) == means


def postmark(kind, details=""):
    return {"RecordType": "Bounce", "Type": kind, "Email": "a@exemple.fr", "Details": details}


def change(reason, *, sending=True):
    said = {"SuppressSending": sending, "SuppressionReason": reason, "Recipient": "a@exemple.fr"}
    return {"RecordType": "SubscriptionChange"} | said


@pytest.mark.parametrize(
    ("said", "means"),
    [
        (postmark("HardBounce", "smtp;550 5.1.1 no such user"), DEAD),
        (postmark("HardBounce", "from 5.1.1.1"), (BOUNCE, Reason.UNDEFINED, True)),
        (postmark("SoftBounce", "452 4.2.2 full"), (BOUNCE, Reason.MAILBOX_FULL, False)),
        (postmark("Transient"), (Kind.DELAYED, Reason.UNDEFINED, False)),
        (postmark("BadEmailAddress"), DEAD),
        (postmark("ManuallyDeactivated"), (BOUNCE, Reason.SUSPEND, None)),
        (postmark("Blocked"), (BOUNCE, Reason.BLOCKED, None)),
        (postmark("DMARCPolicy"), (BOUNCE, Reason.AUTH_FAILURE, None)),
        (postmark("AutoResponder"), (Kind.AUTOREPLY, Reason.VACATION, None)),
        (postmark("SpamNotification"), COMPLAINED),
        (change("ManualSuppression"), (LEFT, Reason.UNDEFINED, None)),
        (change("SpamComplaint"), COMPLAINED),
        (change(None, sending=False), None),
        (change("SomethingNew"), (LEFT, Reason.UNDEFINED, None)),
        (postmark("SomethingNew"), (BOUNCE, Reason.UNDEFINED, None)),
        (postmark("Unknown"), None),
    ],
)
def test_postmark(said, means):
    assert meaning("postmark", said) == means


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ({"event": "hard_bounce", "reason": "550 5.1.1 unknown"}, DEAD),
        ({"event": "soft_bounce", "reason": "452 4.2.2"}, (BOUNCE, Reason.MAILBOX_FULL, False)),
        ({"event": "invalid_email"}, DEAD),
        ({"event": "blocked"}, (BOUNCE, Reason.SUSPEND, None)),
        ({"event": "unsubscribed"}, (LEFT, Reason.UNDEFINED, None)),
        ({"event": "spam"}, COMPLAINED),
        ({"event": "unique_opened"}, None),
    ],
)
def test_brevo(said, means):
    assert meaning("brevo", {"email": "a@exemple.fr"} | said) == means


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ({"event": "bounce", "hard_bounce": True, "error": "user unknown"}, DEAD),
        (
            {"event": "bounce", "hard_bounce": False, "error": "quota exceeded"},
            (BOUNCE, Reason.MAILBOX_FULL, False),
        ),
        ({"event": "blocked", "error": "preblocked"}, (BOUNCE, Reason.SUSPEND, None)),
        ({"event": "blocked", "error": "spam reporter"}, COMPLAINED),
        ({"event": "bounce", "error": "something new"}, (BOUNCE, Reason.UNDEFINED, None)),
        ({"event": "spam", "source": "JMRPP"}, COMPLAINED),
        (
            {"event": "bounce", "hard_bounce": False, "error": "greylisted"},
            (Kind.DELAYED, Reason.EXPIRED, None),
        ),
    ],
)
def test_mailjet(said, means):
    assert meaning("mailjet", {"email": "a@exemple.fr"} | said) == means


@pytest.mark.parametrize(
    ("said", "means"),
    [
        (sparkpost(type="bounce", bounce_class="10"), DEAD),
        (sparkpost(type="bounce", bounce_class="22"), (BOUNCE, Reason.MAILBOX_FULL, False)),
        # Their filter took the letter for spam; nobody complained.
        (sparkpost(type="bounce", bounce_class="51"), (BOUNCE, Reason.SPAM_DETECTED, None)),
        (sparkpost(type="out_of_band", bounce_class="60"), (Kind.AUTOREPLY, Reason.VACATION, None)),
        (sparkpost(type="bounce", bounce_class="90"), (LEFT, Reason.UNDEFINED, None)),
        (sparkpost(type="spam_complaint"), COMPLAINED),
        (sparkpost(type="list_unsubscribe"), (LEFT, Reason.UNDEFINED, None)),
        (sparkpost(type="injection"), None),
        (sparkpost(type="bounce", bounce_class="77"), (BOUNCE, Reason.UNDEFINED, None)),
    ],
)
def test_sparkpost(said, means):
    assert meaning("sparkpost", said) == means


def test_the_test_request_of_sparkpost_tells_nothing():
    assert meanings("sparkpost", [{"msys": {}}]) == []


@pytest.mark.parametrize(
    ("provider", "said"),
    [
        ("sendgrid", sendgrid(event="bounce", **{"smtp-id": OURS})),
        ("mailgun", mailgun(event="complained", message={"headers": {"message-id": OURS}})),
        ("postmark", postmark("HardBounce") | {"Metadata": {"mailer-id": OURS}}),
        ("brevo", {"event": "spam", "X-Mailin-custom": json.dumps({"mailer_id": OURS})}),
        ("mailjet", {"event": "spam", "MessageID": 7, "CustomID": OURS}),
        ("sparkpost", sparkpost(type="bounce", rcpt_meta={"mailer_id": OURS})),
    ],
)
def test_our_own_message_id_is_found_where_the_service_puts_it(provider, said):
    (found,) = meanings(provider, said)
    assert found.message_id == OURS


def test_amazon_and_sparkpost_say_from_which_return_path():
    (found,) = meanings("ses", ses_complaint("abuse"))
    assert found.return_path == PATH
    (found,) = meanings("sparkpost", sparkpost(type="bounce", msg_from=PATH))
    assert found.return_path == PATH


def test_a_batch_tells_of_each():
    batch = [{"event": "spam", "email": f"{n}@exemple.fr"} for n in range(3)]
    for provider in ("brevo", "mailjet"):
        assert [each.recipient for each in meanings(provider, batch)] == [
            "0@exemple.fr",
            "1@exemple.fr",
            "2@exemple.fr",
        ]
