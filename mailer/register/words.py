"""The record of processing in the reader's words: a heading for each part, and its lines."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext, ngettext
from flask_babel import gettext as _

from mailer.consent.bases import LawfulBasis
from mailer.consent.notice_words import BASES
from mailer.personal import Category, Purpose
from mailer.register import vocabulary
from mailer.register.changes import Change, Happened
from mailer.register.sheet import Activity, Controller, Kept

SUBJECTS: Mapping[str, LazyString] = {
    "subscribers": lazy_gettext("les personnes inscrites à une liste"),
    "opponents": lazy_gettext("les personnes qui ne veulent plus recevoir de courriel"),
    "requesters": lazy_gettext("les personnes qui adressent une demande"),
    "touched": lazy_gettext("les personnes touchées par une violation de données"),
    "visitors": lazy_gettext("les visiteurs du site"),
    "staff": lazy_gettext("les agents qui ont un compte du bureau"),
}
READERS: Mapping[str, LazyString] = {
    "editor": lazy_gettext("agents qui écrivent les lettres"),
    "sender": lazy_gettext("agents qui envoient les lettres"),
    "approver": lazy_gettext("agents qui approuvent les lettres"),
    "subscribers": lazy_gettext("agents qui gèrent les abonnés"),
    "dpo": lazy_gettext("délégué à la protection des données"),
    "admin": lazy_gettext("administrateurs du bureau"),
    "operator": lazy_gettext("exploitants du serveur"),
}
SECURITY: Mapping[str, LazyString] = {
    "roles": lazy_gettext("accès au bureau par rôle, refusé par défaut"),
    "passphrases": lazy_gettext("phrases de passe longues, gardées hachées (argon2id)"),
    "throttle": lazy_gettext("tentatives de connexion freinées"),
    "fingerprints": lazy_gettext("pseudonymisation par empreinte à clé"),
    "sealed_proofs": lazy_gettext("preuves chiffrées sous une clé propre à chaque personne"),
    "chained_proofs": lazy_gettext("preuves chaînées et vérifiables"),
    "journal": lazy_gettext("journal de ce qui est fait et consulté au bureau"),
    "one_way_erasure": lazy_gettext(
        "effacement par un seul chemin, inscrit dans un journal à part"
    ),
    "purge": lazy_gettext("purge quotidienne des données échues"),
    "no_third_party": lazy_gettext("aucune ressource chargée chez un tiers"),
    "https": lazy_gettext("site servi en HTTPS"),
    "encrypted_relay": lazy_gettext("liaison chiffrée avec le relais de messagerie"),
    "secure_delete": lazy_gettext("octets effacés réécrits sur le disque"),
}
# In the order of GDPR art. 30(1); the basis, which it does not ask for, goes with the purpose.
PARTS: Mapping[str, LazyString] = {
    "aim": lazy_gettext("Finalité"),
    "basis": lazy_gettext("Base légale"),
    "subjects": lazy_gettext("Personnes concernées"),
    "categories": lazy_gettext("Données"),
    "recipients": lazy_gettext("Destinataires dans l’organisme"),
    "processors": lazy_gettext("Sous-traitants et autres destinataires"),
    "transfers": lazy_gettext("Transferts hors de l’Union européenne"),
    "retention": lazy_gettext("Durées de conservation"),
    "security": lazy_gettext("Mesures de sécurité"),
}
CONTROLLER: Mapping[str, LazyString] = {
    "name": lazy_gettext("Responsable du traitement"),
    "address": lazy_gettext("Adresse"),
    "phone": lazy_gettext("Téléphone"),
    "officer": lazy_gettext("Délégué à la protection des données"),
}


@dataclass(frozen=True)
class Sentence:
    """A change as it is told: what, and how it was and is."""

    what: str
    before: str
    after: str


def title(activity: Activity) -> str:
    """The name of the activity."""
    purpose = str(vocabulary.PURPOSES[Purpose(activity.purpose)])
    if not activity.name:
        return purpose
    return str(_("%(purpose)s : %(list)s", purpose=purpose, list=activity.name))


def lines(activity: Activity, part: str) -> list[str]:
    """What the record says of that part; never nothing."""
    return SPEAKERS[part](activity) or [str(_("Aucun"))]


def _named(known: Mapping[str, LazyString], names: tuple[str, ...]) -> list[str]:
    """The words of each; a name of an old version that nobody knows any more stays as it is."""
    return [str(known.get(each, each)) for each in names]


def _processor(text: str) -> str:
    kind, _colon, host = text.partition(":")
    return str(_("Relais de messagerie %(host)s", host=host)) if kind == "relay" else text


def _kept(each: Kept) -> str:
    how_long = duration(each.figure, each.value)
    return str(
        _("%(what)s : %(time)s", what=vocabulary.kept(each.table, each.figure), time=how_long)
    )


def duration(figure: str, number: int) -> str:
    """The time of a figure of the rulebook, whose unit ends its name."""
    match figure.rpartition("_")[2]:
        case "days":
            return str(ngettext("%(num)s jour", "%(num)s jours", number))
        case "months":
            return str(ngettext("%(num)s mois", "%(num)s mois", number))
        case _:
            return str(ngettext("%(num)s an", "%(num)s ans", number))


SPEAKERS: Mapping[str, Callable[[Activity], list[str]]] = {
    "aim": lambda it: [it.aim or title(it)],
    "basis": lambda it: [str(BASES[LawfulBasis(it.basis)])],
    "subjects": lambda it: _named(SUBJECTS, it.subjects),
    "categories": lambda it: [str(vocabulary.CATEGORIES[Category(each)]) for each in it.categories],
    "recipients": lambda it: _named(READERS, it.recipients),
    "processors": lambda it: [_processor(each) for each in it.processors],
    "transfers": lambda it: [it.transfers] if it.transfers else [],
    "retention": lambda it: [_kept(each) for each in it.retention],
    "security": lambda it: _named(SECURITY, it.security),
}


def told(change: Change) -> Sentence:
    """The change in words."""
    before, after = change.before, change.after
    if isinstance(before, Controller) and isinstance(after, Controller):
        old, new = getattr(before, change.part), getattr(after, change.part)
        return Sentence(str(CONTROLLER[change.part]), old, new)
    if isinstance(after, Activity) and change.happened == Happened.BEGAN:
        return Sentence(_("Nouvelle activité : %(name)s", name=title(after)), "", "")
    if isinstance(before, Activity) and isinstance(after, Activity):
        return _changed(before, after, change.part)
    if isinstance(before, Activity):
        return Sentence(_("Activité terminée : %(name)s", name=title(before)), "", "")
    raise TypeError(change.part)


def _changed(before: Activity, after: Activity, part: str) -> Sentence:
    if part == "name":
        return Sentence(_("Nom de l’activité"), before.name, after.name)
    what = _("%(activity)s, %(part)s", activity=title(after), part=str(PARTS[part]).lower())
    old, new = lines(before, part), lines(after, part)
    return Sentence(what, _only(old, new), _only(new, old))


def _only(these: list[str], those: list[str]) -> str:
    """What one side alone says, so that a long list is not told twice."""
    return ", ".join(each for each in these if each not in those)


def rows(activities: tuple[Activity, ...]) -> Iterator[list[str]]:
    """The record as a table: an activity a row, a part a column."""
    yield [_("Activité"), *(str(heading) for heading in PARTS.values())]
    for activity in activities:
        yield [title(activity), *("\n".join(lines(activity, part)) for part in PARTS)]
