"""Letters that nobody would have to change before they leave; `~` stands for a no-break space."""

from dataclasses import dataclass, replace
from datetime import date

from newsletters.letters import LETTER, letter_of

from mailer.newsletters.content import IssueContent

TODAY = date(2026, 11, 18)
SITE = "https://ville.exemple.fr"


@dataclass(frozen=True)
class Good:
    name: str
    content: IssueContent


def _set(value: object) -> object:
    return value.replace("~", "\u00a0") if isinstance(value, str) else value


def _made(
    name: str, subject: str, preheader: str, *items: dict[str, object], language: str = "fr"
) -> Good:
    told = [{key: _set(value) for key, value in item.items()} for item in items]
    letter = letter_of(*told, subject=_set(subject), preheader=_set(preheader))
    words = {"fr": LETTER.read_more, "en": "Read the article"}
    return Good(name, replace(letter, language=language, read_more=words[language]))


def text(words: str) -> dict[str, object]:
    return {"type": "text", "text": words}


def heading(words: str) -> dict[str, object]:
    return {"type": "heading", "text": words}


def article(title: str, summary: str, path: str, **more: object) -> dict[str, object]:
    return {"type": "article", "title": title, "summary": summary, "url": f"{SITE}/{path}"} | more


def picture(name: str, alt: str) -> dict[str, object]:
    return {"image": f"/medias/{name}.jpg", "alt": alt, "width": 1200, "height": 800}


def button(label: str, path: str) -> dict[str, object]:
    return {"type": "button", "label": label, "url": f"{SITE}/{path}"}


def event(title: str, day: str, **more: object) -> dict[str, object]:
    return {"type": "event", "title": title, "day": day} | more


FRENCH = (
    _made(
        "monthly letter of a town",
        "Budget 2027~: ce qui change pour vous",
        "Le vote du conseil, les travaux de la rue Haute et l’agenda de décembre.",
        text("Bonjour {{prenom|à toutes et à tous}},\n\nvoici les nouvelles de novembre."),
        article(
            "Le budget 2027 en cinq chiffres",
            "Le conseil a voté 12,4~millions d’euros, dont un tiers pour les écoles.",
            "budget",
            **picture("budget", "La salle du conseil pendant le vote"),
        ),
        heading("Agenda"),
        event("Marché de Noël", "2026-12-05", time="10:00", place="Place du Marché"),
    ),
    _made(
        "works in a street, told in one text",
        "Rue Haute fermée du 23 au 27~novembre",
        "Les bus 3 et 7 passent par le boulevard~; les riverains gardent leur accès.",
        text(
            "La rue Haute ferme à la circulation du lundi~23 au vendredi 27~novembre 2026, de 8~h"
            " à 17~h.\n\nLes bus 3 et 7 passent par le boulevard. Consultez [le plan de déviation]"
            f"({SITE}/deviation) ou appelez le 02~33~00~00~00."
        ),
    ),
    _made(
        "library, with a quote and columns",
        "À lire cet hiver~: douze coups de cœur",
        "Romans, albums et bandes dessinées choisis par vos bibliothécaires.",
        {"type": "contents", "title": "Dans cette lettre"},
        heading("Pour les grands"),
        article(
            "Six romans venus du froid",
            "De l’Islande au Québec, six voix à découvrir au coin du feu.",
            "romans",
            layout="compact",
            **picture("romans", "Six couvertures de romans disposées en éventail"),
        ),
        heading("Pour les petits"),
        {
            "type": "columns",
            "left_title": "L’heure du conte",
            "left_text": "Chaque mercredi à 16~h, dès 3~ans.",
            "left_url": f"{SITE}/conte",
            "left_label": "Réserver pour le conte",
            "right_title": "Le goûter des bulles",
            "right_text": "Un samedi par mois, avec une dessinatrice.",
            "right_url": f"{SITE}/bulles",
            "right_label": "Réserver pour les bulles",
        },
        {
            "type": "quote",
            "text": "Lire, c’est voyager sans billet.",
            "author": "Une lectrice de neuf ans",
        },
    ),
    _made(
        "key figures of water",
        "L’eau du robinet en quatre chiffres",
        "Prix, qualité, fuites réparées~: le bilan annuel de la régie.",
        {"type": "figure", "value": "3,42~€", "text": "le mètre cube, assainissement compris"},
        {"type": "figure", "value": "98~%", "text": "d’analyses conformes", "source": "ARS, 2026"},
        text("Le rapport complet compte 64~pages~; l’essentiel tient en deux."),
        button("Télécharger le rapport annuel", "eau"),
    ),
    _made(
        "school, with questions and quotation marks",
        "Cantine~: vos questions, nos réponses",
        "Menus, tarifs, allergies~: tout ce que vous avez demandé en octobre.",
        text(
            "Peut-on changer de jour~? Oui, jusqu’au jeudi précédent.\n\nLe menu «~sans viande~»"
            " reste-t-il proposé~? Bien sûr~!\n\n- une entrée~;\n- un plat~;\n- un fruit."
        ),
        button("Changer les jours de cantine", "cantine"),
    ),
    _made(
        "museum, several dates",
        "Quatre nocturnes au musée en décembre",
        "Visites à la lampe, concert et atelier de gravure, sur réservation.",
        event(
            "Visite à la lampe", "2026-12-03", time="19:00", last_time="20:30", url=f"{SITE}/lampe"
        ),
        event("Concert de clavecin", "2026-12-10", time="20:00", text="Entrée libre."),
        event("Atelier de gravure", "2026-12-17", last_day="2026-12-18", url=f"{SITE}/gravure"),
    ),
    _made(
        "health alert, sober",
        "Grippe~: la vaccination est ouverte",
        "Où et quand se faire vacciner près de chez vous, sans avance de frais.",
        text(
            "La vaccination est gratuite dès 65~ans. **Aucune ordonnance** n’est demandée en"
            f" pharmacie.\n\nTrouvez [une pharmacie qui vaccine]({SITE}/pharmacies) ou écrivez à"
            " [la maison de santé](mailto:sante@ville.exemple.fr)."
        ),
    ),
    _made(
        "abbreviations and numbers",
        "PLUi~: l’enquête publique commence le 1er~décembre",
        "Un mois pour donner votre avis sur le plan d’urbanisme des 14~communes.",
        text(
            "Le PLUi fixe les règles de construction. L’INSEE compte 38~412~habitants en 2026,"
            " soit +~1,2~% en un an.\n\nLe dossier (n°~2026-114) est à lire en mairie."
        ),
        article("Donner votre avis en ligne", "Le registre ouvre à 9~h.", "registre"),
    ),
    _made(
        "decorative picture, heading and list",
        "Jardins partagés~: dix parcelles à prendre",
        "Inscriptions ouvertes jusqu’au 15~janvier, tirage au sort le 20.",
        {"type": "image", "image": "/medias/feuilles.png", "decorative": True, "width": 1100},
        heading("Comment s’inscrire"),
        text("1. Prenez le dossier à compléter.\n2. Joignez-le.\n3. Attendez le tirage."),
        button("Demander une parcelle", "jardins"),
    ),
    _made(
        "letter with a section that fills itself",
        "Les brèves de la semaine",
        "Cinq nouvelles des services, choisies parmi les plus récentes.",
        text("Bonne lecture, {{prenom|chère lectrice, cher lecteur}}."),
        {"type": "section", "title": "À la une", "newest": 5, "least": 1, "words": "ville,état"},
    ),
    _made(
        "minutes and a law cited",
        "Conseil municipal du 12~novembre~: le compte rendu",
        "Vingt-deux délibérations, dont la charte de l’arbre et le prix de l’eau.",
        text(
            "Le conseil s’est réuni jeudi 12~novembre 2026. Conformément à l’article L.~2121-25 du"
            f" code, le [procès-verbal de la séance]({SITE}/pv) est publié sous huit jours."
        ),
        article("La charte de l’arbre adoptée", "Planter deux fois ce que l’on coupe.", "arbre"),
    ),
    _made(
        "an e-mail address and a bare domain in a text",
        "Objets trouvés~: passez avant Noël",
        "Clés, doudous et parapluies vous attendent à l’accueil de la mairie.",
        text(
            "Écrivez à accueil@ville.exemple.fr ou passez de 9:00 à 12:30. La liste est aussi sur"
            f" [la page des objets trouvés]({SITE}/objets?tri=date&page=2)."
        ),
    ),
)
ENGLISH = (
    _made(
        "visitors' letter",
        "Winter hours and a new trail",
        "The castle closes at five, and the coastal path is open again.",
        text("Dear {{prenom|reader}},\n\nhere is what’s new: shorter days, longer walks."),
        article(
            "The coastal path reopens",
            "You may march 45 kilometres a day.",
            "path",
            **picture("path", "Walkers on a grassy path above the sea"),
        ),
        button("Plan your visit", "visit"),
        language="en",
    ),
    _made(
        "dates in English",
        "Meet us on Tuesday, 24 November",
        "Three open doors, one evening talk, and free parking all day.",
        text("Join us on Tuesday 24 November 2026, or on Wednesday, December 2, 2026."),
        event("Evening talk", "2026-11-24", time="18:30", url=f"{SITE}/talk"),
        language="en",
    ),
    _made(
        "questions and quotes",
        "Your questions about recycling",
        "What goes into the yellow bin? And where does glass belong?",
        text(
            "“Is a pizza box paper?” Yes, if it’s clean; otherwise it’s waste.\n\n- paper\n- tins"
        ),
        article("Where the yellow bin goes", "We followed a bottle for a week.", "bin"),
        language="en",
    ),
    _made(
        "jobs",
        "We are hiring: four jobs by the sea",
        "A lifeguard, two gardeners and a librarian; apply before 15 January.",
        heading("Open positions"),
        article("Lifeguard, full time", "From May to September.", "lifeguard"),
        article("Two gardeners", "Permanent, 35 hours a week.", "gardeners"),
        language="en",
    ),
    _made(
        "figures",
        "Our harbour in numbers",
        "Landings, ferries and visitors: how the year 2026 went.",
        {
            "type": "figure",
            "value": "1,240 t",
            "text": "of scallops landed",
            "source": "Port, 2026",
        },
        text("Ferries carried 12% more passengers than in 2025, at no extra cost."),
        button("Open the yearly report", "harbour"),
        language="en",
    ),
    _made(
        "a short notice",
        "Water cut on Monday morning",
        "From 8 to 11 a.m. in the old town; keep a few bottles aside.",
        text(f"Mains are being replaced. See [the streets concerned]({SITE}/water) before Monday."),
        language="en",
    ),
)
LETTERS = (
    *FRENCH,
    *ENGLISH,
    _made(
        "emoji and a name in the subject",
        "{{prenom|Bonjour}}, la fête du port revient ⛵",
        "Trois jours de voiles, de concerts et de fruits de mer, du 19 au 21~juin.",
        article("Le programme de la fête", "Voiles, concerts et marché.", "fete"),
        article("Venir sans voiture", "Navettes toutes les 20~minutes.", "navettes"),
    ),
    _made(
        "survey after an event",
        "Et vous, qu’avez-vous pensé du forum~?",
        "Trois minutes pour nous dire ce qui vous a plu, et ce qui a manqué.",
        text("Vous étiez 1~250 au forum des associations. Merci~! Dites-nous la suite…"),
        button("Répondre au questionnaire", "forum"),
    ),
)
