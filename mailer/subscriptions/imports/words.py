"""What the import says of a row or a file, and how to mend it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from flask_babel import (
    LazyString,
    format_date,
    format_decimal,
    format_time,
    lazy_gettext,
    ngettext,
)
from flask_babel import gettext as _

from mailer.subscriptions.imports.columns import Role
from mailer.subscriptions.imports.faults import Fault, Flaw, Trouble
from mailer.subscriptions.imports.stages import Outcome, Stage

FLAWS: dict[Flaw, tuple[LazyString, LazyString]] = {
    Flaw.EMPTY: (
        lazy_gettext("il n’y a pas d’adresse"),
        lazy_gettext("Écrivez une adresse dans cette ligne, ou supprimez la ligne."),
    ),
    Flaw.NO_AT: (
        lazy_gettext("adresse sans @"),
        lazy_gettext("Écrivez-la au format nom@exemple.fr."),
    ),
    Flaw.SEVERAL_AT: (
        lazy_gettext("plusieurs @"),
        lazy_gettext("Mettez une seule adresse par ligne, avec un seul @."),
    ),
    Flaw.SPACE: (
        lazy_gettext("une espace dans l’adresse"),
        lazy_gettext("Retirez l’espace, ou séparez les deux adresses en deux lignes."),
    ),
    Flaw.HIDDEN: (
        lazy_gettext("un caractère qui ne se voit pas"),
        lazy_gettext("Effacez l’adresse et tapez-la de nouveau, sans la copier."),
    ),
    Flaw.NO_DOT: (
        lazy_gettext("le domaine n’a pas de point"),
        lazy_gettext("Complétez ce qui suit le @, par exemple exemple.fr."),
    ),
    Flaw.NO_NAME: (
        lazy_gettext("il n’y a rien avant le @"),
        lazy_gettext("Complétez l’adresse au format nom@exemple.fr."),
    ),
    Flaw.MISREAD: (
        lazy_gettext("un caractère n’a pas pu être lu"),
        lazy_gettext("Enregistrez le fichier en UTF-8, puis déposez-le de nouveau."),
    ),
    Flaw.LONG_CELL: (
        lazy_gettext("une case de plus de 10 000 caractères"),
        lazy_gettext("Raccourcissez cette case, ou retirez sa colonne du fichier."),
    ),
    Flaw.MANY_COLUMNS: (
        lazy_gettext("plus de 100 colonnes"),
        lazy_gettext("Ne gardez que les colonnes utiles, puis déposez le fichier de nouveau."),
    ),
    Flaw.STATUS: (
        lazy_gettext("statut inconnu"),
        lazy_gettext("Remplacez-le par « inscrit » ou « désinscrit »."),
    ),
    Flaw.ADDRESS: (
        lazy_gettext("aucun courriel ne peut avoir cette adresse"),
        lazy_gettext("Vérifiez chaque caractère ; le format est nom@exemple.fr."),
    ),
}

TROUBLES: dict[Trouble, LazyString] = {
    Trouble.NOTHING: lazy_gettext(
        "Ce fichier est vide. Choisissez celui qui contient les adresses, avec une première ligne"
        " de titres."
    ),
    Trouble.NOT_A_TABLE: lazy_gettext(
        "Ce fichier n’est pas un tableau. Enregistrez-le en CSV ou en XLSX depuis votre tableur."
    ),
    Trouble.BROKEN_SHEET: lazy_gettext(
        "Ce classeur ne s’ouvre pas. Ouvrez-le dans votre tableur, enregistrez-le en CSV et"
        " déposez ce CSV."
    ),
    Trouble.BOMB: lazy_gettext(
        "Ce classeur devient démesuré une fois décompressé. Enregistrez la feuille des adresses"
        " en CSV et déposez ce CSV."
    ),
    Trouble.LONG_LINE: lazy_gettext(
        "Une ligne ne finit pas : un guillemet ouvert n’est sans doute jamais refermé."
        " Corrigez-la, puis déposez le fichier de nouveau."
    ),
    Trouble.TOO_MANY_ROWS: lazy_gettext(
        "Ce fichier a trop de lignes. Partagez-le en plusieurs, et déposez-les l’un après l’autre."
    ),
    Trouble.GONE: lazy_gettext("Le fichier n’est plus là. Déposez-le de nouveau."),
}


def explain(fault: Fault) -> tuple[str, str]:
    """What is the matter with the row, and how to mend it."""
    what, cure = FLAWS[fault.flaw]
    return str(what), str(cure)


def trouble(kind: str, line: int) -> str:
    """Why the file cannot be used, from which line on, and how to mend it."""
    words = str(TROUBLES[Trouble(kind)])
    return _("Vers la ligne %(line)s : %(words)s", line=line, words=words) if line else words


def titles() -> tuple[str, str, str, str]:
    """The columns of the sheet of rows that were set aside."""
    return (
        _("Ligne"),
        _("Ce qui est écrit"),
        _("Ce qui ne va pas"),
        _("Comment le corriger"),
    )


def roles() -> dict[Role, str]:
    """What a column can be used for."""
    return {
        Role.NONE: _("ne pas reprendre"),
        Role.EMAIL: _("adresse e-mail"),
        Role.STATUS: _("statut"),
        Role.LANGUAGE: _("langue"),
        Role.GIVEN: _("date du consentement"),
        Role.NETWORK: _("adresse IP du consentement"),
    }


def number(count: int) -> str:
    """A count with its thousands apart: 1 204."""
    return str(format_decimal(count))


def addresses(count: int) -> str:
    """How many: 1 204 adresses."""
    return str(ngettext("%(count)s adresse", "%(count)s adresses", count, count=number(count)))


def outcomes(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """What becomes of the addresses and rows, in an order that does not change; zeros left out."""
    told = {
        Outcome.NEW: _("inscrites, avec leur preuve"),
        Outcome.UNPROVEN: _("mises de côté, faute de preuve : aucune lettre ne leur est envoyée"),
        Outcome.KNOWN: _("déjà sur la liste : rien ne change pour elles"),
        Outcome.SUPPRESSED: _("sur la liste d’opposition : jamais reprises"),
        Outcome.LEFT: _("parties de cette liste, ou déjà sollicitées : jamais reprises"),
        Outcome.ERASED: _("effacées à leur demande : elles seules peuvent revenir"),
        Outcome.ELSEWHERE: _("désinscrites, non confirmées ou injoignables d’après le fichier"),
        Outcome.OBJECTED: _("opposées, ou revenues en erreur, d’après le fichier"),
        "twice": _("en double dans le fichier"),
        "faulty": _("à corriger"),
    }
    return [(number(counts[key]), text) for key, text in told.items() if counts.get(key)]


def left(duration: timedelta | None) -> str:
    """How long it will still take, in words; nothing when that is not known."""
    if duration is None:
        return ""
    minutes = round(duration / timedelta(minutes=1))
    if minutes < 1:
        return str(_("moins d’une minute"))
    return str(ngettext("environ %(num)d min", "environ %(num)d min", minutes))


def day(on: date) -> str:
    """The day, as the reader's language writes it."""
    return str(format_date(on, "long"))


def moment(at: datetime) -> str:
    """The day and the hour in Paris, as the reader's language writes them."""
    return f"{format_date(at, 'long')}, {format_time(at, 'short')}"


def stages() -> dict[Stage, tuple[str, str]]:
    """Each stage in a word, with its look."""
    return {
        Stage.RECEIVED: (_("colonnes à vérifier"), "due"),
        Stage.READING: (_("lecture en cours"), ""),
        Stage.READ: (_("à valider"), "due"),
        Stage.WRITING: (_("import en cours"), ""),
        Stage.DONE: (_("importé"), "done"),
        Stage.UNDOING: (_("annulation en cours"), ""),
        Stage.UNDONE: (_("annulé"), ""),
        Stage.DROPPED: (_("abandonné"), ""),
        Stage.FAILED: (_("illisible"), "late"),
    }
