"""What programs and strange keyboards send: a page that says what to do, never a fault of ours."""

import re

import pytest

HUGE = "x" * 6000


@pytest.fixture
def asked():
    """A request that can be sent as it is."""
    return {"rights": ["access"], "address": "nadia@exemple.fr", "message": "Merci"}


@pytest.mark.parametrize(
    "bent",
    [
        {"address": HUGE},
        {"message": HUGE},
        {"rights": ["tea"]},
        {"address": ["", "a@b.fr"]},
        {"requester": "tea"},
    ],
)
def test_a_request_that_was_bent_is_sent_back(visitor, asked, bent, case):
    assert visitor.submit("/droits/demandes", **asked | bent).status_code == 422
    assert case() is None


def test_a_right_named_twice_is_asked_once(visitor, asked, case):
    visitor.submit("/droits/demandes", **asked | {"rights": ["access", "access"]})

    assert case().rights == ("access",)


def test_a_post_without_message_puts_no_word_in_its_place(visitor, asked):
    del asked["message"]

    assert 'name="message" value=""' in visitor.submit("/droits", **asked).text


def errors(page):
    return re.findall(r'<p class="error"[^>]*>([^<]*)</p>', page.text)


def test_an_intake_on_behalf_of_no_one_we_know_is_sent_back(dpo, case):
    typed = {"channel": "post", "rights": ["access"], "received_on": "2026-11-20"}
    typed |= {"language": "fr", "address": "nadia@exemple.fr", "verbatim": "Bonjour"}

    page = dpo.submit("/bureau/demandes/nouvelle", **typed | {"requester": "tea"})

    assert (page.status_code, case()) == (422, None)


@pytest.mark.parametrize(
    ("bent", "cure"),
    [
        ({"verbatim": " "}, "Recopiez la demande, mot pour mot."),
        ({"verbatim": HUGE}, "Ce texte est trop long. Raccourcissez-le."),
        ({"received_on": "hier"}, "Indiquez le jour où la demande est arrivée."),
        ({"received_on": "0026-11-20"}, "Vérifiez l’année."),
        ({"received_on": "9999-12-31"}, "Choisissez aujourd’hui ou un jour passé."),
    ],
)
def test_an_intake_that_was_bent_is_sent_back_with_the_cure(dpo, bent, cure, case):
    typed = {"channel": "post", "rights": ["access"], "received_on": "2026-11-20"}
    typed |= {"language": "fr"} | {"address": "nadia@exemple.fr", "verbatim": "Bonjour"}

    assert errors(dpo.submit("/bureau/demandes/nouvelle", **typed | bent)) == [cure]
    assert case() is None


@pytest.mark.parametrize(
    ("bent", "cure"),
    [
        (
            {"outcome_access": "not_applicable", "answer": " \r\n "},
            "Écrivez ce que la personne doit savoir de la suite donnée.",
        ),
        ({"answer": HUGE}, "Ce texte est trop long. Raccourcissez-le."),
        (
            {"outcome_access": "refused", "ground_access": "excessive", "grounds": "  "},
            "Écrivez pourquoi, avec l’article qui le permet : un refus sans motif est nul.",
        ),
    ],
)
def test_an_answer_that_was_bent_is_sent_back_with_the_cure(dpo, ask, case, bent, cure):
    ask("access")
    typed = {"outcome_access": "no_data", "answer": "Rien."} | bent

    assert errors(dpo.submit(f"/bureau/demandes/{case().reference}/reponse", **typed)) == [cure]
    assert case().closed_at is None


def test_the_officers_signs_reach_the_person_as_they_were_typed(dpo, ask, case, read):
    ask("access")
    typed = {"outcome_access": "no_data", "answer": "<b>Rien</b> & « rien »\r\n\r\nFin."}
    page = dpo.submit(f"/bureau/demandes/{case().reference}/apercu", **typed)

    assert "<b>Rien</b> & « rien » Fin." in read(page)
