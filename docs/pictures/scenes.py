"""What must be done before a page has something to show."""

import sqlite3
from contextlib import closing

from demonstration import Demo, link

from pictures.camera import Camera

READER = "lea.vauclin@exemple.fr"

ACTIVE = (
    "SELECT subscriber.id, address FROM subscriber"
    " JOIN subscription ON subscriber_id = subscriber.id"
    " WHERE state = 'active' AND list_id = 1 ORDER BY subscriber.id LIMIT 1"
)

ADDRESSES = """Adresse;Prénom;Recueillie le
maud.perret@exemple.fr;Maud;12/03/2026
yann.lebris@exemple.fr;Yann;12/03/2026
ines.martel@@exemple.fr;Inès;14/03/2026
paul.hamel@exemple.fr;Paul;31/02/2026
"""


def visitor(camera: Camera, demo: Demo) -> None:
    """From the form to what a subscriber may choose."""
    camera.open("/")
    camera.keep("inscription")
    camera.tick_first()
    camera.fill("Mon adresse e-mail", READER)
    camera.press("S’inscrire")
    camera.keep("verifiez")
    camera.open(link(demo.next_mail(READER), "/inscriptions/"))
    camera.keep("confirmation")
    camera.press("Confirmer mon inscription")
    preferences(camera, demo)
    camera.open("/droits")
    camera.keep("droits")
    camera.open("/archives")
    camera.keep("archives")


def preferences(camera: Camera, demo: Demo) -> None:
    """What a subscriber may choose, by the link that they ask for."""
    _id, address = subscriber(demo)
    camera.open("/gestion")
    camera.fill("Mon adresse e-mail", address)
    camera.press("Recevoir mon lien")
    camera.open(link(demo.next_mail(address), "/preferences/"))
    camera.keep("preferences")


def subscriber(demo: Demo) -> tuple[int, str]:
    """Somebody who receives the first list: their number and their address."""
    with closing(sqlite3.connect(demo.folder / "mailer.sqlite")) as database:
        number, address = database.execute(ACTIVE).fetchone()
    return int(number), str(address)


def sign_in(camera: Camera, demo: Demo, part: str) -> None:
    """Open the desk as the colleague who plays that part."""
    email, passphrase = demo.account(part)
    camera.page.context.clear_cookies()
    camera.open("/connexion")
    camera.fill("Adresse e-mail", email)
    camera.fill("Phrase de passe", passphrase)
    camera.press("Se connecter")
    camera.page.wait_for_url("**/bureau")


def person(camera: Camera, demo: Demo) -> None:
    """A subscriber, and why they are on a list."""
    number, _address = subscriber(demo)
    camera.open(f"/bureau/abonnes/{number}")
    camera.keep("abonne")


def campaign(camera: Camera, _demo: Demo) -> None:
    """What became of a mailing."""
    camera.open("/bureau/envois")
    camera.follow("Des dunes")
    camera.look_at("h2:text('Ce qu’il en est advenu')")
    camera.keep("envoi")


def letter(camera: Camera, _demo: Demo) -> None:
    """A letter from its composer to the page that sends it."""
    camera.open("/bureau/lettres")
    camera.follow("Avant l’hiver")
    camera.keep("lettre")
    camera.press("Enregistrer et vérifier")
    camera.page.wait_for_url("**/verification")
    camera.keep("verification")
    camera.open("/bureau/envois")
    camera.follow("Le phare rouvre")
    camera.keep("depart")


def approval(camera: Camera, _demo: Demo) -> None:
    """A letter that waits for whoever approves."""
    camera.open("/bureau/lettres/nouvelle")
    for article in camera.page.locator("main").get_by_role("checkbox").all()[3:7]:
        article.check()
    camera.press("Composer la lettre")
    camera.fill("Objet", "Un train par heure, et des voiles neuves")
    camera.press("Enregistrer et vérifier")
    camera.press("Demander l’approbation")
    camera.page.get_by_text("L’approbation est demandée").wait_for()
    camera.open("/bureau/approbations")
    camera.keep("approbations")


def segment(camera: Camera, _demo: Demo) -> None:
    """Some readers, in words, and how many they are."""
    camera.open("/bureau/segments/nouveau")
    camera.fill("Nom du segment", "Lecteurs de longue date")
    camera.fill(
        "Qui, en toutes lettres",
        "liste = « La lettre de l’Estran » et inscrit avant le 1er septembre 2026",
    )
    camera.press("Compter")
    camera.keep("segment")
    camera.press("Enregistrer")
    camera.open("/bureau/segments")
    camera.keep("segments")


def series(camera: Camera, _demo: Demo) -> None:
    """What newcomers receive."""
    camera.open("/bureau/series/nouvelle")
    camera.page.get_by_role("radio").first.check()
    camera.press("Créer la série")
    camera.keep("serie")


def programs(camera: Camera, _demo: Demo) -> None:
    """The key of a program, and the address of one that is told."""
    camera.open("/bureau/cles/nouvelle")
    camera.fill("Nom du programme", "Site de l’agence")
    camera.tick_first()
    camera.press("Faire la clé")
    camera.open("/bureau/cles")
    camera.keep("cles")
    camera.open("/bureau/webhooks")
    camera.fill("Adresse à prévenir", "https://www.exemple.fr/prevenir")
    camera.tick_first()
    camera.press("Ajouter")
    camera.open("/bureau/webhooks")
    camera.keep("webhooks")


def addresses(camera: Camera, _demo: Demo) -> None:
    """A file of addresses, with its faults."""
    camera.open("/bureau/abonnes/importation")
    file = {"name": "adresses.csv", "mimeType": "text/csv", "buffer": ADDRESSES.encode()}
    camera.page.get_by_label("Fichier d’adresses").set_input_files(file)
    camera.press("Vérifier ce fichier")
    camera.keep("import")


SCENES = (person, campaign, letter, approval, segment, series, programs, addresses)
