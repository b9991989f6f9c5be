"""Notices and their faults, in words that say how to mend them."""

from dataclasses import dataclass

from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _

from mailer.consent.bases import LawfulBasis
from mailer.consent.fields import Field, Mention
from mailer.consent.linter import Finding, Rule
from mailer.consent.models import NoticeKind

BASES = {
    LawfulBasis.CONSENT: _("Le consentement de chaque personne"),
    LawfulBasis.CONTRACT: _("L’exécution d’un contrat avec la personne"),
    LawfulBasis.LEGITIMATE_INTEREST: _("Un intérêt légitime de l’organisme"),
    LawfulBasis.LEGAL_OBLIGATION: _("Une obligation légale de l’organisme"),
    LawfulBasis.PUBLIC_INTEREST: _("Une mission d’intérêt public"),
    LawfulBasis.SOFT_OPTIN: _("Un service déjà fourni, pour des services semblables"),
    LawfulBasis.B2B_INTEREST: _("Le métier de la personne, pour ce qui s’y rapporte"),
}

KINDS = {
    NoticeKind.SHORT: _("Notice courte, sous le formulaire"),
    NoticeKind.FULL: _("Notice complète"),
}

LANGUAGES = {"fr": _("français"), "en": _("anglais")}

FIELDS = {
    Field.CONTROLLER: _("Responsable du traitement"),
    Field.OFFICER: _("Délégué à la protection des données"),
    Field.PURPOSES: _("Finalités et bases légales"),
    Field.DATA: _("Données"),
    Field.RECIPIENTS: _("Destinataires"),
    Field.TRANSFERS: _("Transferts hors de l’Union européenne"),
    Field.RETENTION: _("Durées de conservation"),
    Field.RIGHTS: _("Droits"),
    Field.COMPLAINT: _("Réclamation"),
    Field.DECISIONS: _("Décision automatisée ou profilage"),
    Field.VERSION: _("Version"),
}

MENTIONS = {
    Mention.ORGANISATION: _("le nom de l’organisme"),
    Mention.MAILBOX: _("l’adresse du délégué"),
    Mention.BASIS: _("la base légale"),
    Mention.COMPULSORY: _("ce qui est obligatoire et ce qui ne l’est pas"),
    Mention.DURATION: _("une durée"),
    Mention.ACCESS: _("le droit d’accès"),
    Mention.RECTIFICATION: _("le droit de rectification"),
    Mention.ERASURE: _("le droit à l’effacement"),
    Mention.RESTRICTION: _("le droit à la limitation"),
    Mention.PORTABILITY: _("le droit à la portabilité"),
    Mention.WITHDRAWAL: _("le retrait du consentement"),
    Mention.OBJECTION: _("le droit d’opposition"),
    Mention.POST_MORTEM: _("le sort des données après le décès"),
    Mention.AUTHORITY: _("l’autorité à qui se plaindre"),
    Mention.LINK: _("le lien vers la notice complète"),
}

# What is wrong, then how to mend it.
RULES = {
    Rule.FIELD_MISSING: (
        _("Cette rubrique manque."),
        _("Ajoutez un titre « ## %(field)s » et ce qu’il annonce (%(articles)s)."),
    ),
    Rule.FIELD_EMPTY: (
        _("Cette rubrique est vide."),
        _("Écrivez ce qu’elle annonce (%(articles)s)."),
    ),
    Rule.MENTION_MISSING: (
        _("Il y manque : %(detail)s."),
        _("Ajoutez-le, ou reprenez le passage du texte fourni (%(articles)s)."),
    ),
    Rule.OUTDATED_CITATION: (
        _("« %(detail)s » est l’ancienne numérotation des droits."),
        _("Citez les articles d’aujourd’hui : le passage {droits} les donne tous."),
    ),
    Rule.FORMER_OFFICER: (
        _("« %(detail)s » désigne une fonction qui n’existe plus."),
        _("Nommez le délégué à la protection des données et son adresse : {delegue}."),
    ),
    Rule.TIME_MISSING: (
        _("Une durée que ce service applique n’y figure pas : %(detail)s."),
        _("Écrivez-la, ou laissez le passage {durees} les dire toutes."),
    ),
    Rule.TIME_UNKNOWN: (
        _("« %(detail)s » n’est pas une durée que ce service applique."),
        _("Écrivez la durée appliquée, ou laissez le passage {durees} la dire."),
    ),
    Rule.UNREAD_MAILBOX: (
        _("Personne ne relève la boîte %(detail)s."),
        _("Écrivez {delegue}, ou faites ajouter cette boîte au réglage MONITORED_MAILBOXES."),
    ),
    Rule.UNFILLED: (
        _("%(detail)s ne désigne rien."),
        _("Prenez un passage de la liste, ou retirez les accolades."),
    ),
    Rule.BARE_NAME: (
        _("« %(detail)s » : il manque un article devant le nom."),
        _("Mettez le nom en tête de phrase, ou écrivez l’article vous-même."),
    ),
}


@dataclass(frozen=True)
class Said:
    """A fault in the reader's language: where, what, and how to mend it."""

    where: str
    what: str
    cure: str


def say(finding: Finding, articles: str, time: str = "") -> Said:
    """The finding in words; the articles that ask for it, and the time it lacks if any."""
    what, cure = RULES[finding.rule]
    field = str(FIELDS[finding.field]) if finding.field else gettext("Tout le texte")
    detail = time or _detail(finding)
    known = {"field": field, "detail": detail, "articles": articles}
    return Said(field, str(what) % known, str(cure) % known)


def _detail(finding: Finding) -> str | LazyString:
    if finding.rule is Rule.MENTION_MISSING:
        return MENTIONS[Mention(finding.detail)]
    return finding.detail


def amount(number: int, unit: str) -> str:
    """So many days, months or years."""
    match unit:
        case "days":
            return str(ngettext("%(num)d jour", "%(num)d jours", number))
        case "months":
            return str(ngettext("%(num)d mois", "%(num)d mois", number))
        case _:
            return str(ngettext("%(num)d an", "%(num)d ans", number))
