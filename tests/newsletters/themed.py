"""A letter with every type of block, in each theme."""

from dataclasses import replace
from datetime import date

from newsletters.letters import ARTICLE, COMPACT, LETTER, letter_of

from mailer.newsletters.content import IssueContent
from mailer.newsletters.themes.theme import Look, built_in

THEMES = tuple(built_in())
SITE = "https://estran.exemple.fr"
PICTURE = {"image": "/medias/dunes.jpg", "alt": "Les dunes", "width": 1200, "height": 675}
EVENT = {
    "type": "event",
    "title": "Visite de la digue",
    "day": "2026-12-05",
    "time": "14:30",
    "last_time": "17:00",
    "place": "Cale du Havelet",
    "text": "Casque fourni, [plan](https://estran.exemple.fr/plan).",
    "url": f"{SITE}/digue",
}
TEXT_ONLY = {"type": "article"} | ARTICLE | {"layout": "text", "image": ""}
EVERYTHING = (
    {"type": "text", "text": "Bonjour {{prenom|à vous}},\n\n- le **phare** ;\n- la digue."},
    {"type": "contents", "title": "Dans cette lettre"},
    {"type": "heading", "text": "À la une"},
    {"type": "article"} | ARTICLE,
    {"type": "article"} | ARTICLE | {"title": "Sans image", "image": "", "alt": ""},
    {"type": "button", "label": "Voir le programme", "url": f"{SITE}/programme"},
    {"type": "figure", "value": "1 240", "text": "personnes à pied", "source": "Comptage"},
    {"type": "heading", "text": "En bref"},
    *({"type": "article"} | COMPACT | {"title": f"Bref {n}"} for n in range(3)),
    *(TEXT_ONLY | {"title": f"Colonne {n}"} for n in range(3)),
    {"type": "quote", "text": "La mer apprend la patience.", "author": "Maëlle, éclusière"},
    {"type": "heading", "text": "À vos agendas"},
    EVENT,
    EVENT | {"title": "Marché", "time": "", "last_time": "", "last_day": "2026-12-06"},
    {
        "type": "columns",
        "left_title": "Habiter ici",
        "left_text": "Une soirée d’accueil.",
        "left_url": f"{SITE}/habiter",
        "left_label": "Trouver la vôtre",
        "right_title": "Travailler ici",
        "right_text": "Quarante [entreprises](https://estran.exemple.fr/e).",
        "right_url": f"{SITE}/travailler",
        "right_label": "",
    },
    {"type": "divider"},
    {"type": "image", "caption": "Les dunes au matin.", "url": f"{SITE}/dunes"} | PICTURE,
)


def dressed(content: IssueContent, name: str) -> IssueContent:
    """The letter in that theme, as it comes."""
    theme = built_in()[name]
    return replace(content, look=Look(theme, theme.tokens))


def whole(name: str) -> IssueContent:
    """A letter with every type of block, in that theme."""
    content = letter_of(*EVERYTHING)
    words = {"add_to_calendar": "Ajouter à mon agenda", "dated": date(2026, 12, 1)}
    return dressed(replace(content, subject=LETTER.subject, **words), name)


def thirty(name: str) -> IssueContent:
    """A letter of thirty articles, in that theme."""
    kinds = [{"type": "article", **kind} for kind in (ARTICLE, COMPACT)]
    return dressed(letter_of(*(kinds * 15)), name)
