"""Letters that somebody would be sorry to have sent: what was changed in a good one, what is wrong.

Each line is one defect: its name, the rule that has to find it, and the change.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from newsletters.letters import ARTICLE, BASE_URL, LETTER, letter_of

from mailer.newsletters.checks import Rule
from mailer.newsletters.checks.facts import ArticleStanding, Facts, Sender, Standing
from mailer.newsletters.content import IssueContent, Rendered
from mailer.newsletters.fields import mark
from mailer.newsletters.render import render
from mailer.newsletters.typesetting import typeset

TODAY = date(2026, 11, 18)
FINE = Facts(today=TODAY, sender=Sender("ville.fr", "ville.fr", "rebond.ville.fr"))
GOOD = {"type": "article", **ARTICLE}
WAY_OUT = mark("{{unsubscribe_url}}")
DIM = "@media (prefers-color-scheme: dark) { .summary { color: #3a4a44 !important } }"
SITE = "https://estran.exemple.fr"


@dataclass(frozen=True)
class Looked:
    """What the rules are given."""

    content: IssueContent
    rendered: Rendered
    facts: Facts = FINE


@dataclass(frozen=True)
class Defect:
    name: str
    rule: Rule
    made: Callable[[], Looked]


def _letter(content: IssueContent, facts: Facts = FINE) -> Looked:
    return Looked(content, render(content), facts)


def envelope(**changes: str) -> Callable[[], Looked]:
    return lambda: _letter(replace(typeset(LETTER), **changes))


def blocks(*items: dict[str, object], facts: Facts = FINE, **changes: str) -> Callable[[], Looked]:
    return lambda: _letter(letter_of(*items, **changes), facts)


def article(**changes: object) -> Callable[[], Looked]:
    return blocks(GOOD | changes)


def prose(text: str, **changes: str) -> Callable[[], Looked]:
    return blocks(GOOD, {"type": "text", "text": text}, **changes)


def page(old: str, new: str) -> Callable[[], Looked]:
    """The page as a theme of somebody's own might draw it."""

    def made() -> Looked:
        looked = _letter(typeset(LETTER))
        assert old in looked.rendered.html + looked.rendered.text
        html, text = looked.rendered.html.replace(old, new), looked.rendered.text.replace(old, new)
        return replace(looked, rendered=replace(looked.rendered, html=html, text=text))

    return made


def known(**changes: object) -> Callable[[], Looked]:
    return blocks(GOOD | {"article_id": 7}, facts=replace(FINE, **changes))


def link(url: str, label: str = "Le plan des travaux") -> Callable[[], Looked]:
    return prose(f"Voyez [{label}]({url}) avant de venir.")


DEFECTS = (
    # The inbox
    Defect("no subject", Rule.NO_SUBJECT, envelope(subject="")),
    Defect("subject too long", Rule.LONG_SUBJECT, envelope(subject="Le phare rouvre " * 5)),
    Defect("subject too short", Rule.SHORT_SUBJECT, envelope(subject="Lettre")),
    Defect("subject shouted", Rule.SHOUTED_SUBJECT, envelope(subject="LE PHARE ROUVRE SAMEDI")),
    Defect("subject exclaims", Rule.EXCLAIMED_SUBJECT, envelope(subject="Le phare rouvre !!!")),
    Defect("subject of emoji", Rule.WORDLESS_SUBJECT, envelope(subject="🎉🌊⛵")),
    Defect("answer that is none", Rule.FALSE_REPLY, envelope(subject="RE : votre abonnement")),
    Defect("forward that is none", Rule.FALSE_REPLY, envelope(subject="Fwd: le phare rouvre")),
    Defect("trial left in subject", Rule.PLACEHOLDER, envelope(subject="[TEST] Le phare rouvre")),
    Defect("no preheader", Rule.NO_PREHEADER, envelope(preheader="")),
    Defect("preheader too short", Rule.PREHEADER_LENGTH, envelope(preheader="Et la baie")),
    Defect("preheader too long", Rule.PREHEADER_LENGTH, envelope(preheader="La baie, encore " * 9)),
    Defect("preheader repeats", Rule.PREHEADER_REPEATS, envelope(preheader=LETTER.subject + ".")),
    Defect("text to replace", Rule.PLACEHOLDER, prose("Lorem ipsum dolor sit amet.")),
    Defect("many emoji", Rule.MANY_EMOJI, envelope(subject="🎉🌊⛵ Le phare rouvre")),
    # Merge fields
    Defect("unknown field", Rule.UNKNOWN_FIELD, prose("Bonjour {{ville|ici}},")),
    Defect("field without default", Rule.NO_DEFAULT, prose("Bonjour {{prenom}},")),
    Defect("field with an empty default", Rule.EMPTY_DEFAULT, prose("Bonjour {{prenom|}},")),
    Defect("field of one brace", Rule.BROKEN_FIELD, prose("Bonjour {prenom},")),
    Defect("field left open", Rule.BROKEN_FIELD, envelope(subject="Pour {{prenom, le phare")),
    Defect("field of another program", Rule.BROKEN_FIELD, prose("Bonjour *|FNAME|*,")),
    Defect("field in an address", Rule.FIELD_IN_ADDRESS, link(f"{SITE}/?nom={{{{prenom|x}}}}")),
    # Links
    Defect("page gone", Rule.DEAD_LINK, known(links={ARTICLE["url"]: Standing.GONE})),
    Defect("site unknown", Rule.UNKNOWN_SITE, known(links={ARTICLE["url"]: Standing.UNKNOWN_SITE})),
    Defect("site silent", Rule.SILENT_LINK, known(links={ARTICLE["url"]: Standing.SILENT})),
    Defect("letters that look alike", Rule.FOREIGN_LETTERS, link("https://www.caf\u0435.fr/")),
    Defect("the same in ASCII", Rule.FOREIGN_LETTERS, link("https://xn--80ak6aa92e.com/")),
    Defect("own machine", Rule.LOCAL_LINK, article(url="http://localhost:8000/phare")),
    Defect("private number", Rule.LOCAL_LINK, article(url="http://10.1.2.3/phare")),
    Defect("intranet host", Rule.LOCAL_LINK, link("https://intranet/plan")),
    Defect("name of a local network", Rule.LOCAL_LINK, link("https://wiki.mairie.local/plan")),
    Defect("file of a disk", Rule.LOCAL_LINK, link("file:///C:/plan.pdf")),
    Defect("page of the desk", Rule.DESK_LINK, link(f"{BASE_URL}/bureau/lettres/3")),
    Defect("relative address", Rule.RELATIVE_LINK, link("/agenda")),
    Defect("no scheme", Rule.RELATIVE_LINK, link("www.exemple.fr/agenda")),
    Defect("credentials", Rule.CREDENTIALS, link("https://camille:secret@exemple.fr/plan")),
    Defect("bad mailto", Rule.BAD_MAILTO, link("mailto:accueil@mairie")),
    Defect("somebody's way out", Rule.PERSONAL_LINK, link(f"{BASE_URL}/desinscriptions/Ab3.x9")),
    Defect("session in a link", Rule.SECRET_IN_LINK, link(f"{SITE}/plan?PHPSESSID=5f2a")),
    Defect("not encrypted", Rule.PLAIN_HTTP, article(url="http://estran.exemple.fr/phare")),
    Defect("cliquez ici", Rule.VAGUE_LINK, link(SITE, "Cliquez ici")),
    Defect("en savoir plus", Rule.VAGUE_LINK, link(SITE, "En savoir plus…")),
    Defect("read more", Rule.VAGUE_LINK, link(SITE, "Read more")),
    Defect("link without words", Rule.EMPTY_LINK, link(SITE, "")),
    Defect("button without words", Rule.NO_LABEL, blocks(GOOD, {"type": "button", "url": SITE})),
    Defect("link without address", Rule.NO_ADDRESS, link("")),
    Defect(
        "same words, two places",
        Rule.SAME_LABEL,
        prose(f"[Le programme]({SITE}/a) et [le programme]({SITE}/b)."),
    ),
    Defect("address as words", Rule.ADDRESS_AS_LABEL, link(SITE, SITE)),
    Defect("address left bare", Rule.NOT_A_LINK, prose(f"Voyez {SITE}/plan pour venir.")),
    # Pictures
    Defect("no picture", Rule.NO_PICTURE, blocks(GOOD, {"type": "image"})),
    Defect("no alternative", Rule.NO_ALT, article(alt="")),
    Defect("file name", Rule.FILE_NAME_ALT, article(alt="IMG_2041.JPG")),
    Defect("picture of", Rule.PICTURE_OF_ALT, article(alt="Photo du phare à marée basse")),
    Defect("alternative too long", Rule.LONG_ALT, article(alt="Le phare et la jetée " * 9)),
    Defect(
        "same alternative twice",
        Rule.SAME_ALT,
        blocks(GOOD, GOOD | {"title": "Le bac", "url": f"{SITE}/bac"}),
    ),
    Defect(
        "decorative with a link",
        Rule.DECORATIVE_LINK,
        blocks(GOOD, {"type": "image", "image": "/medias/a.png", "decorative": True, "url": SITE}),
    ),
    Defect("webp", Rule.PICTURE_FORMAT, article(image="/medias/phare.webp")),
    Defect(
        "words in the picture alone",
        Rule.FEW_WORDS,
        blocks({"type": "image", "image": "/medias/a.png", "alt": "Affiche", "url": SITE}),
    ),
    Defect("alternative that is the title", Rule.ALT_IS_TITLE, article(alt=ARTICLE["title"])),
    Defect("picture too small", Rule.SMALL_PICTURE, article(width=120, height=80)),
    # Structure
    Defect("empty letter", Rule.NO_BLOCK, blocks()),
    Defect("article without title", Rule.NO_TITLE, article(title="")),
    Defect("text in capitals", Rule.SHOUTED_TEXT, prose("INSCRIVEZ VOUS AVANT LE SOIR !")),
    Defect("nothing to follow", Rule.NO_LINK, blocks({"type": "text", "text": "Bonjour."})),
    Defect("title emptied by a theme", Rule.EMPTY_HEADING, page(">Sur le rivage</h2>", "></h2>")),
    Defect(
        "columns moved by a theme",
        Rule.READING_ORDER,
        page('<td class="row"', '<td style="float:right" class="row"'),
    ),
    Defect(
        "section that never fills",
        Rule.NEVER_FILLED,
        blocks(GOOD, {"type": "section", "newest": 3, "least": 5}),
    ),
    Defect("part of nothing", Rule.EMPTY_PART, blocks(GOOD, {"type": "heading", "text": "Agenda"})),
    Defect("empty title", Rule.EMPTY_BLOCK, blocks(GOOD, {"type": "heading"}, GOOD)),
    Defect("contents of no part", Rule.NO_PARTS, blocks({"type": "contents"}, GOOD)),
    Defect("bold as a title", Rule.FALSE_HEADING, prose("**L’agenda**\n\nDeux dates à venir.")),
    Defect("rank skipped by a theme", Rule.HEADING_ORDER, page("<h2", "<h4")),
    Defect("language lost by a theme", Rule.NO_LANGUAGE, page(' lang="fr"', "")),
    # Dates
    Defect("event without a day", Rule.NO_DAY, blocks(GOOD, {"type": "event", "title": "Marché"})),
    Defect(
        "event ends first",
        Rule.ENDS_FIRST,
        blocks(
            GOOD,
            {"type": "event", "title": "Fête", "day": "2026-12-05", "last_day": "2026-12-03"},
        ),
    ),
    Defect(
        "event over",
        Rule.PAST_EVENT,
        blocks(GOOD, {"type": "event", "title": "Marché", "day": "2026-11-07"}),
    ),
    Defect("wrong weekday", Rule.WRONG_WEEKDAY, prose("Rendez-vous lundi 24 novembre 2026.")),
    Defect("wrong weekday, no year", Rule.WRONG_WEEKDAY, prose("Rendez-vous lundi 24 novembre.")),
    Defect("no such day", Rule.NO_SUCH_DAY, prose("Inscriptions avant le 31 novembre.")),
    # Typography
    Defect("space that breaks", Rule.NO_BREAK_SPACE, prose("Une question ? Écrivez-nous.")),
    Defect("straight quotes", Rule.QUOTES, prose('Le bateau "La Marie" est à quai.')),
    Defect("three dots", Rule.DOTS, prose("Le phare, la digue, le marché...")),
    Defect("straight apostrophe", Rule.APOSTROPHE, prose("L'eau monte.")),
    Defect("capital without accent", Rule.ACCENTED_CAPITAL, prose("A propos du phare.")),
    Defect("number and unit", Rule.UNIT_SPACE, prose("L’entrée coûte 12 €.")),
    Defect("two spaces", Rule.DOUBLE_SPACE, prose("Le phare  rouvre.")),
    Defect(
        "space before a colon in English",
        Rule.SPACE_BEFORE,
        prose("Come and see : it is free.", language="en"),
    ),
    Defect("two letters for one", Rule.LIGATURE, prose("Un coup de coeur pour le phare.")),
    # Colours and mail clients
    Defect(
        "pale on a light screen",
        Rule.PALE_TEXT,
        page(">Après deux ans", ' bgcolor="#ffffff"><b style="color:#b9c4be">Après</b> deux ans'),
    ),
    Defect(
        "pale on a dark screen",
        Rule.PALE_TEXT_IN_THE_DARK,
        page("</head>", f"<style>{DIM}</style></head>"),
    ),
    Defect(
        "laid out by flex",
        Rule.CLIENT_GAP,
        page('<td class="row" ', '<td class="row" style="display:flex" '),
    ),
    # Weight and legal lines
    Defect("too heavy", Rule.TOO_BIG, page("</body>", "<!--" + "a" * 100_000 + "--></body>")),
    Defect("heavy", Rule.BIG, page("</body>", "<!--" + "a" * 66_000 + "--></body>")),
    Defect("no way out", Rule.NO_WAY_OUT, page(WAY_OUT, BASE_URL)),
    Defect("no organisation", Rule.NO_ORGANISATION, page("Agence de l’Estran", "")),
    Defect("no reason", Rule.NO_REASON, page("Vous recevez ce courriel", "Bonjour")),
    Defect("no postal address", Rule.NO_POSTAL_ADDRESS, page("12 quai des Marées", "")),
    Defect("not aligned", Rule.NOT_ALIGNED, known(sender=Sender("ville.fr", "a.org", "b.org"))),
    Defect("sample sender", Rule.SAMPLE_SENDER, known(sender=Sender("exemple.fr", is_sample=True))),
    # Articles
    Defect("article twice", Rule.ARTICLE_TWICE, blocks(GOOD, GOOD)),
    Defect("changed since", Rule.ARTICLE_CHANGED, known(articles={7: ArticleStanding.CHANGED})),
    Defect("gone since", Rule.ARTICLE_GONE, known(articles={7: ArticleStanding.GONE})),
    Defect("sent before", Rule.ALREADY_SENT, known(sent={7: "La lettre d’octobre"})),
)
