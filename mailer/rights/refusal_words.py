"""Why something may not happen to a case, and how to mend it, in the officer's words."""

from flask_babel import lazy_gettext as _

from mailer.rights.states import Refusal

REFUSALS = {
    Refusal.IS_CLOSED: _(
        "Cette demande est close : elle ne change plus. Ouvrez une demande de suite."
    ),
    Refusal.NOT_NOW: _("Cela ne se fait pas dans l’état où est la demande. Rechargez la page."),
    Refusal.NO_DOUBT: _(
        "Écrivez votre doute : sans doute raisonnable, on ne demande rien de plus."
    ),
    Refusal.NO_IDENTITY_NEEDED: _(
        "Ce droit s’exerce sans prouver son identité. Donnez suite à la demande."
    ),
    Refusal.ALREADY_PROVEN: _("La personne a déjà prouvé cela. Donnez suite à la demande."),
    Refusal.NOT_PROVEN: _("Ce qui a été demandé n’est pas encore prouvé. Attendez la réponse."),
    Refusal.NO_VERIFIER: _("Connectez-vous : qui vérifie une identité signe de son nom."),
    Refusal.NOT_REMINDED: _("Relancez d’abord la personne, puis attendez sa réponse."),
    Refusal.STILL_TIME: _("La personne a encore le temps de répondre. Attendez la fin du délai."),
    Refusal.TOO_LATE: _(
        "La date de réponse est passée : elle ne se repousse plus. Répondez sans attendre."
    ),
    Refusal.EXTENDED_ONCE: _("Le délai a déjà été prolongé, et ne l’est qu’une fois. Répondez."),
    Refusal.NO_GROUND: _("Écrivez les faits qui demandent plus de temps : la personne les lira."),
    Refusal.UNDECIDED: _("Choisissez ce qui est décidé pour chaque droit."),
    Refusal.UNREASONED: _(
        "Un refus, même partiel, porte son fondement et son motif. Complétez les deux."
    ),
    Refusal.NOT_IDENTIFIED: _(
        "La personne n’a pas prouvé que la boîte est la sienne : rien ne peut lui être remis."
    ),
    Refusal.CLOSED_BY_BASIS: _(
        "La base légale de ses lettres n’ouvre pas ce droit. Refusez-le, avec ce fondement."
    ),
    Refusal.TASKS_OPEN: _(
        "Il reste à chercher ailleurs. Faites d’abord ce qui est à faire, et cochez-le."
    ),
    Refusal.UNCORRECTED: _(
        "Aucune correction n’est encore faite. Corrigez, ou attendez que les deux boîtes acceptent."
    ),
    Refusal.NOT_OFFICER: _("Seul le délégué à la protection des données peut le faire."),
    Refusal.NO_REASON: _("Écrivez pourquoi : la raison reste au dossier."),
    Refusal.OTHER_MAILBOX: _(
        "L’autre demande vient d’une autre boîte : elles ne se réunissent pas. Traitez les deux."
    ),
    Refusal.OTHER_REQUESTER: _(
        "L’autre demande est faite par quelqu’un d’autre : elles ne se réunissent pas. Traitez les"
        " deux."
    ),
    Refusal.OTHER_IS_OVER: _(
        "L’autre demande est celle-ci, ou elle est close ou déjà décidée. Vérifiez sa référence."
    ),
    Refusal.IS_OLDER: _(
        "Cette demande est arrivée la première, et sa date de réponse tient. Réunissez plutôt"
        " l’autre à celle-ci."
    ),
    Refusal.COPY_FIRST: _(
        "La demande porte aussi sur une copie : elle part vers la boîte connue. Répondez d’abord,"
        " puis changez la boîte dans une demande de suite."
    ),
    Refusal.ASKED_TOO_OFTEN: _(
        "Cette boîte a déjà reçu trois questions aujourd’hui. Réessayez demain."
    ),
    Refusal.NO_SUBSCRIBER: _(
        "Personne ne reçoit nos lettres à cette adresse : notez la correction à la main."
    ),
    Refusal.FORGOTTEN: _(
        "L’adresse de cette demande est effacée. Saisissez la suite comme une demande reçue."
    ),
    Refusal.UNPROVEN_REPEAT: _(
        "Cette demande n’est pas confirmée par la personne, et l’autre n’a pas le droit qu’elle"
        " exerce : rien ne passe de l’une à l’autre sans preuve. Traitez les deux."
    ),
    Refusal.NO_ADDRESS: _(
        "Aucune adresse n’est connue : rien n’a pu être cherché. Saisissez l’adresse apprise"
        " ensuite, ou refusez faute d’identification."
    ),
    Refusal.NO_NUMBER: _("Saisissez le numéro du dossier de la CNIL."),
    Refusal.SAME_PERSON: _(
        "Une autre personne que celle qui a décidé doit signer. Demandez à un collègue."
    ),
    Refusal.ON_HOLD: _(
        "Une réclamation ou un litige retient ce dossier. Levez d’abord la retenue."
    ),
    Refusal.ACKNOWLEDGED: _("L’accusé de réception est déjà parti."),
    Refusal.TOO_MANY_MAILS: _(
        "Trop de courriels viennent de partir vers cette boîte. Réessayez plus tard."
    ),
    Refusal.NOT_YOURS: _("Quelqu’un d’autre s’en occupe depuis. Voyez avec cette personne."),
}
