"""Whom a predicate means: each condition on real rows, and nobody by what they refused."""

import pytest
from delivery.segment_world import ANSWERS, AT, BASES, MEASURED, UNMEASURED, build
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text
from subscriptions.segments.written import trees

from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import db, transaction
from mailer.delivery import segment_counts, segments
from mailer.subscriptions.models import Subscriber
from mailer.subscriptions.segments.predicate import (
    Dated,
    Deed,
    Did,
    Field,
    Is,
    Lately,
    Moment,
    Side,
    Unit,
)
from mailer.subscriptions.segments.queries import vocabulary
from mailer.subscriptions.segments.reading import read

ALL = set(ANSWERS)


@pytest.fixture
def world(write, sender):
    issue = write()
    with transaction():
        build(issue, sender)


def meant(node):
    """Of each of the three, which of the six are meant, by the end of their names."""
    found = db.session.scalars(select(Subscriber.address).where(segments.matches(node, AT)))
    names = [address.partition("@")[0].split("-") for address in found]
    return {base: {rest for first, rest in names if first == base} for base in BASES}


def understood(text):
    return read(text, vocabulary(), "fr")


EACH = {
    "liste = « L’Estran »": {"anna"},
    "liste ≠ « L’Estran »": {"ben", "chloe"},
    "liste quittée = estran": {"chloe"},
    "liste à confirmer = Agenda": {"chloe"},
    "sujet = Culture": {"ben"},
    "territoire = Calvados": {"anna"},
    "langue = anglais": {"ben"},
    "fréquence = une par semaine": {"ben"},
    "source = formulaire": {"anna"},
    "source ≠ formulaire": {"ben", "chloe"},
    "source = page intégrée": {"ben"},
    "source = importation": {"chloe"},
    "importation = 1": {"chloe"},
    "importé par = 7": {"chloe"},
    "inscrit avant le 1er novembre 2026": {"anna"},
    "inscrit après le 1er novembre 2026": {"ben"},
    "inscrit après le 10 novembre 2026": set(),
    "inscrit dans les 10 derniers jours": {"ben"},
    "confirmé dans les 9 derniers jours": {"ben"},
    "confirmé dans les 8 derniers jours": set(),
    "sujet = Mer ou sujet = Culture": {"anna", "ben"},
    "non (sujet = Mer ou sujet = Culture)": {"chloe"},
    "langue = français et source = importation": {"chloe"},
}
MEASURED_ONLY = {
    "a reçu dans les 10 derniers jours": set(MEASURED),
    "n’a pas reçu dans les 3 derniers jours": set(MEASURED),
    "a ouvert dans les 10 derniers jours": {"opened"},
    "n’a pas ouvert dans les 10 derniers jours": {"silent", "clicked"},
    "a ouvert dans les 3 derniers jours": set(),
    # No letter of these days could tell.
    "n’a pas ouvert dans les 3 derniers jours": set(),
    "a cliqué dans la dernière lettre": {"clicked"},
    "a cliqué dans les 2 dernières lettres": {"clicked"},
    "n’a pas cliqué dans la dernière lettre": {"silent", "opened"},
    "non (a ouvert dans les 10 derniers jours ou a cliqué dans la dernière lettre)": {"silent"},
    "a ouvert dans les 10 derniers jours ou n’a pas ouvert dans les 10 derniers jours": set(
        MEASURED
    ),
    "non (langue = anglais et a ouvert dans les 10 derniers jours)": {"silent", "clicked"},
}


def test_each_condition_means_whom_it_says(world):
    found = {text: {base for base, who in meant(understood(text)).items() if who} for text in EACH}

    assert found == EACH


def test_what_people_do_with_letters_is_asked_only_of_those_who_agreed(world):
    found = {text: meant(understood(text))["ben"] for text in MEASURED_ONLY}

    assert found == MEASURED_ONLY


CONDITIONS = st.one_of(
    st.sampled_from(
        [
            Is(Field.LIST, "estran"),
            Is(Field.LEFT, "estran"),
            Is(Field.TOPIC, "Culture"),
            Is(Field.LANGUAGE, "fr"),
            Is(Field.SOURCE, "import"),
            Lately(Moment.REQUESTED, 15),
            Dated(Moment.CONFIRMED, Side.BEFORE, AT.date()),
        ]
    ),
    st.builds(Did, st.sampled_from(Deed), st.sampled_from([3, 10, 40]), st.just(Unit.DAYS)),
    st.builds(
        Did, st.sampled_from([Deed.OPENED, Deed.CLICKED]), st.integers(1, 2), st.just(Unit.LETTERS)
    ),
)


def test_no_predicate_can_single_out_who_refused(world):
    """Whoever refused is in it only with everybody who is alike but for the answer."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(trees(CONDITIONS))
    def holds(tree):
        for who in meant(tree).values():
            assert who.isdisjoint(UNMEASURED) or who == ALL

    holds()


def test_nobody_is_counted_whose_data_are_set_aside(world):
    with transaction():
        consent.suppress("fingerprint of ben-silent", Reason.RESTRICTION, AT, "request:1")

    assert segment_counts.live(understood("langue = anglais"), AT) == segment_counts.Count(5, 5)


def test_a_sample_says_why_each_is_in_it_and_hides_who_it_is(world):
    text = "langue = anglais et (sujet = Culture ou sujet = Mer)"
    found = segment_counts.some(understood(text), AT)

    assert [person.masked for person in found] == ["b••••@exemple.fr"] * 5
    assert {person.because for person in found} == {
        (Is(Field.LANGUAGE, "en"), Is(Field.TOPIC, "Culture"))
    }


def memory():
    """What PostgreSQL may use to sort and to hash; nothing is set elsewhere."""
    is_set = db.engine.dialect.name == "postgresql"
    return db.session.scalar(text("SHOW work_mem")) if is_set else ""


def test_among_many_people_the_count_is_between_two_numbers(app):
    with transaction():
        people = [
            {
                "address": f"p{number}@exemple.fr",
                "fingerprint": str(number),
                "language": "en" if number % 2 else "fr",
                "created_at": AT,
            }
            for number in range(24_000)
        ]
        db.session.execute(insert(Subscriber), people)

    half = segment_counts.live(understood("langue = anglais"), AT)
    nobody = segment_counts.live(understood("source = API"), AT)
    little = memory()
    db.session.rollback()

    assert (little == memory()) == (memory() == "")
    assert half.least < 12_000 < half.most < half.least + 1_600
    assert (nobody.least, nobody.most) == (0, 36)
    assert segment_counts.exact(understood("langue = anglais"), AT) == 12_000
