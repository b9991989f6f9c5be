"""Answers of people: which of them ask that no more letters come."""

import pytest
from bounces.corpus import MADE

from mailer.bounces.intent import asks_to_stop

LETTER = """
Le mer. 12 mars 2025 à 08:00, La lettre <lettre@exemple.fr> a écrit :
> Bonjour,
> Vous pouvez vous désabonner à tout moment : https://exemple.fr/u/1
"""


def answer(text, subject="Re: Lettre"):
    head = f"From: Zoe <zoe@example.org>\nSubject: {subject}\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}".encode()


@pytest.mark.parametrize(
    "text",
    [
        "Désabonnez-moi s’il vous plaît.",
        "Merci de me désinscrire de votre liste.",
        "Bonjour,\nje ne souhaite plus recevoir vos messages.\nCordialement",
        "STOP",
        "stop svp !",
        "Please unsubscribe me.",
        "Take note that I no longer wish to receive this.",
        "Remove me, please",
        "Je retire mon consentement.",
        "Plus de mails, merci",
    ],
)
def test_an_answer_that_asks_to_stop_is_known(text):
    assert asks_to_stop(answer(text + LETTER))


@pytest.mark.parametrize(
    "text",
    [
        "Merci pour cette lettre !",
        "Le chantier va-t-il stopper cet été ?",
        "Non-stop, vos concerts ?",
        "Bravo.",
        "",
    ],
)
def test_an_answer_that_does_not_ask_is_left_alone(text):
    assert not asks_to_stop(answer(text + LETTER))


def test_a_mail_that_only_brings_ours_back_asks_for_nothing():
    ours = "De : La lettre <lettre@exemple.fr>\nEnvoyé : mercredi\n\nSe désabonner"
    assert not asks_to_stop(answer(ours, "TR: Lettre"))


def test_the_subject_of_our_letter_is_not_theirs():
    assert not asks_to_stop(answer("Merci, très clair.", "Re: Comment se désabonner"))


def test_a_subject_of_their_own_is_enough():
    assert asks_to_stop(answer("", "unsubscribe"))


def test_the_made_answer_asks_to_stop():
    assert asks_to_stop((MADE / "made" / "reponse-humaine.eml").read_bytes())
