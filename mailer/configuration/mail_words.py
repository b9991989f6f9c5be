"""What each setting does about mails, and about the forms that cause them."""

from flask_babel import lazy_gettext as _

MAIL = {
    "SMTP_HOST": _("Le serveur qui prend les courriels."),
    "SMTP_PORT": _("Son port."),
    "SMTP_SECURITY": _("Comment la liaison est chiffrée, et si le certificat est vérifié."),
    "SMTP_USER": _("Le compte chez le relais ; vide, aucun."),
    "SMTP_PASSWORD": _("Le mot de passe de ce compte."),
    "SMTP_CONNECTIONS": _("Le nombre de connexions ouvertes pendant un envoi."),
    "SMTP_SECONDS_PER_MAIL": _("Le temps laissé au relais pour un courriel, en secondes."),
    "SMTP_RELAYS": _("Plusieurs relais au lieu du seul ci-dessus."),
    "SMTP_CARRIER": _("La façon de parler au relais."),
    "REDELIVER_UNCERTAIN": _("Renvoyer de soi-même une lettre dont le relais n’a rien dit."),
    "SENDING_PER_SECOND": _("Le plus de courriels par seconde ; 0, sans limite."),
    "SENDING_PER_HOUR": _("Le plus de courriels par heure ; 0, sans limite."),
    "SENDING_PER_DAY": _("Le plus de courriels par jour ; 0, sans limite."),
    "SENDING_TO_DOMAINS": _("Les mêmes limites, par domaine de destination."),
    "SENDING_WARM_UP": _(
        "Le plus de courriels, jour après jour, d’un relais encore inconnu des messageries."
    ),
    "QUIET_HOURS": _("Les heures où les envois se taisent ; vide, jamais."),
    "APPROVAL_ABOVE": _("Au-delà de ce nombre de lecteurs, une autre personne approuve la lettre."),
    "RETURN_PATH_DOMAIN": _("Le domaine où reviennent les courriels non remis."),
    "DKIM_DOMAIN": _("Le domaine qui signe ; vide, celui de l’expéditeur."),
    "DKIM_SELECTORS": _("Les clés qui signent ; vide, la plus récente de chaque sorte."),
    "DKIM_FOLDER": _("Le dossier des clés de signature ; vide, dans le dossier des données."),
    "IMAP_HOST": _(
        "Le serveur des boîtes où l’on écrit au sujet de ses données ; vide, aucune n’est lue."
    ),
    "IMAP_PORT": _("Le port de ce serveur."),
    "IMAP_SECURITY": _("Comment la liaison avec ce serveur est chiffrée."),
    "IMAP_USERS": _("Les comptes dont la boîte est lue."),
    "IMAP_PASSWORDS": _("Le mot de passe de chacun, dans le même ordre."),
    "IMAP_FOLDER": _("Le dossier lu."),
    "IMAP_DONE_FOLDER": _("Où va un courriel une fois lu ; vide, il reste en place."),
    "IMAP_MAX_MEGABYTES": _("D’un courriel plus gros, en mégaoctets, seul le début est lu."),
    "BOUNCE_MAILBOX_HOST": _("Le serveur de la boîte des retours ; vide, aucune n’est lue."),
    "BOUNCE_MAILBOX_PORT": _("Le port du serveur des retours."),
    "BOUNCE_MAILBOX_PROTOCOL": _(
        "IMAP laisse chaque courriel en place ; POP3 l’efface une fois compris."
    ),
    "BOUNCE_MAILBOX_SECURITY": _("Comment la liaison avec la boîte des retours est chiffrée."),
    "BOUNCE_MAILBOX_USER": _("Le compte de la boîte des retours."),
    "BOUNCE_MAILBOX_PASSWORD": _("Le mot de passe de la boîte des retours."),
    "BOUNCE_MAILBOX_FOLDER": _("Le dossier lu, par IMAP."),
    "BOUNCE_MAILBOX_DONE_FOLDER": _("Où va un retour une fois lu ; vide, il reste en place."),
    "LMTP_PORT": _(
        "Le port où un serveur de courriel de cette machine remet les retours ; 0, aucun."
    ),
    "LMTP_SOCKET": _("Le fichier d’échange qui en tient lieu ; vide, aucun."),
    "BOUNCE_MAX_MEGABYTES": _("D’un retour plus gros, en mégaoctets, seul le début est lu."),
    "BOUNCE_WEBHOOKS": _(
        "Les services d’envoi qui peuvent dire ce que deviennent les courriels, et leur secret."
    ),
    "WEBHOOK_MAX_MEGABYTES": _("La plus grande requête d’un tel service, en mégaoctets."),
    "FORM_MIN_SECONDS": _(
        "Un formulaire envoyé plus vite que cela, en secondes, ne vient pas d’une personne."
    ),
    "FORM_MAX_HOURS": _("Un formulaire plus ancien que cela, en heures, est périmé."),
    "CONFIRMATION_MINUTES_APART": _(
        "Les minutes entre deux courriels qu’un inconnu fait partir vers une même adresse."
    ),
    "CONFIRMATIONS_A_DAY": _("Le plus de tels courriels par adresse et par jour."),
    "MAILS_TO_A_DOMAIN_AN_HOUR": _("Le plus de tels courriels vers un domaine, par heure."),
    "MAILS_ASKED_AN_HOUR": _("Le plus de tels courriels en tout, par heure."),
    "POSTS_A_MINUTE": _("Le plus d’envois d’un formulaire depuis un même réseau, par minute."),
    "POSTS_AN_HOUR": _("Le plus d’envois d’un formulaire depuis un même réseau, par heure."),
    "PROOF_OF_WORK": _(
        "Quand le navigateur d’un visiteur prouve par un calcul qu’il n’est pas un robot."
    ),
    "PROOF_OF_WORK_NUMBERS": _("La longueur de ce calcul."),
    "LINK_POSTS_A_MINUTE": _(
        "Le plus de confirmations et de départs depuis un même réseau, par minute."
    ),
    "LINK_POSTS_AN_HOUR": _(
        "Le plus de confirmations et de départs depuis un même réseau, par heure."
    ),
    "WEBHOOK_POSTS_A_MINUTE": _("Le plus de messages d’un service d’envoi, par minute."),
    "WEBHOOK_POSTS_AN_HOUR": _("Le plus de messages d’un service d’envoi, par heure."),
    "API_REQUESTS_A_MINUTE": _("Le plus de demandes d’une clé d’API, par minute."),
    "SIGN_INS_A_MINUTE": _("Le plus de connexions au bureau depuis un même réseau, par minute."),
    "SIGN_INS_AN_HOUR": _("Le plus de connexions au bureau depuis un même réseau, par heure."),
    "PAPER_MAX_MEGABYTES": _(
        "La taille de la plus grande pièce jointe à une demande, en mégaoctets."
    ),
    "PICTURE_MAX_MEGABYTES": _(
        "La taille de la plus grande image donnée à une lettre, en mégaoctets."
    ),
    "ANTIVIRUS_SOCKET": _(
        "Le fichier d’échange de l’antivirus qui juge les pièces reçues ; vide, aucun."
    ),
}
