"""Invented people: those who read the letter, and those who make it."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from mailer.accounts.roles import Role

# Said aloud in the terminal: it opens invented data on the loopback, nothing else.
PASSPHRASE = "marée haute à midi"  # noqa: S105 - public by design

GIVEN_NAMES = (
    "Adèle Agathe Aïcha Alice Amandine Amir Anaïs André Antoine Armelle Arthur Aurélie Baptiste "
    "Bastien Bérénice Bruno Camille Caroline Cécile Chloé Claire Clément Corentin Damien Daniel "
    "Delphine Diane Édouard Élise Éloïse Émile Emma Erwan Estelle Étienne Fanny Farid Fatou "
    "Florence François Gaël Geneviève Guillaume Hélène Hugo Ibrahim Inès Irène Jeanne Jérôme "
    "Joëlle Julien Karim Laurence Léa Léon Linh Loïc Louise Lucas Lucie Madeleine Maëlle Malik "
    "Manon Marguerite Marion Mathilde Maxime Mélanie Mohamed Morgane Nadia Nathan Nicolas Noémie "
    "Océane Odile Olivier Pascale Paul Pauline Philippe Quentin Rachid Raphaël Régine Rémi Romane "
    "Rose Sabrina Salomé Samuel Sandrine Sarah Sébastien Solène Sophie Stéphane Suzanne Sylvain "
    "Tanguy Théo Thérèse Thomas Valentine Véronique Victor Vincent Violette Xavier Yann Yasmine "
    "Yves Zoé"
).split()

FAMILY_NAMES = (
    "Aubrière Balestrin Barvoult Beaugrève Belledune Bertaulin Boisramé Bourdevent Brissac-Laune "
    "Calloret Camberlon Cauvrelle Chantegrive Chardavoine Clairembault Corblin Courtepée Dagorneau "
    "Delamarne Delépinet Desgrèves Dubreuil-Salin Dumoncelle Escalier Estréval Fauconnel Ferrandeau "
    "Fontalbe Fourquemin Gabillard Garandeau Gaudrillot Goascaradec Grandvallet Grémillon Guéridel "
    "Hautmesnil Havardel Hérissart Houdremont Jaubertin Jolivard Kerambrun Kerloc Lacombrade "
    "Lagrève Lamballot Landrevel Lavandaire Lecourtil Leguérinel Lemarquais Lespinard Letourmy "
    "Lorgeril Malvoisin Marchandel Maréchaux Martinvast Ménoret Merlandin Montaubry Mouchelin "
    "Nantillois Noirval Ormesson-Grau Paimperdu Pasquerel Penvenne Perdriel Piquenard Pontcallec "
    "Quatrevaux Quéméneur Ravenel Ribaudière Rocheblave Roscanvel Sablonnet Saint-Evrard Salvignac "
    "Sauvagère Tanguidel Tessonneau Thévenard Tourmelin Trébeurdel Vallerand Varangeot Vauquelois "
    "Verdelhan Vieillecour Vignolet Villaubert Yvonnet"
).split()


@dataclass(frozen=True)
class Person:
    """Someone who does not exist."""

    name: str
    email: str


@dataclass(frozen=True)
class Colleague:
    """Someone invented who works at the desk."""

    name: str
    email: str
    what: str
    roles: tuple[Role, ...]


ACCOUNTS = (
    Colleague(
        "Nora Belledune",
        "redaction@exemple.fr",
        "writes and sends the letter, sees the readers",
        (Role.EDITOR, Role.SENDER, Role.SUBSCRIBERS),
    ),
    Colleague("Simon Lecourtil", "dpo@exemple.fr", "answers the requests", (Role.DPO,)),
    Colleague("Maud Hautmesnil", "admin@exemple.fr", "does everything", tuple(Role)),
)


def invented(count: int) -> list[Person]:
    """That many people, the same at each call, each with an address of their own."""
    pairs = [(given, family) for given in GIVEN_NAMES for family in FAMILY_NAMES]
    chosen = Random(24).sample(pairs, count)  # noqa: S311 - the same people each time
    return list(_people(chosen))


def _people(pairs: list[tuple[str, str]]) -> Iterator[Person]:
    for given, family in pairs:
        yield Person(f"{given} {family}", f"{ascii_of(given)}.{ascii_of(family)}@exemple.fr")


def ascii_of(name: str) -> str:
    """The name as an address writes it: no accent, no capital."""
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore")
    return plain.decode().casefold()
