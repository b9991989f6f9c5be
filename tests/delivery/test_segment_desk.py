"""A segment is drawn at the desk, by buttons or by hand, and kept under a name."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from mailer.audit.models import Entry
from mailer.db import db, transaction
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.segments.models import Segment
from mailer.subscriptions.segments.predicate import All, Field, Is, Not, Some

NEW = "/bureau/segments"
FRENCH, ESTRAN, SEA = Is(Field.LANGUAGE, "fr"), Is(Field.LIST, "estran"), Is(Field.TOPIC, "Mer")


@pytest.fixture
def desk(staff, list_id):
    with transaction():
        db.session.get_one(MailingList, list_id).topic = "Mer"
    return staff("subscribers")


def text_of(page):
    return unescape(re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page.text, re.DOTALL)[1])


def press(desk, page, do, **fields):
    """Press a button of the page, with the text that stands in it."""
    typed = {"name": "Côte", "text": text_of(page) if page else "", "joining": "all"}
    return desk.submit(NEW, **typed | {"do": do} | fields)


def saved():
    db.session.rollback()
    return db.session.scalars(select(Segment)).one()


def test_a_segment_is_drawn_by_buttons_alone(desk, subscribe):
    subscribe(3)
    page = press(desk, None, "choice", choice="list:estran")
    page = press(desk, page, "choice", choice="topic:Mer")
    page = press(desk, page, "choice", choice="source:import", denied="y")
    page = press(desk, page, "choice", choice="language:fr")
    page = press(desk, page, "remove-2")
    page = press(desk, page, "gather", part=["1", "2"])
    assert text_of(page) == "liste = L’Estran et (sujet = Mer ou langue = français)"
    assert "3 personnes" in page.text

    answer = press(desk, page, "save")

    assert answer.status_code == 303
    assert saved().where == All((ESTRAN, Some((SEA, FRENCH))))
    acts = db.session.scalars(select(Entry.verb).where(Entry.subject == "segment:1"))
    assert list(acts) == ["create"]


def test_days_and_what_was_measured_are_added_too(desk):
    page = press(desk, None, "day", when="requested:after", day="2026-01-01")
    page = press(desk, page, "deed", deed="opened:1", count="90", unit="days", joining="some")

    expected = "inscrit après le 1er janvier 2026 ou n’a pas ouvert dans les 90 derniers jours"
    assert text_of(page) == expected
    assert "De tous les autres on ne sait rien" in page.text


@pytest.mark.parametrize(
    ("fields", "cure"),
    [
        ({"do": "save", "text": "sujet = Mre"}, "Choisissez parmi : Mer"),
        ({"do": "save", "text": ""}, "Écrivez au moins une condition"),
        ({"do": "save", "name": " "}, "Nommez le segment"),
        ({"do": "save", "name": "camille@exemple.fr"}, "retirez le @"),
        ({"do": "choice", "choice": "topic:camille@exemple.fr"}, "Choisissez une valeur"),
        ({"do": "day", "when": "requested:after", "day": "demain"}, "Choisissez un jour"),
        ({"do": "deed", "deed": "received:0", "count": "3", "unit": "letters"}, "comptez en jours"),
        ({"do": "deed", "deed": "opened:0", "count": "0", "unit": "days"}, "Comptez au moins 1"),
        ({"do": "count", "text": "sujet = Mer et"}, "À la fin du texte"),
    ],
)
def test_what_cannot_be_is_refused_with_its_cure_and_nothing_typed_is_lost(desk, fields, cure):
    answer = desk.submit(NEW, **{"name": "Côte", "text": "sujet = Mer"} | fields)

    assert answer.status_code == 422
    assert cure in answer.text.replace("\u00a0", " ")
    assert text_of(answer) == fields.get("text", "sujet = Mer")


def test_a_name_is_borne_by_one_segment(desk):
    desk.submit(NEW, name="Côte", text="sujet = Mer")

    answer = desk.submit(NEW, name="Côte", text="langue = français")

    assert answer.status_code == 422
    assert "Un autre segment porte ce nom" in answer.text


def test_a_kept_segment_is_changed_listed_and_deleted(desk):
    desk.submit(NEW, name="Côte", text="sujet = Mer")
    desk.submit(f"{NEW}/1", name="Hors de la côte", text="non (sujet = mer)")
    assert saved().where == Not(SEA)
    assert "sujet ≠ Mer" in desk.get(NEW).text
    assert "topic ≠ Mer" in desk.get(f"{NEW}/1?lang=en").text

    desk.submit(f"{NEW}/1/suppression")

    assert "Aucun segment" in desk.get(NEW).text


def test_the_count_follows_what_is_typed(desk, subscribe):
    subscribe(2)

    counted = desk.submit(f"{NEW}/compte", text="langue = français").text
    refused = desk.submit(f"{NEW}/compte", text="langue =").text

    assert "2 personnes" in counted
    assert "Écrivez la valeur" in refused


def test_five_people_are_shown_masked_and_the_look_is_recorded(desk, subscribe):
    subscribe(7)

    page = desk.submit(NEW, text="langue = français et sujet = Mer", do="show").text

    assert page.count("p••••@exemple.fr") == 5
    assert "p7@" not in page
    assert "list" in db.session.scalars(select(Entry.verb)).all()


def test_who_may_neither_send_nor_keep_subscribers_finds_no_segments(staff):
    assert staff("editor").get(NEW).status_code == 404
    assert staff("sender").get(NEW).status_code == 200


def test_a_segment_is_removed_after_a_page_that_says_what_is_lost(desk):
    press(desk, None, "save", text="langue = français")
    number = saved().id
    way = f"{NEW}/{number}/suppression"

    assert way in desk.get(f"{NEW}/{number}").text
    assert "Les envois déjà décidés gardent" in desk.get(way).text
    assert saved().id == number
    desk.submit(way)

    db.session.rollback()
    assert db.session.scalars(select(Segment)).all() == []
    assert desk.get(way).status_code == 404
