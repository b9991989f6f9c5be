"""What each setting does that is not about mail."""

from flask_babel import lazy_gettext as _

OFFICE = {
    "ORGANISATION": _("Le nom de l’organisme, sur les pages et dans les courriels."),
    "POSTAL_ADDRESS": _("Son adresse postale, au bas de chaque courriel."),
    "SENDER_ADDRESS": _("L’adresse d’où partent les courriels."),
    "SENDER_NAME": _("Le nom affiché à côté de cette adresse."),
    "PHONE": _("Le téléphone du responsable, dans la notice sur les données."),
    "PROCESSORS": _("Les sous-traitants qui voient passer les adresses, cités par la notice."),
    "TRANSFERS": _("Ce qui garantit un transfert hors de l’Union européenne."),
    "DPO_ADDRESS": _("La boîte du délégué à la protection des données."),
    "DPO_DEPUTY_ADDRESS": _("La boîte de sa suppléance, prévenue chaque jour des retards."),
    "PROCESSOR_MAILBOXES": _(
        "Où prévenir chaque sous-traitant d’une rectification ou d’un effacement."
    ),
    "OTHER_SYSTEMS": _(
        "D’autres endroits où des adresses peuvent se trouver, à fouiller avant de répondre."
    ),
    "FOUR_EYES": _("Exiger la signature d’un second délégué sur chaque réponse."),
    "MONITORED_MAILBOXES": _(
        "D’autres boîtes lues chaque jour ouvré, que les notices peuvent citer."
    ),
    "SECURITY_ADDRESS": _("À qui signaler une faille de sécurité."),
    "ACCESSIBILITY_ADDRESS": _("À qui écrire quand une page ou un courriel résiste."),
    "ACCESSIBILITY_PLAN": _("L’adresse du schéma pluriannuel d’accessibilité."),
    "HOLIDAY_CALENDAR": _("Les jours fériés qui repoussent une échéance."),
    "BASE_URL": _("L’adresse publique du site : chaque lien de chaque courriel commence par elle."),
    "TRUSTED_HOSTS": _("Les noms d’hôte acceptés en plus de cette adresse."),
    "PROXIES": _("Le nombre de serveurs mandataires placés devant l’outil."),
    "SECRET_KEYS": _(
        "Les clés qui signent les sessions et les liens ; vides, l’outil en fait une."
    ),
    "FINGERPRINT_KEY": _(
        "La clé des empreintes d’adresses. La perdre, c’est perdre la liste repoussoir."
    ),
    "FINGERPRINT_KEYS_OLD": _(
        "Les anciennes clés d’empreintes, gardées pour retrouver qui était connu."
    ),
    "LEDGER_KEY": _("La clé qui enchaîne les preuves de consentement."),
    "LEDGER_KEYS_OLD": _("Les anciennes clés de cette chaîne, gardées pour la vérifier."),
    "DATA_FOLDER": _("Le dossier de la base, de la file d’attente et des clés."),
    "THEMES_FOLDER": _("Le dossier des thèmes de lettres propres à ce service."),
    "DATABASE_URL": _("La base de données ; vide, un fichier SQLite dans le dossier des données."),
    "QUEUE_URL": _("La file des travaux ; vide, un fichier à côté des données."),
    "BACKUP_FOLDER": _("Où se rangent les sauvegardes ; vide, dans le dossier des données."),
    "TRACKING": _("Le plus que l’outil puisse mesurer de ce que les gens ouvrent."),
    "TRACKING_PURPOSE": _("À quoi sert une mesure individuelle, dit par le formulaire."),
    "TRACKING_PURPOSE_EN": _("La même chose en anglais."),
    "OUTGOING_ALLOWED_NETWORKS": _(
        "Les réseaux internes où l’outil peut lire des flux et des images."
    ),
    "IMPORT_MAX_MEGABYTES": _("La taille du plus grand fichier d’adresses accepté, en mégaoctets."),
    "IMPORT_MAX_ROWS": _("Le plus grand nombre de lignes d’un tel fichier."),
    "ALERT_FAILED_SIGN_INS": _(
        "Le nombre d’échecs de connexion par heure à partir duquel une violation est proposée."
    ),
    "ALERT_EXPORTED_ADDRESSES": _(
        "La taille d’exportation au-delà de laquelle une violation est proposée."
    ),
    "ALERT_PEOPLE_SEEN_AN_HOUR": _(
        "Le nombre de personnes consultées en une heure au-delà duquel le délégué est prévenu."
    ),
    "SECOND_FACTOR_ROLES": _("Les rôles qui doivent la double authentification."),
    "LEAKED_PASSPHRASES": _(
        "Le fichier des phrases de passe déjà divulguées, qui ne peuvent être choisies."
    ),
    "OIDC_ISSUER": _("Le fournisseur d’identité OpenID Connect ; vide, aucun."),
    "OIDC_CLIENT_ID": _("Le nom de ce site chez le fournisseur."),
    "OIDC_CLIENT_SECRET": _("Le secret de ce site chez le fournisseur."),
    "OIDC_NAME": _("Le nom écrit sur le bouton de connexion."),
    "OIDC_SHAPE": _("La façon dont le fournisseur décrit les personnes."),
    "OIDC_ROLES": _("Les rôles que donne ici chaque groupe du fournisseur."),
    "OIDC_SECOND_FACTOR": _("Les mots par lesquels le fournisseur dit avoir vu un second facteur."),
    "METRICS_TOKEN": _(
        "Ce que Prometheus montre pour lire /metrics ; vide, cette page n’existe pas."
    ),
    "DEMO": _("Vrai dans la seule démonstration, dont aucun courriel ne sort."),
}
