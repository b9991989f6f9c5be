"""Amazon SNS: signed by Amazon, of our topic, confirmed after both and never elsewhere."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from posting import LOGIN, basic
from sns_topic import CERTIFICATE_URL, SUBSCRIBE_URL, TOPIC, bounce, signed, subscription
from sqlalchemy import func, select

from mailer.bounces.models import ProviderEvent
from mailer.bounces.signatures_sns import certificate_url, subscribe_url
from mailer.db import db


@pytest.fixture
def topic(app):
    app.config["BOUNCE_WEBHOOKS"] = {"ses": [TOPIC]}


@pytest.fixture
def post(visitor):
    def send(message, **headers):
        announced = {
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Amz-Sns-Message-Type": message.get("Type", ""),
            "X-Amz-Sns-Message-Id": message.get("MessageId", ""),
        }
        headers = announced | headers
        return visitor.post("/retours/ses", data=json.dumps(message), headers=headers).status_code

    return send


def kept():
    return db.session.scalar(select(func.count()).select_from(ProviderEvent))


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.usefixtures("topic")
def test_what_amazon_signed_is_taken(amazon, post, version):
    assert post(signed(bounce(), version)) == 200
    assert (amazon.asked, kept()) == ([CERTIFICATE_URL], 1)


@pytest.mark.usefixtures("topic")
def test_the_certificate_is_asked_for_once(amazon, post):
    assert [post(signed(bounce(f"m-{n}"))) for n in range(3)] == [200] * 3
    assert (amazon.asked, kept()) == ([CERTIFICATE_URL], 3)


@pytest.mark.parametrize("field", ["Message", "MessageId", "Timestamp", "Type"])
@pytest.mark.usefixtures("topic", "amazon")
def test_a_field_that_was_changed_breaks_the_signature(post, field):
    changed = {"Type": "UnsubscribeConfirmation"}.get(field, "x")
    assert post(signed(bounce()) | {field: changed}) == 401
    assert kept() == 0


@pytest.mark.usefixtures("topic", "amazon")
def test_the_signature_of_another_key_is_refused(post):
    other = rsa.generate_private_key(65537, 2048)
    assert post(signed(bounce(), key=other)) == 401


@pytest.mark.usefixtures("topic")
def test_the_topic_of_somebody_else_is_refused_and_nothing_is_fetched(amazon, post):
    theirs = TOPIC.replace("123456789012", "999999999999")
    assert post(signed(bounce() | {"TopicArn": theirs})) == 401
    assert amazon.asked == []


@pytest.mark.usefixtures("topic")
def test_a_signed_subscription_is_confirmed(amazon, post):
    assert post(signed(subscription())) == 200
    assert amazon.asked == [CERTIFICATE_URL, SUBSCRIBE_URL]


@pytest.mark.usefixtures("topic")
def test_a_forged_subscription_confirms_nothing(amazon, post):
    assert post(signed(subscription()) | {"Token": "x"}) == 401
    assert amazon.asked == [CERTIFICATE_URL]


@pytest.mark.usefixtures("topic")
def test_a_confirmation_never_leads_elsewhere(amazon, post):
    astray = subscription() | {"SubscribeURL": "https://sns.exemple.fr/?Action=Confirm"}
    assert post(signed(astray)) == 200
    assert amazon.asked == [CERTIFICATE_URL]


def test_a_login_stands_for_the_signature_of_an_event(app, amazon, post):
    app.config["BOUNCE_WEBHOOKS"] = {"ses": [LOGIN]}
    assert post(bounce(), **basic()) == 200
    assert (amazon.asked, kept()) == ([], 1)


def test_a_login_does_not_confirm_what_is_not_signed(app, amazon, post):
    app.config["BOUNCE_WEBHOOKS"] = {"ses": [LOGIN]}
    assert post(subscription(), **basic()) == 200
    assert amazon.asked == []


def test_with_a_login_and_a_topic_both_are_asked_for(app, amazon, post):
    app.config["BOUNCE_WEBHOOKS"] = {"ses": [LOGIN, TOPIC]}
    assert post(signed(bounce())) == 401
    assert post(bounce(), **basic()) == 401
    assert amazon.asked == []
    assert post(signed(bounce()), **basic()) == 200


@pytest.mark.usefixtures("topic")
def test_an_event_waits_with_amazon_while_its_certificate_is_out_of_reach(amazon, post):
    amazon.is_up = False
    assert post(signed(bounce())) == 503
    amazon.is_up = True
    assert post(signed(bounce())) == 200
    assert kept() == 1


@pytest.mark.parametrize("header", ["X-Amz-Sns-Message-Type", "X-Amz-Sns-Message-Id"])
@pytest.mark.usefixtures("topic", "amazon")
def test_a_message_is_the_one_that_its_header_announces(post, header):
    assert post(signed(bounce()), **{header: "other"}) == 401


@pytest.mark.usefixtures("amazon")
def test_an_event_without_its_envelope_is_not_lost_in_silence(app, post):
    app.config["BOUNCE_WEBHOOKS"] = {"ses": [LOGIN]}
    assert post(json.loads(bounce()["Message"]), **basic()) == 400


PATH = "/SimpleNotificationService-0123456789abcdef.pem"


@pytest.mark.parametrize(
    "url",
    [
        f"http://sns.eu-west-3.amazonaws.com{PATH}",
        f"https://sns.eu-west-3.amazonaws.com.exemple.fr{PATH}",
        f"https://exemple.fr/sns.eu-west-3.amazonaws.com{PATH}",
        f"https://sns.eu-west-3.amazonaws.com@exemple.fr{PATH}",
        f"https://u:p@sns.eu-west-3.amazonaws.com{PATH}",
        f"https://sns.eu-west-3.amazonaws.com:8443{PATH}",
        f"https://s3.eu-west-3.amazonaws.com{PATH}",
        f"https://a.sns.eu-west-3.amazonaws.com{PATH}",
        "https://sns.eu-west-3.amazonaws.com/other.pem",
        f"https://sns.eu-west-3.amazonaws.com/..{PATH}",
        f"https://[{PATH}",
        "",
        7,
    ],
)
def test_a_certificate_is_fetched_from_amazon_alone(url):
    assert certificate_url({"SigningCertURL": url}) is None


def test_the_regions_of_china_have_a_domain_of_their_own():
    url = f"https://sns.cn-north-1.amazonaws.com.cn{PATH}"
    assert certificate_url({"SigningCertURL": url}) == url


def test_only_a_question_is_answered():
    said = subscription() | {"Type": "UnsubscribeConfirmation"}
    assert subscribe_url(said) is None
    assert subscribe_url(subscription()) == SUBSCRIBE_URL
