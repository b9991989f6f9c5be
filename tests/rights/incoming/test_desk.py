"""The officer's pages: what waits, one mail as text, the request that it is, or none."""

import html
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from rights.incoming.conftest import SAMPLES, VICTIM, written

from mailer.audit.queries import history_of
from mailer.db import db
from mailer.rights.incoming.states import State
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest

ACCEPTING = "/bureau/courriels/1/acceptation"
THURSDAY = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ASKED = "Bonjour, en vertu de l’article 39 de la loi de 1978, une copie de mes données. Nadia"


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(THURSDAY):
        yield


@pytest.fixture
def number_of_cases(app):
    return lambda: db.session.scalar(db.select(db.func.count()).select_from(RightsRequest))


@pytest.mark.parametrize("role", ["editor", "sender", "subscribers", "admin"])
@pytest.mark.parametrize(
    "path",
    [
        "/bureau/courriels",
        "/bureau/courriels/1",
        "/bureau/courriels/1/acceptation",
        "/bureau/courriels/1/original",
        "/bureau/courriels/1/pieces/1",
    ],
)
def test_the_mails_do_not_exist_for_anyone_else(staff, take_in, role, path):
    take_in(written())
    assert staff(role).get(path).status_code == 404


def test_an_empty_list_says_how_mails_would_come(dpo, read):
    page = read(dpo.get("/bureau/courriels"))
    assert "Aucune boîte n’est surveillée." in page


def test_a_draft_shows_the_masked_sender_what_it_seems_to_ask_and_the_date_that_runs(
    dpo, take_in, read
):
    take_in(written(ASKED, subject="Ma demande"))
    page = read(dpo.get("/bureau/courriels"))
    assert "Ma demande n••••@exemple.fr Accès 23 nov. 2026 à 00:30 27 jours 23 déc. 2026" in page
    assert "nadia" not in page


def test_the_desk_of_requests_says_that_mails_wait(dpo, take_in, read):
    assert "attend d’être examiné" not in read(dpo.get("/bureau/demandes"))
    take_in(written())
    assert "1 courriel arrivé attend d’être examiné." in read(dpo.get("/bureau/demandes"))


def test_a_mail_is_shown_with_what_its_words_rest_on(dpo, take_in, read):
    take_in(written(ASKED))
    page = read(dpo.get("/bureau/courriels/1"))
    assert ASKED in page
    assert "Accès (ancien article 39)" in page
    assert "réponse au plus tard le mercredi 23 décembre 2026" in page


def test_html_is_never_shown_as_html(dpo, take_in):
    take_in((SAMPLES / "webmail-html.eml").read_bytes())
    take_in(written("<img src=x onerror=alert(1)><b>gras</b>", subject="<i>objet</i>"))
    for number in (1, 2):
        page = dpo.get(f"/bureau/courriels/{number}").text
        main = page[page.index("<main") : page.index("</main")]
        assert "<img" not in main
        assert "<i>" not in main
        assert "pixel.gif" not in main
        assert "alert(&#34;non" not in main
    assert "&lt;img src=x" in dpo.get("/bureau/courriels/2").text


def test_each_look_is_recorded(dpo, take_in):
    take_in(written())
    dpo.get("/bureau/courriels/1")
    dpo.get("/bureau/courriels/1/original")
    verbs = [entry.verb for entry in history_of("incoming_mail:1")]
    assert verbs == ["take-in", "read", "read-original"]


def test_files_are_given_to_the_disk_alone(dpo, take_in):
    take_in((SAMPLES / "webmail-html.eml").read_bytes())
    page = dpo.get("/bureau/courriels/1").text
    (path,) = re.findall(r'href="(/bureau/courriels/1/pieces/\d+)"', page)
    answer = dpo.get(path)
    assert answer.data == b"%PDF-1.4\n"
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert dpo.get("/bureau/courriels/1/pieces/77").status_code == 404


def test_the_whole_mail_can_be_taken_away(dpo, take_in):
    content = written()
    take_in(content)
    answer = dpo.get("/bureau/courriels/1/original")
    assert (answer.data, answer.mimetype) == (content, "application/octet-stream")


def form(page):
    """What the form of the page would send, of what a mail fills in."""
    text = page.text
    values = dict(re.findall(r'<input[^>]*name="(received_on|address)"[^>]*value="([^"]*)"', text))
    for name, options in re.findall(
        r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', text, re.DOTALL
    ):
        values |= {name: re.findall(r'<option selected value="(\w+)"', options)[0]}
    (verbatim,) = re.findall(r'<textarea[^>]*name="verbatim"[^>]*>\s?([^<]*)</textarea>', text)
    return values | {
        "rights": re.findall(r'<input checked[^>]*name="rights"[^>]*value="(\w+)"', text),
        "verbatim": html.unescape(verbatim).strip(),
    }


def test_accepting_opens_the_form_of_requests_filled_in(dpo, take_in):
    take_in(written(ASKED))
    assert form(dpo.get(ACCEPTING)) == {
        "channel": "email",
        "received_on": "2026-11-23",
        "rights": ["access"],
        "address": VICTIM,
        "requester": "self",
        "answer_via": "email",
        "language": "fr",
        "verbatim": ASKED,
    }


def test_who_writes_in_english_will_be_answered_in_english(dpo, take_in):
    take_in(written("Please send me a copy of my data, and have a nice day."))
    assert form(dpo.get(ACCEPTING))["language"] == "en"


def test_a_long_mail_fits_into_the_form(dpo, take_in, case):
    take_in(written("Effacez mes données. " + "mouette " * 2000))
    answer = dpo.submit(ACCEPTING, **form(dpo.get(ACCEPTING)))
    assert answer.status_code == 303
    assert case().verbatim.endswith("La suite est dans le courriel gardé au dossier.")


def test_the_accepted_mail_is_a_case_whose_clock_ran_since_it_came(dpo, take_in, case, read, mails):
    take_in(written(ASKED))
    typed = form(dpo.get(ACCEPTING))
    answer = dpo.submit(ACCEPTING, **typed)
    assert answer.location == "/bureau/demandes/DR-2026-0001"
    assert (case().received_on, case().due) == (date(2026, 11, 23), date(2026, 12, 23))
    assert mails()[0].state == State.ACCEPTED
    page = read(dpo.get(answer.location))
    assert "Courriels de ce dossier Demande" in page
    assert "E-mail à confirmer" in page


def test_a_day_after_the_mails_is_refused_with_its_cure(dpo, take_in, case):
    take_in(written(ASKED))
    typed = form(dpo.get(ACCEPTING)) | {"received_on": "2026-11-26"}
    answer = dpo.submit(ACCEPTING, **typed)
    assert answer.status_code == 422
    assert "Choisissez le lundi 23 novembre 2026, jour où le courriel est arrivé" in answer.text
    assert ASKED in html.unescape(answer.text)
    assert case() is None


def test_a_mail_is_no_request_twice(dpo, take_in, number_of_cases):
    take_in(written(ASKED))
    typed = form(dpo.get(ACCEPTING))
    dpo.submit(ACCEPTING, **typed)
    assert dpo.submit(ACCEPTING, **typed).status_code == 409
    assert dpo.get(ACCEPTING).status_code == 404
    assert number_of_cases() == 1


def test_setting_aside_needs_a_reason(dpo, take_in, mails):
    take_in(written())
    answer = dpo.submit("/bureau/courriels/1/sans-suite", reason=" ")
    assert answer.status_code == 422
    assert "Écrivez pourquoi" in answer.text
    assert mails()[0].state == State.WAITING


def test_what_was_set_aside_leaves_the_list_and_can_be_taken_back(dpo, take_in, read):
    take_in(written(ASKED, subject="Publicité"))
    dpo.submit("/bureau/courriels/1/sans-suite", reason="Une offre de phares.")
    assert "Publicité" not in read(dpo.get("/bureau/courriels"))
    aside = read(dpo.get("/bureau/courriels?vue=sans-suite"))
    assert "Publicité n••••@exemple.fr Une offre de phares." in aside
    assert dpo.get(ACCEPTING).status_code == 200


def test_what_was_put_aside_by_rule_says_which(dpo, take_in, read):
    take_in(written(Auto_Submitted="auto-replied"))
    assert "C’est une réponse automatique." in read(dpo.get("/bureau/courriels?vue=sans-suite"))
    assert "C’est une réponse automatique." in read(dpo.get("/bureau/courriels/1"))


def test_open_requests_of_the_same_address_are_shown(dpo, take_in, received, read):
    received(Right.ERASURE)
    take_in(written(ASKED))
    assert "Demandes en cours de cette adresse DR-2026-0001" in read(dpo.get("/bureau/courriels/1"))


def test_an_answer_waits_until_it_is_opened(dpo, take_in, received, read):
    received(Right.ACCESS)
    take_in(written("Voici.", sender="mallory@ailleurs.fr", subject="Re: DR-2026-0001"))
    assert "Re: DR-2026-0001 Autre expéditeur Réponse à DR-2026-0001" in read(
        dpo.get("/bureau/courriels")
    )
    assert "Non lu" in read(dpo.get("/bureau/demandes/DR-2026-0001"))
    page = read(dpo.get("/bureau/courriels/1"))
    assert "Il vient d’une autre adresse que celle du dossier." in page
    assert "Aucune boîte" in read(dpo.get("/bureau/courriels"))
    assert "Non lu" not in read(dpo.get("/bureau/demandes/DR-2026-0001"))


def test_a_mail_that_nobody_could_read_says_what_to_do(dpo, take_in, read):
    take_in(b"", size=1)
    assert "Ouvrez-le dans la boîte : son délai court." in read(dpo.get("/bureau/courriels/1"))


def test_many_mails_come_in_pages(dpo, take_in, read, monkeypatch):
    monkeypatch.setattr("mailer.rights.incoming.queries.PAGE_ROWS", 2)
    for number in range(3):
        take_in(written(f"Bonjour {number}", subject=f"Objet {number}"))
    first = dpo.get("/bureau/courriels")
    assert "Objet 2" not in first.text
    (further,) = re.findall(r'href="([^"]*apres=\d+)"', first.text)
    assert "Objet 2" in dpo.get(html.unescape(further)).text


def test_a_typed_in_text_without_rights_comes_back_with_a_suggestion(dpo, read):
    typed = {"channel": "post", "language": "fr", "address": VICTIM, "received_on": "2026-11-23"}
    answer = dpo.submit("/bureau/demandes/nouvelle", verbatim=ASKED, **typed)
    assert answer.status_code == 422
    assert "Le texte semble exercer : Accès (ancien article 39)." in read(answer)
    ticked = dpo.submit("/bureau/demandes/nouvelle", verbatim=ASKED, rights=["erasure"])
    assert "Le texte semble exercer" not in read(ticked)
