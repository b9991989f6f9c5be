import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.newsletters.typography import Correction, mended, slips

PIECES = st.lists(
    st.sampled_from(
        ["Etat", "A", "la", " ", "  ", "\u00a0", ":", ";", "!", "?", '"', "«", "»", "'", "...", "…",
         "12", "€", "%", "n°", "coeur", "\n", "- ", "**", "(", ")", ",", ".", "{{prenom|l'ami !}}",
         "https://a.fr/x?y=1;z!", "[le plan](https://a.fr/'b')", "Ca", "va", "14:30", "&amp;"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Bonjour !", "Bonjour\u00a0!"),
        ("Vraiment?", "Vraiment\u00a0?"),
        ("Attention: travaux", "Attention\u00a0: travaux"),
        ('Le bateau "La Marie"', "Le bateau «\u00a0La Marie\u00a0»"),
        ("« Bonjour »", "«\u00a0Bonjour\u00a0»"),
        ("L'eau... monte", "L’eau… monte"),
        ("A propos de l'Etat", "À propos de l’État"),
        ("Ca va. A bientôt", "Ça va. À bientôt"),
        ("12€, 3 %, n°4", "12\u00a0€, 3\u00a0%, n°\u00a04"),
        ("Un coup de coeur", "Un coup de cœur"),
        ("Le phare , rouvert", "Le phare, rouvert"),
        ("**Attention**: travaux", "**Attention**\u00a0: travaux"),
    ],
)
def test_french_is_set_as_its_printers_do(typed, printed):
    assert mended(typed, "fr") == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('He said "hello" .', "He said “hello”."),
        ("It's here : come", "It’s here: come"),
        ("The boats' owner", "The boats’ owner"),
        ("Really ?", "Really?"),
    ],
)
def test_english_is_set_as_its_printers_do(typed, printed):
    assert mended(typed, "en") == printed


@pytest.mark.parametrize(
    "text",
    [
        "Rendez-vous à 14:30",
        "Voyez https://exemple.fr/a?b=1;c=l'eau...",
        "[Le plan](https://exemple.fr/l'eau?x=!) est prêt",
        "Bonjour {{prenom|l'ami !}}",
        "Le plan A est prêt, la vitamine A aussi",
        "A priori, tout va bien",
        "Écrivez à l.o'neil@exemple.fr",
        "Une espace fine\u202f!",
        "Edith et Emile",
        'Un écran de 15"',
    ],
)
def test_what_is_right_or_not_a_text_stays(text):
    assert mended(text, "fr") == text
    assert slips(text, "fr") == []


@given(PIECES, st.sampled_from(["fr", "en"]))
def test_mending_twice_is_mending_once(text, language):
    once = mended(text, language)
    assert mended(once, language) == once


@given(PIECES, st.sampled_from(["fr", "en"]))
def test_a_mended_text_has_no_slip_left_and_the_same_letters(text, language):
    once = mended(text, language)
    assert slips(once, language) == []
    kept = ["{{prenom|l'ami !}}", "https://a.fr/x?y=1;z!", "(https://a.fr/'b')"]
    assert [once.count(each) for each in kept] == [text.count(each) for each in kept]


def test_a_slip_shows_the_words_around_it():
    (slip,) = slips("Le marché de Noël ouvre à 10 h. A bientôt sur le port.", "fr")
    assert (slip.correction, slip.around) == (Correction.ACCENTED_CAPITAL, "h. A bientôt")
