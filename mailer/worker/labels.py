"""The jobs, as people call what they do."""

from flask_babel import lazy_gettext as _

from mailer.mail.limits import Span

# By the name in schedule.py.
WORKS = {
    "send-outbox": _("Envoyer les confirmations et les réponses"),
    "forget-counts": _("Effacer les comptes des plafonds passés"),
    "start-campaigns": _("Faire partir les envois dont c’est l’heure"),
    "enrol-newcomers": _("Écrire aux nouveaux abonnés, selon la série de leur liste"),
    "compose-digests": _("Composer les lettres automatiques"),
    "send-batches": _("Envoyer les lettres"),
    "reconcile": _("Réparer ce qu’un arrêt brutal a laissé"),
    "forget-measures": _("Effacer les mesures refusées"),
    "look-at-addresses": _("Regarder ce qui se trouve aux adresses données"),
    "fetch-sources": _("Lire les sources d’articles"),
    "ask-pages": _("Voir si les pages des articles existent encore"),
    "try-links": _("Essayer les liens des lettres en cours"),
    "decide-subjects": _("Choisir l’objet des lettres à l’essai"),
    "settle-returns": _("Tirer les suites des courriels revenus"),
    "read-returns": _("Relever les courriels revenus"),
    "take-in-objections": _("Transmettre les réponses qui demandent à ne plus rien recevoir"),
    "fetch-images": _("Prendre les images des articles"),
    "import-addresses": _("Importer des adresses"),
    "ask-imported": _("Demander leur accord aux adresses importées"),
    "end-closed-lists": _("Éteindre les inscriptions aux listes fermées"),
    "count-growth": _("Compter comment grandissent les listes"),
    "index-addresses": _("Ranger les adresses pour les retrouver"),
    "warn-of-abuse": _("Prévenir d’un plafond proche"),
    "send-webhooks": _("Prévenir les programmes de ce qui s’est passé"),
    "read-mailboxes": _("Relever les boîtes qui reçoivent des demandes"),
    "remind-of-mails": _("Rappeler les courriels reçus qui attendent"),
    "note-deliveries": _("Noter la remise des lettres aux demandeurs"),
    "settle-corrections": _("Conclure les rectifications"),
    "archive-requests": _("Archiver les demandes closes"),
    "warn-of-deadlines": _("Prévenir des échéances"),
    "remind-of-identity": _("Rappeler les questions d’identité"),
    "end-copies": _("Retirer les copies dont le délai est passé"),
    "write-erasures": _("Tenir le journal des effacements"),
    "write-withdrawals": _("Tenir le journal des retraits"),
    "seal-record": _("Sceller le journal du bureau"),
    "verify-record": _("Vérifier le journal du bureau"),
    "watch-looks": _("Guetter les consultations inhabituelles"),
    "anchor-ledger": _("Sceller le registre des consentements"),
    "warn-of-breaches": _("Prévenir du délai des violations"),
    "tell-persons": _("Prévenir les personnes d’une violation"),
    "note-tellings": _("Noter qui a été prévenu d’une violation"),
    "watch": _("Guetter ce qui pourrait être une violation"),
    "verify-ledger": _("Vérifier le registre des consentements"),
    "keep-register": _("Tenir le registre des traitements"),
    "purge": _("Effacer ce qui a fait son temps"),
    "ask-renewals": _("Interroger les personnes silencieuses"),
    "lapse": _("Désabonner qui n’a pas répondu"),
}

# What a limit of a relay counts over.
SPANS = {
    Span.SECOND: _("%(used)s sur %(most)s par seconde"),
    Span.HOUR: _("%(used)s sur %(most)s par heure"),
    Span.DAY: _("%(used)s sur %(most)s par jour"),
}
