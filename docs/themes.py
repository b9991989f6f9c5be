"""Photograph a letter in each theme for docs/themes.md: python docs/themes.py [FEED ...].

The letter holds the articles of those feeds; without any, of the French feeds of the tests and of
the article in ../shared/seed where it is there. Nothing is fetched: the pictures are ours.
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import cycle
from pathlib import Path

from PIL import Image as Picture
from playwright.sync_api import Browser, Route, sync_playwright

from mailer.articles.parse import parse
from mailer.newsletters.appearance import dark, light
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
from mailer.newsletters.fields import filled
from mailer.newsletters.render import render
from mailer.newsletters.themes.theme import Look, built_in

HERE = Path(__file__).parent
IMAGES = HERE / "images" / "themes"
PICTURES = HERE.parent / "mailer" / "demo" / "pictures"
FEEDS = HERE.parent / "tests" / "corpus" / "feeds" / "fr-made"
SEED = HERE.parents[1] / "shared" / "seed" / "feed.xml"
CHOSEN = ("wordpress.xml", "spip-iso8859-1.xml", "article.html", "atom-xhtml-base.xml")
CHROMIUM = os.environ.get("MAILER_TEST_CHROMIUM", "/usr/bin/chromium")
SITE = "https://lettre.exemple.fr"
# A quarter of a screen's palette: flat colours, and a picture here and there.
COLOURS = 64
WIDTHS = (375, 600)
TEXT_ONLY = 2


def articles(feeds: list[Path]) -> list[Article]:
    """The articles of the feeds, each with a picture of ours."""
    names = cycle(("phare", "port", "marche", "atelier", "marais", "pont", "dunes"))
    return [
        Article(
            title=entry.title,
            summary=entry.summary[:220],
            url=entry.url or SITE,
            image=f"/medias/{name}.jpg",
            alt=f"{entry.title} : vue dessinée",
            width=1200,
            height=675,
        )
        for feed in feeds
        for entry, name in zip(parse(feed.read_bytes(), SITE).entries, names, strict=False)
    ]


def written(found: list[Article]) -> Iterator[Props]:
    """A letter with every type of block."""
    large, rest, last = found[0], found[1:-TEXT_ONLY], found[-TEXT_ONLY:]
    yield Text(
        "Bonjour {{prenom|à toutes et à tous}},\n\nvoici ce que le mois apporte, **du phare au"
        " marché**, et deux dates à noter."
    )
    yield Contents("Dans cette lettre")
    yield Heading("À la une")
    yield large
    yield Button("Voir le programme", SITE)
    yield Figure(
        "1 240",
        "personnes ont franchi la digue à pied le jour de sa réouverture.",
        "Comptage de l’agence, octobre 2026",
    )
    yield Heading("En bref")
    yield from (replace(article, layout="compact") for article in rest)
    yield from (replace(article, layout="text") for article in last)
    yield Quote(
        "La mer donne deux fois par jour une leçon de patience.", "Maëlle Kerdoncuff, éclusière"
    )
    yield Heading("À vos agendas")
    yield Event(
        "Visite du chantier de la digue",
        "2026-12-05",
        "14:30",
        "",
        "17:00",
        "Cale du Havelet, Port-l’Estran",
        "Casque fourni, bottes conseillées.",
        SITE,
    )
    yield Event(
        "Marché des gens de mer", "2026-12-12", "", "2026-12-13", "", "Halle aux poissons, Grandmer"
    )
    yield Columns(
        "Habiter ici",
        "Une soirée d’accueil dans chaque ville, avec les associations.",
        SITE,
        "Trouver la vôtre",
        "Travailler ici",
        "Quarante entreprises cherchent des apprentis, de la voile au pain.",
        SITE,
        "Lire les offres",
    )
    yield Divider()
    yield Image(
        "/medias/dunes.jpg",
        "Les dunes, dessinées au petit matin",
        width=1200,
        height=675,
        caption="Les dunes de Saint-Maël, dessinées par l’atelier du port.",
    )
    yield Text("À bientôt sur le rivage.")


def letter(found: list[Article]) -> IssueContent:
    """The letter, before it has a look."""
    links = ("Se désinscrire", "Mes préférences", "Mes droits", "Version web")
    return IssueContent(
        subject="Le phare rouvre, la digue aussi : décembre sur la côte",
        preheader="Deux dates à noter, deux chantiers qui s’achèvent, et ce que la côte raconte.",
        language="fr",
        series="La lettre de l’Estran",
        blocks=tuple(Block(f"b{n}", props) for n, props in enumerate(written(found), start=1)),
        footer=Footer(
            "Agence de l’Estran",
            "12 quai des Marées, 50000 Port-l’Estran",
            "Vous recevez ce courriel parce que votre adresse est inscrite à « La lettre de"
            " l’Estran » depuis le 3 mars 2026.",
            tuple(FooterLink(label, SITE) for label in links),
        ),
        read_more="Lire l’article",
        base_url=SITE,
        add_to_calendar="Ajouter à mon agenda",
        web_url=SITE,
        dated=date(2026, 12, 1),
    )


def bare(html: str) -> str:
    """The letter in a mail client that drops style sheets."""
    return re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)


def photograph(browser: Browser, html: str, width: int, name: str) -> None:
    """Write the whole letter, at that width, as a small PNG."""
    page = browser.new_page(viewport={"width": width, "height": 800})

    def answer(route: Route) -> None:
        place = PICTURES / route.request.url.rpartition("/")[2]
        if place.suffix == ".jpg":
            route.fulfill(path=place)
        else:
            route.fulfill(body=html, content_type="text/html")

    page.route("**/*", answer)
    page.goto(SITE)
    shown = Picture.open(BytesIO(page.screenshot(full_page=True, animations="disabled")))
    page.close()
    IMAGES.mkdir(parents=True, exist_ok=True)
    drawn = shown.convert("RGB").quantize(COLOURS, dither=Picture.Dither.NONE)
    drawn.save(IMAGES / f"{name}.png", optimize=True)


def main() -> None:
    """Photograph the letter in every theme, at both widths, light, dark and without style."""
    default = [*([SEED] if SEED.exists() else []), *(FEEDS / name for name in CHOSEN)]
    found = articles([Path(arg) for arg in sys.argv[1:]] or default)
    content = letter(found)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, theme in built_in().items():
            drawn = render(replace(content, look=Look(theme, theme.tokens)))
            html = filled(drawn, {"prenom": "Camille"}).html
            for kind, shown in (("clair", light(html)), ("sombre", dark(html)), ("nu", bare(html))):
                for width in WIDTHS:
                    photograph(browser, shown, width, f"{name}-{kind}-{width}")
        browser.close()


if __name__ == "__main__":
    main()
