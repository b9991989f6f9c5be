"""The letter as each kind of mail client and of reader shows it."""

import pytest

from mailer import addresses
from mailer.audit.models import Entry
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.newsletters import appearance, operations, queries
from mailer.newsletters.block_types import Image, Text
from mailer.newsletters.blocks import Block, When
from mailer.newsletters.operations import Draft
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.pausing import Frequency
from mailer.subscriptions.states import State

BLOCKS = (
    Block("b1", Text("Bonjour {{prenom|à vous}}")),
    Block("b2", Image(image="/medias/phare.jpg", alt="Le phare")),
    Block("b3", Text("Une fois le mois"), When(frequencies=("monthly",))),
)


@pytest.fixture
def sender(staff):
    return staff("sender")


@pytest.fixture
def letter(draft):
    """The number of a letter with a name, a picture and a condition."""
    with transaction():
        operations.save(queries.locked(draft), Draft("Le phare", "", BLOCKS), 2, now(), "account:9")
    return draft


def frame(editor, letter, **query):
    return editor.get(f"/bureau/lettres/{letter}/apercu", query_string=query)


@pytest.mark.parametrize(
    "view", ["ordinateur", "telephone", "sombre", "sans-images", "sans-style", "texte", "autre"]
)
def test_every_view_is_a_page_with_the_letter_in_a_frame_that_runs_nothing(editor, letter, view):
    page = editor.get(f"/bureau/lettres/{letter}/apercus?vue={view}").text

    assert ("<iframe" in page) == (view != "texte")
    assert "<iframe" not in page or " sandbox title=" in page
    assert view != "texte" or "Bonjour à vous" in page


def test_the_frame_may_style_itself_and_nothing_else(editor, letter):
    policy = frame(editor, letter).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy


def test_without_pictures_only_their_alternatives_stand(editor, letter):
    shown = frame(editor, letter, vue="sans-images").text

    assert "/medias/" not in shown
    assert 'alt="Le phare"' in shown


def test_without_style_no_sheet_is_left(editor, letter):
    assert "<style" in frame(editor, letter).text
    assert "<style" not in frame(editor, letter, vue="sans-style").text


def test_a_dark_screen_is_shown_on_a_light_one(editor, letter):
    assert appearance.DARK_SCREENS not in frame(editor, letter, vue="sombre").text


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({}, "Bonjour à vous", "Une fois le mois"),
        ({"frequence": "monthly"}, "Une fois le mois", "prenom"),
        ({"depuis": "2024-02-29"}, "29 février 2024", "Une fois le mois"),
        ({"frequence": "jamais", "depuis": "hier", "langue": "zz"}, "Bonjour à vous", "Une fois"),
    ],
)
def test_the_letter_is_shown_as_that_kind_of_person_reads_it(editor, letter, query, shown, hidden):
    page = frame(editor, letter, **query).text

    assert shown in page
    assert hidden not in page


@pytest.fixture
def reader(letter):
    """Somebody who receives the letter once a month since March 2023."""
    since = now().replace(year=2023, month=3, day=12)
    address = addresses.parse("leo@exemple.fr")
    with transaction():
        proof = Evidence(Method.CONFIRM_POST, since)
        event = consent.record(fingerprint_of(address), "list:estran", Kind.CONFIRMED, proof)
        person = Subscriber(
            address=address.display,
            fingerprint=fingerprint_of(address),
            language="fr",
            created_at=since,
        )
        line = Subscription(
            list_id=queries.issue(letter).newsletter.list_id,
            subscriber=person,
            state=State.ACTIVE,
            consent_id=event.id,
            requested_at=since,
            confirmed_at=since,
            frequency=Frequency.MONTHLY,
        )
        db.session.add(line)
        db.session.flush()
        return person.id


def test_the_view_of_somebody_is_noted_and_their_address_stays_out_of_the_address_bar(
    sender, letter, reader
):
    answer = sender.submit(f"/bureau/lettres/{letter}/apercus", address=" Leo@exemple.fr")

    assert answer.status_code == 303
    assert "frequence=monthly" in answer.location
    assert "depuis=2023-03-12" in answer.location
    assert "leo" not in answer.location.lower()
    noted = db.session.query(Entry.verb).filter(Entry.subject == f"subscriber:{reader}")
    assert noted.scalar() == "previewed_as"


@pytest.mark.parametrize("address", ["zoe@exemple.fr", "pas une adresse"])
def test_who_does_not_receive_the_list_is_not_shown(sender, letter, reader, address):
    answer = sender.submit(f"/bureau/lettres/{letter}/apercus", address=address)

    assert answer.location.endswith("/apercus")
    assert "Personne ne reçoit cette liste" in sender.get(answer.location).text


def test_an_editor_cannot_ask_whether_an_address_receives_the_list(editor, letter, reader):
    answer = editor.submit(f"/bureau/lettres/{letter}/apercus", address="leo@exemple.fr")

    assert answer.status_code == 404
