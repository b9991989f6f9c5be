"""Sign-ups from an agency's own pages: from declared sites, under a text that we can show again."""

import pytest
from lxml import html
from sqlalchemy import select

from mailer import links
from mailer.consent.models import ConsentEvent, FormSnapshot, Notice
from mailer.db import db, transaction
from mailer.subscriptions.embedding import operations
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import Subscriber
from mailer.subscriptions.operations import change_list

SITE = "https://www.agence.fr"


@pytest.fixture
def declared(letter):
    with transaction():
        operations.declare(letter, [SITE], "account:1")
    return letter


@pytest.fixture
def form(visitor, declared):
    """What the component is told, and so what it would post."""
    shown = visitor.get("/integration/la-lettre.json", headers={"Origin": SITE}).json
    return {"email": "camille@exemple.fr", "lists": "la-lettre", **shown["fields"]}


def post(visitor, form, origin=SITE, accept="application/json", **headers):
    sent = {"Accept": accept} | headers | ({"Origin": origin} if origin else {})
    return visitor.post("/integration/la-lettre", data=form, headers=sent)


def people():
    db.session.rollback()
    return db.session.scalars(select(Subscriber)).all()


def test_a_declared_site_may_read_the_form_and_no_other(visitor, declared):
    ours = visitor.get("/integration/la-lettre.json", headers={"Origin": SITE})
    theirs = visitor.get("/integration/la-lettre.json", headers={"Origin": "https://autre.fr"})

    assert ours.headers["Access-Control-Allow-Origin"] == SITE
    assert "Access-Control-Allow-Origin" not in theirs.headers
    assert "Origin" in ours.headers["Vary"]


def test_the_component_signs_somebody_up(visitor, form, postbox):
    answer = post(visitor, form | {"page": f"{SITE}/actualites/phare?utm=x"})

    assert answer.status_code == 200
    assert answer.json["message"].startswith("Vérifiez votre boîte")
    assert answer.headers["Access-Control-Allow-Origin"] == SITE
    assert len(postbox) == 1


def test_a_plain_form_signs_somebody_up(visitor, form, postbox):
    page = post(visitor, form, accept="text/html", Referer=f"{SITE}/actualites/phare")

    assert page.status_code == 200
    assert "Vérifiez votre boîte" in page.text
    assert len(postbox) == 1


def test_the_notice_that_was_shown_goes_with_the_sign_up(visitor, form):
    post(visitor, form)

    event = db.session.scalars(select(ConsentEvent)).one()
    assert (event.notice_sha256, event.form_sha256) == (form["notice"], form["shown"])
    assert db.session.scalars(select(Notice).where(Notice.sha256 == form["notice"])).one()
    assert db.session.scalars(select(FormSnapshot)).one().sha256 == form["shown"]


def test_an_older_text_that_we_kept_still_counts_as_what_was_shown(visitor, form, declared):
    post(visitor, form)
    with transaction():
        change_list(declared, ListData("La lettre", "autre chose", "Chaque lundi"), "account:1")

    answer = post(visitor, form | {"email": "nadia@exemple.fr"})

    assert answer.status_code == 200
    shown = {e.form_sha256 for e in db.session.scalars(select(ConsentEvent))}
    assert shown == {form["shown"]}


def test_a_text_that_we_cannot_show_again_is_asked_anew(visitor, form):
    answer = post(visitor, form | {"shown": "0" * 64, "notice": "1" * 64}, accept="text/html")

    assert answer.status_code == 422
    assert 'value="camille@exemple.fr"' in answer.text
    assert "a changé" in answer.text
    assert people() == []


def test_an_undeclared_site_signs_nobody_up_and_loses_nothing(visitor, form):
    answer = post(visitor, form, origin="https://autre.fr", accept="text/html")

    assert answer.status_code == 403
    assert "n’a pas le droit" in answer.text
    assert 'value="camille@exemple.fr"' in answer.text
    assert people() == []


@pytest.mark.parametrize("origin", [None, "null"])
def test_a_browser_that_names_no_site_leaves_one_press_to_do(visitor, form, origin):
    answer = post(visitor, form, origin=origin, accept="text/html")

    assert answer.status_code == 422
    assert "Il reste un geste" in answer.text
    assert people() == []


def test_each_field_is_corrected_in_words(visitor, form):
    answer = post(visitor, form | {"email": "camille", "lists": ""})

    assert answer.status_code == 422
    assert "nom@exemple.fr" in answer.json["errors"]["email"][0]
    assert answer.json["errors"]["lists"]


def test_a_program_that_fills_the_hidden_field_gets_the_same_answer(visitor, form):
    person = post(visitor, form)
    program = post(visitor, form | {"website": "x", "email": "robot@exemple.fr"})

    assert program.json == person.json
    assert len(people()) == 1


def test_a_known_and_an_unknown_address_get_the_same_bytes(visitor, form):
    first = post(visitor, form)
    known = post(visitor, form)
    unknown = post(visitor, form | {"email": "nadia@exemple.fr"})

    assert first.data == known.data == unknown.data


def test_the_component_weighs_at_most_five_kilobytes(visitor):
    script = visitor.get("/integration/ml-subscribe.js")

    assert len(script.data) <= 5000
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_english_is_spoken_when_it_is_asked_for(visitor, declared):
    shown = visitor.get("/integration/la-lettre.json?lang=en", headers={"Origin": SITE}).json

    assert shown["fields"]["locale"] == "en"
    assert shown["button"] == "Subscribe"


def test_a_form_of_another_list_proves_nothing_of_this_one(visitor, form, person, other_letter):
    post(visitor, form)
    shown = visitor.get("/integration/l-agenda-de-l-ete.json").json["fields"]
    digests = {"shown": form["shown"], "notice": form["notice"]}
    with transaction():
        operations.declare(other_letter, [SITE], "account:1")

    answer = visitor.post(
        "/integration/l-agenda-de-l-ete",
        data=form | shown | digests | {"lists": "l-agenda-de-l-ete", "email": "nadia@exemple.fr"},
        headers={"Origin": SITE, "Accept": "application/json"},
    )

    assert (answer.status_code, "a changé" in answer.json["message"]) == (422, True)


def test_while_a_proof_of_work_is_asked_our_own_page_asks_for_it(app, visitor, form):
    app.config["PROOF_OF_WORK"] = "always"

    page = post(visitor, form, accept="text/html")

    assert page.status_code == 422
    assert 'name="proof"' in page.text
    assert 'value="camille@exemple.fr"' in page.text
    assert people() == []


def test_while_a_proof_of_work_is_asked_the_component_goes_on_to_our_page(app, visitor, form):
    app.config["PROOF_OF_WORK"] = "always"

    assert post(visitor, form).json["page"] is True
    assert people() == []


def test_our_own_page_of_waiting_leaves_one_press_to_do(app, visitor, form):
    own = app.config["BASE_URL"].rstrip("/")

    answer = post(visitor, form, origin=own, accept="text/html")

    assert answer.status_code == 422
    assert "Il reste un geste" in answer.text


def test_the_links_of_the_plain_form_lead_to_us_from_any_page(staff, declared):
    desk = html.fromstring(staff("subscribers").get("/bureau/listes/1/integration").text)
    pasted = next(code for code in desk.xpath("//textarea/text()") if "<form" in code)
    base = links.absolute("")
    addresses = html.fromstring(pasted).xpath("//a/@href")
    assert {each.partition(":")[0] for each in addresses} <= {base.partition(":")[0], "mailto"}
    assert f"{base}/droits" in addresses
