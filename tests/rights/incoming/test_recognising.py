import pytest

from mailer import rulebook
from mailer.rights.incoming.citing import Law
from mailer.rights.incoming.recognising import Suggestion, recognise
from mailer.rights.kinds import Right

RULES = rulebook.load()
UNCLEAR = (Suggestion(Right.UNCLEAR),)


def rights(text):
    return [each.right for each in recognise(text, RULES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’article 38 de la loi du 6 janvier 1978", (Right.OBJECTION, Law.OLD, "38")),
        ("l’article 39 de la loi Informatique et Libertés", (Right.ACCESS, Law.OLD, "39")),
        ("Article 40 de la loi n° 78-17", (Right.RECTIFICATION, Law.OLD, "40")),
        ("conformément à l’article 39", (Right.ACCESS, Law.OLD, "39")),
        ("l’article 40-1 de la loi de 1978", (Right.POST_MORTEM, Law.OLD, "40-1")),
        ("art. 49 de la loi Informatique et Libertés", (Right.ACCESS, Law.CURRENT, "49")),
        ("art. 50 de la loi 78-17", (Right.RECTIFICATION, Law.CURRENT, "50")),
        ("l’article 51 de la loi", (Right.ERASURE, Law.CURRENT, "51")),
        ("l’article 53 de la loi", (Right.RESTRICTION, Law.CURRENT, "53")),
        ("l’article 55 de la loi", (Right.PORTABILITY, Law.CURRENT, "55")),
        ("article 56 of the French Act 78-17", (Right.OBJECTION, Law.CURRENT, "56")),
        ("les articles 84 à 86 de la loi", (Right.POST_MORTEM, Law.CURRENT, "84")),
        ("article 15 du RGPD", (Right.ACCESS, Law.GDPR, "15")),
        ("Article 16 of the GDPR", (Right.RECTIFICATION, Law.GDPR, "16")),
        ("l’article 17.1 du règlement (UE) 2016/679", (Right.ERASURE, Law.GDPR, "17(1)")),
        ("Art. 18 GDPR", (Right.RESTRICTION, Law.GDPR, "18")),
        ("article 20 RGPD", (Right.PORTABILITY, Law.GDPR, "20")),
        ("l’article 21, paragraphe 2, du RGPD", (Right.OBJECTION, Law.GDPR, "21(2)")),
        ("l’article 7(3) du RGPD", (Right.WITHDRAWAL, Law.GDPR, "7(3)")),
        ("Le RGPD me le permet, à son article 15.", (Right.ACCESS, Law.GDPR, "15")),
    ],
)
def test_an_article_is_read_as_the_right_that_it_grants(text, expected):
    (found,) = recognise(text, RULES)
    assert (found.right, found.law, found.article) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "les articles 38, 39 et 40 de la loi de 1978",
            [Right.ACCESS, Right.RECTIFICATION, Right.OBJECTION],
        ),
        ("articles 15 et 17 du RGPD", [Right.ACCESS, Right.ERASURE]),
        ("articles 15 du RGPD et 38 de la loi", [Right.ACCESS, Right.OBJECTION]),
        ("l’article 40 de la loi : supprimez toutes mes données", [Right.ERASURE]),
    ],
)
def test_several_articles_are_several_rights(text, expected):
    assert rights(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "les articles 15 à 22 du RGPD",
        "l’article 39 du RGPD, qui dit ce que fait le délégué",
        "l’article 50 du code de la route",
        "l’article 15 de notre règlement intérieur",
        "l’article 7 du RGPD",
        "J’ai lu votre article sur 39 phares.",
        "Bonjour, à quelle heure part le bac ?",
        "",
    ],
)
def test_what_cites_no_right_is_unclear(text):
    assert recognise(text, RULES) == UNCLEAR


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Merci de me désabonner.", Right.OBJECTION),
        ("Je ne souhaite plus recevoir vos lettres.", Right.OBJECTION),
        ("Arrêtez de m’écrire !", Right.OBJECTION),
        ("Je m’oppose à tout envoi.", Right.OBJECTION),
        ("Please unsubscribe me", Right.OBJECTION),
        ("I no longer wish to receive your letters", Right.OBJECTION),
        ("Veuillez supprimer toutes mes données personnelles", Right.ERASURE),
        ("EFFACEZ MES DONNEES", Right.ERASURE),
        ("J’invoque mon droit à l’oubli.", Right.ERASURE),
        ("Please delete my account and all my data", Right.ERASURE),
        ("Je voudrais une copie de mes données.", Right.ACCESS),
        ("Quelles informations avez-vous sur moi ?", Right.ACCESS),
        ("This is a subject access request.", Right.ACCESS),
        ("Merci de corriger mes coordonnées : je m’appelle Karam.", Right.RECTIFICATION),
        ("Je voudrais changer mon adresse.", Right.RECTIFICATION),
        ("Please update my details", Right.RECTIFICATION),
        ("Je demande la limitation du traitement.", Right.RESTRICTION),
        ("Please restrict processing", Right.RESTRICTION),
        ("Droit à la portabilité", Right.PORTABILITY),
        ("in a machine-readable format", Right.PORTABILITY),
        ("Je retire mon consentement.", Right.WITHDRAWAL),
        ("I withdraw my consent", Right.WITHDRAWAL),
        ("Mon père est décédé en mars.", Right.POST_MORTEM),
    ],
)
def test_plain_words_are_read_too(text, right):
    assert rights(text) == [right]


def test_the_words_that_point_at_a_right_are_shown():
    (found,) = recognise("Merci de me DÉSABONNER.", RULES)
    assert found.words == "DÉSABONNER"


def test_an_article_says_more_than_the_words_for_the_same_right():
    (found,) = recognise("une copie de mes données (article 39 de la loi de 1978)", RULES)
    assert (found.law, found.article) == (Law.OLD, "39")


@pytest.mark.parametrize("piece", ["article 1, ", "a ", "art. 15 (", "supprimer les ", "1" * 100])
def test_a_text_made_to_be_slow_is_read_all_the_same(piece):
    assert recognise(piece * 20_000, RULES)
