"""Letters to test with."""

from dataclasses import replace

from mailer.newsletters.blocks import parse
from mailer.newsletters.content import Footer, FooterLink, IssueContent

BASE_URL = "https://lettre.exemple.fr"

FOOTER = Footer(
    organisation="Agence de l’Estran",
    postal_address="12 quai des Marées, 50000 Port-l’Estran",
    reason=(
        "Vous recevez ce courriel parce que vous êtes inscrit à la liste « La lettre de l’Estran »."
    ),
    links=(
        FooterLink("Se désinscrire", "{{unsubscribe_url}}"),
        FooterLink("Mes droits", f"{BASE_URL}/droits"),
        FooterLink("Version web", "{{web_url}}"),
    ),
)

ARTICLE = {
    "title": "Le phare de la Pointe rouvre ses portes au public",
    "summary": (
        "Après deux ans de travaux, les 214 marches se gravissent de nouveau. La lanterne,"
        " restaurée par les ateliers du port, éclaire la baie à trente milles."
    ),
    "url": "https://estran.exemple.fr/articles/phare",
    "image": "/medias/phare.jpg",
    "alt": "Le phare blanc au bout de la jetée, à marée basse",
    "width": 1200,
    "height": 675,
}

COMPACT = ARTICLE | {
    "title": "Douze ostréiculteurs passent à la voile",
    "summary": "Moins de gazole, plus de silence : la flottille de la baie teste le gréement.",
    "url": "https://estran.exemple.fr/articles/huitres",
    "image": "/medias/huitres.jpg",
    "alt": "Un chaland à voile entre les parcs à huîtres",
    "layout": "compact",
}

DOCUMENT = {
    "v": 1,
    "blocks": [
        {
            "id": "b1",
            "type": "text",
            "props": {
                "text": "Bonjour {{prenom|à toutes et à tous}},\n\nle printemps ramène **la"
                " lumière** sur la côte, et avec elle [trois chantiers]"
                "(https://estran.exemple.fr/chantiers) :\n\n- le phare ;"
                "\n- la digue ;\n- le marché."
            },
        },
        {"id": "b2", "type": "article", "props": ARTICLE},
        {
            "id": "b3",
            "type": "button",
            "props": {"label": "Réserver une visite", "url": "https://estran.exemple.fr/visites"},
        },
        {"id": "b4", "type": "heading", "props": {"text": "Sur le rivage"}},
        {"id": "b5", "type": "article", "props": COMPACT},
        {"id": "b6", "type": "divider", "props": {}},
        {
            "id": "b7",
            "type": "quote",
            "props": {
                "text": "La mer donne deux fois par jour une leçon de patience.",
                "author": "Maëlle Kerdoncuff, éclusière",
            },
        },
        {
            "id": "b8",
            "type": "image",
            "props": {
                "image": "/medias/marais.jpg",
                "alt": "Le marais au petit matin, une aigrette au premier plan",
                "width": 1200,
                "height": 800,
                "caption": "Le marais de Saint-Aubert, en avril.",
            },
        },
    ],
}

LETTER = IssueContent(
    subject="Le phare rouvre, la baie hisse les voiles",
    preheader="Trois chantiers qui changent la côte ce printemps, et une visite à réserver.",
    language="fr",
    series="La lettre de l’Estran",
    blocks=parse(DOCUMENT),
    footer=FOOTER,
    read_more="Lire l’article",
    base_url=BASE_URL,
)


def letter_of(*items: dict[str, object], **changes: str) -> IssueContent:
    """The letter with those blocks instead, each a type with its fields."""
    listed = [
        {
            "id": f"b{at}",
            "type": item["type"],
            "props": {k: v for k, v in item.items() if k != "type"},
        }
        for at, item in enumerate(items)
    ]
    return replace(LETTER, blocks=parse({"v": 1, "blocks": listed}), **changes)
