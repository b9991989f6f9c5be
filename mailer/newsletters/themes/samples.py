"""A letter with every type of block, to look at a theme and to check it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from mailer.newsletters.block_types import (
    Article,
    Button,
    Columns,
    Contents,
    Divider,
    Event,
    Figure,
    Heading,
    Image,
    Props,
    Quote,
    Text,
)
from mailer.newsletters.blocks import Block
from mailer.newsletters.content import Footer, FooterLink, IssueContent
from mailer.newsletters.themes.theme import Look

SITE = "https://lettre.exemple.fr"
PICTURE = "/medias/exemple.jpg"
ARTICLE = Article(
    "Le phare de la Pointe rouvre ses portes au public",
    "Après de longs travaux, les 214 marches se gravissent de nouveau.",
    f"{SITE}/phare",
    PICTURE,
    "Le phare blanc au bout de la jetée",
    width=1200,
    height=675,
)
FOOTER = Footer(
    "Agence de l’Estran",
    "12 quai des Marées, 50000 Port-l’Estran",
    "Vous recevez ce courriel parce que votre adresse est inscrite à « La lettre de l’Estran ».",
    (
        FooterLink("Se désinscrire", "{{unsubscribe_url}}"),
        FooterLink("Mes droits", f"{SITE}/droits"),
        FooterLink("Version web", "{{web_url}}"),
    ),
)


def sample(look: Look, articles: Sequence[Article] = ()) -> IssueContent:
    """The letter in that look, with those articles where there are some."""
    return IssueContent(
        subject="Le phare rouvre, la digue aussi",
        preheader="Deux dates à noter, deux chantiers qui s’achèvent, et ce que la côte raconte.",
        language="fr",
        series="La lettre de l’Estran",
        blocks=tuple(Block(f"b{n}", props) for n, props in enumerate(_props(articles), start=1)),
        footer=FOOTER,
        read_more="Lire l’article",
        base_url=SITE,
        add_to_calendar="Ajouter à mon agenda",
        dated=date(2026, 12, 1),
        look=look,
    )


def empty(look: Look) -> IssueContent:
    """The letter without a block: what the theme weighs by itself."""
    return replace(sample(look), blocks=())


def _props(articles: Sequence[Article]) -> Iterator[Props]:
    found = [*articles, ARTICLE, replace(ARTICLE, title="Douze ostréiculteurs à la voile"), ARTICLE]
    yield Text(
        "Bonjour {{prenom|à vous}},\n\nvoici le mois, **du phare** au [marché](https://lettre.exemple.fr/a)."
    )
    yield Contents("Dans cette lettre")
    yield Heading("À la une")
    yield replace(found[0], layout="large")
    yield Button("Voir le programme", SITE)
    yield Figure("1 240", "personnes ont franchi la digue à pied.", "Comptage de l’agence")
    yield Heading("En bref")
    yield from (replace(article, layout="compact") for article in found[1:3])
    yield from (replace(article, layout="text") for article in found[1:3])
    yield Quote("La mer donne deux fois par jour une leçon de patience.", "Maëlle, éclusière")
    yield Heading("À vos agendas")
    yield Event("Visite de la digue", "2026-12-05", "14:30", "", "17:00", "Cale du Havelet")
    yield Event("Marché des gens de mer", "2026-12-12", "", "2026-12-13", "", "Halle", "", SITE)
    yield Columns(
        "Habiter ici",
        "Une soirée d’accueil.",
        SITE,
        "Venir",
        "Travailler ici",
        "Dix places.",
        SITE,
        "Voir",
    )
    yield Divider()
    yield Image(
        found[0].image,
        found[0].alt,
        found[0].decorative,
        found[0].width,
        found[0].height,
        "",
        "La côte",
    )
