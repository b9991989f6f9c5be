"""The sign-up form, and what it answers."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

from held import held
from sqlalchemy import select

from mailer.addresses import fingerprint, parse
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent, FormSnapshot, Notice, Reason
from mailer.db import db, transaction
from mailer.subscriptions.models import Subscriber
from mailer.subscriptions.queries import all_lists
from mailer.subscriptions.shown import page_form

CAMILLE = "camille@exemple.fr"


def page_of(answer):
    """The page without what differs each time: the signed form tokens."""
    return re.sub(r'name="form_token" value="[^"]+"', "", answer.text)


def test_the_page_names_each_list_beside_an_unticked_box(visitor, letter, other_letter):
    page = visitor.get("/").text

    assert page.count('type="checkbox"') == 2
    assert "La lettre" in page
    assert "L’agenda de l’été" in page
    assert " checked" not in page


def test_the_page_says_what_comes_and_how_often(visitor, letter):
    assert "Une fois par mois\u00a0: des portraits et des projets" in visitor.get("/").text


def test_without_any_list_the_page_says_so(visitor, app):
    assert "Aucune lettre n’est encore proposée" in visitor.get("/").text


def test_no_cookie_is_set_on_any_visitors_page(person, postbox):
    answers = [person.browser.get("/"), person.asks(), person.browser.get("/donnees-personnelles")]
    answers.append(person.browser.get(postbox.link("inscriptions")))

    assert [answer.headers.get("Set-Cookie") for answer in answers] == [None] * 4


def test_the_answer_shows_the_address_and_no_url_holds_it(person):
    answer = person.asks()

    assert answer.status_code == 200
    assert CAMILLE in answer.text
    assert not re.search(rf'(href|action|src)="[^"]*{CAMILLE}', answer.text)


def test_an_address_that_cannot_be_one_is_kept_with_the_way_to_write_it(person, postbox):
    answer = person.asks("camille@")

    assert answer.status_code == 422
    assert 'value="camille@"' in answer.text
    assert "Saisissez une adresse e-mail au format nom@exemple.fr" in answer.text
    assert len(postbox) == 0


def test_without_a_ticked_box_nothing_is_asked(person, postbox):
    answer = person.asks(lists=())

    assert answer.status_code == 422
    assert "Cochez au moins une lettre" in answer.text
    assert len(postbox) == 0


def test_what_is_to_be_mended_is_told_in_the_order_of_the_page(person):
    text = person.asks("", lists=()).text
    summary = text[text.index("Il reste quelque chose à corriger") :]

    assert summary.index("Cochez au moins") < summary.index("Saisissez une adresse")


def test_a_list_that_is_not_ours_is_not_asked_for(person):
    assert person.asks(lists=("autre",)).status_code == 422


def test_one_letter_alone_is_named_with_nothing_to_tick(person, letter, postbox):
    page = person.browser.get("/").text

    assert 'type="checkbox"' not in page
    assert "Je souhaite recevoir par courriel <strong>La lettre</strong>" in page
    assert person.asks().status_code == 200
    kept = json.loads(db.session.scalars(select(FormSnapshot.content)).one())
    assert kept["only"]["label"] == "La lettre"
    assert kept["boxes"] == []


def test_a_ticked_box_stays_ticked_beside_a_wrong_address(person, other_letter):
    assert " checked" in person.asks("camille").text


def test_a_misspelt_domain_is_asked_about_and_written_to_all_the_same(person, postbox):
    answer = person.asks("zoe@homtail.fr")

    assert "Vouliez-vous dire zoe@hotmail.fr\u00a0?" in answer.text
    assert postbox.last.recipient == "zoe@homtail.fr"


def test_a_program_that_fills_the_hidden_field_gets_the_same_page_and_leaves_no_trace(
    person, postbox
):
    seen = page_of(person.asks())
    known = db.session.scalars(select(Subscriber.id)).all()

    answer = person.asks(website="http://exemple.com")

    assert page_of(answer) == seen
    assert db.session.scalars(select(Subscriber.id)).all() == known
    assert len(postbox) == 1


def test_a_form_sent_too_fast_leaves_no_trace_and_says_so(app, person, postbox):
    app.config["FORM_MIN_SECONDS"] = 2
    answer = person.asks()

    assert answer.status_code == 422
    assert "<title>Erreur" in answer.text
    assert "plus vite qu’une personne ne lit" in answer.text
    assert 'value="camille@exemple.fr"' in answer.text
    assert len(postbox) == 0


def test_known_unknown_left_and_suppressed_addresses_get_the_same_bytes(
    app, person, postbox, subscribed
):
    with transaction():
        consent.suppress(print_of(app, "odile@exemple.fr"), Reason.OBJECTION, now(), "request:1")
    pages = {
        page_of(person.asks(address)).replace(address, "ADDRESS")
        for address in (CAMILLE, "nadia@exemple.fr", "odile@exemple.fr")
    }

    assert len(pages) == 1


def test_every_address_gets_one_mail_and_the_known_one_learns_in_it(
    app, person, postbox, subscribed
):
    app.config["CONFIRMATION_MINUTES_APART"] = 0
    before = len(postbox)

    person.asks(CAMILLE)
    to_known = postbox.last.subject
    person.asks("nadia@exemple.fr")

    assert len(postbox) == before + 2
    assert to_known == "Vous êtes déjà inscrit(e)"
    assert postbox.last.subject.startswith("Confirmez votre inscription")


def test_a_second_request_within_minutes_writes_no_second_mail(person, postbox):
    seen = page_of(person.asks())

    assert page_of(person.asks()) == seen
    assert len(postbox) == 1


def test_two_requests_at_once_for_one_address_write_one_mail(app, person, postbox):
    with app.test_request_context():
        shown = page_form(all_lists()).digest
    fields = {"email": CAMILLE, "lists": ["la-lettre"], "shown": shown}
    db.session.rollback()

    def ask(_):
        with app.app_context():
            return app.test_client().submit("/inscriptions", **fields).status_code

    with ThreadPoolExecutor(3) as pool:
        statuses = list(pool.map(ask, range(3)))

    assert statuses == [200, 200, 200]
    assert len(postbox) == 1
    assert len(db.session.scalars(select(Subscriber.id)).all()) == 1


def test_a_form_that_has_changed_since_is_shown_again_before_it_counts(person, postbox):
    answer = person.asks(shown="0" * 64)

    assert answer.status_code == 422
    assert "Relisez-le" in answer.text
    assert len(postbox) == 0


def test_what_was_shown_is_kept_with_the_request(person):
    person.asks()

    event = db.session.scalars(select(ConsentEvent)).one()
    notice = db.session.scalars(select(Notice).where(Notice.sha256 == event.notice_sha256)).one()
    form = db.session.scalars(select(FormSnapshot)).one()
    assert (event.kind, event.purpose) == (Kind.SIGNUP_REQUESTED, "list:la-lettre")
    said = held(event.fingerprint)[-1]
    assert (said["network"], said["page"], said["address"]) == ("127.0.0.0/24", "/", CAMILLE)
    assert said["user_agent"].startswith("Werkzeug")
    assert "sur la base de votre consentement" in notice.body
    assert '"checked":false' in form.content
    assert form.sha256 == event.form_sha256


def test_an_english_page_keeps_the_english_notice(person):
    person.browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    shown = re.search(r'name="shown" value="(\w+)"', person.browser.get("/").text).group(1)

    person.asks(shown=shown)

    event = db.session.scalars(select(ConsentEvent)).one()
    assert event.locale == "en"
    assert db.session.scalars(select(Subscriber.language)).one() == "en"


def print_of(app, address):
    return fingerprint(parse(address), app.config["FINGERPRINT_KEY"])
