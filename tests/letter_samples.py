"""Facts for a letter of each kind, as a case of Nadia's would have them."""

from datetime import date

from mailer.rights.letters import Kind

CASE = {
    "reference": "DR-2026-0042",
    "received_on": date(2026, 11, 22),
    "due": date(2026, 12, 22),
    "first_due": date(2026, 12, 22),
    "effective_on": date(2026, 11, 23),
    "is_stopped": "yes",
    "link": "https://lettre.exemple.fr/droits/jeton/confirmation",
    "download": "https://lettre.exemple.fr/droits/jeton/copie",
    "expires_on": date(2026, 12, 9),
    "extended_due": date(2027, 2, 22),
    "done_on": date(2026, 11, 24),
    "lifted_on": date(2026, 12, 4),
}

FRENCH = {
    "rights": "Accès, Effacement",
    "done": "En attendant notre réponse, plus aucun envoi ne partira vers cette adresse.",
    "request": "Je veux savoir ce que vous avez sur moi, puis que tout soit effacé.",
    "extension_ground": "votre demande est complexe",
    "outcomes": ("Directives après un décès\u00a0: accordé",),
    "granted": ("Accès\u00a0: accordé en entier",),
    "grounds": (
        "Effacement\u00a0: la preuve de votre accord est gardée (art.\u00a017(3)(e) du RGPD)",
    ),
    "changes": ("Adresse\u00a0: nadia.k@exemple.fr → nadia@exemple.fr",),
    "told": ("Relais SA, le mardi 24 novembre 2026",),
    "erased": ("Adresse et langue", "Inscriptions aux listes", "Lettres envoyées"),
    "kept": (
        "L’empreinte de votre adresse, jusqu’au 24 novembre 2031 (art.\u00a017(3)(e) du RGPD)",
    ),
    "duration": "Le temps de vérifier ce que vous contestez.",
    "perimeter": ("Votre adresse et votre langue", "Vos inscriptions et vos choix"),
    "purposes": ("Envoyer les lettres demandées\u00a0: La lettre", "Prouver l’accord"),
    "categories": ("adresse e-mail", "choix exprimés", "dates et suites données"),
    "recipients": ("délégué à la protection des données", "Relais SA, Rennes"),
    "retention": ("Inscriptions aux listes\u00a0: 30 jours après leur fin",),
    "rights_open": (
        "Rectification (art.\u00a016 du RGPD)",
        "Effacement (art.\u00a017 du RGPD)",
    ),
    "source": ("Vous-même, par le formulaire de notre site",),
    "subject_id": "abonné 4217",
    "ending": ("Vous avez retiré votre demande, par courriel du lundi 23 novembre 2026.",),
    "action": ("Effacer cette personne de vos fichiers",),
    "doubt": "La demande nous est parvenue d’une autre adresse.\n\nElle ne cite aucune lettre.",
    "needed": "Le mois de votre inscription, et le nom d’une lettre que vous recevez.",
    "facts": "Votre demande porte sur quatre listes et sur les envois de onze années.",
    "answer": "Vos directives sont inscrites à notre registre.",
    "decision": "Des frais de 12 euros, coût de la recherche dans les archives.",
    "demonstration": "C’est la neuvième demande identique depuis le lundi 2 novembre 2026.",
    "nature": "Un fichier d’adresses a été envoyé à un mauvais destinataire.",
    "consequences": "Vous pouvez recevoir des messages qui se font passer pour nous.",
    "measures": "Le destinataire a détruit le fichier, et l’a écrit.",
    "advice": "Ne répondez à aucun message qui demande un mot de passe.",
    "remark": "",
}

ENGLISH = {
    "rights": "Access, Erasure",
    "done": "Until we answer, nothing more will be sent to this address.",
    "request": "I want to know what you have about me, and then have it erased.",
    "extension_ground": "your request is complex",
    "outcomes": ("Directives after a death: granted",),
    "granted": ("Access: granted in full",),
    "grounds": ("Erasure: the proof of your consent is kept (art.\u00a017(3)(e) of the GDPR)",),
    "changes": ("Address: nadia.k@exemple.fr → nadia@exemple.fr",),
    "told": ("Relais SA, on Tuesday, 24 November 2026",),
    "erased": ("Address and language", "Subscriptions to lists", "Letters sent"),
    "kept": ("Your fingerprint, until 24 November 2031 (art.\u00a017(3)(e) of the GDPR)",),
    "duration": "While we check what you contest.",
    "perimeter": ("Your address and language", "Your subscriptions and choices"),
    "purposes": ("Sending the letters asked for: La lettre", "Proving consent"),
    "categories": ("e-mail address", "choices made", "dates and outcomes"),
    "recipients": ("data protection officer", "Relais SA, Rennes"),
    "retention": ("Subscriptions to lists: 30 days after their end",),
    "rights_open": (
        "Rectification (art.\u00a016 of the GDPR)",
        "Erasure (art.\u00a017 of the GDPR)",
    ),
    "source": ("Yourself, through the form of our site",),
    "subject_id": "subscriber 4217",
    "ending": ("You withdrew your request, by your mail of Monday, 23 November 2026.",),
    "action": ("Erase this person from your files",),
    "doubt": "The request reached us from another address.\n\nIt names none of our letters.",
    "needed": "The month of your subscription, and the name of a letter that you receive.",
    "facts": "Your request is about four lists and eleven years of mails.",
    "answer": "Your directives stand in our register.",
    "decision": "A fee of 12 euros, the cost of searching the archives.",
    "demonstration": "It is the ninth identical request since Monday, 2 November 2026.",
    "nature": "A file of addresses was sent to the wrong recipient.",
    "consequences": "You may receive messages that pretend to come from us.",
    "measures": "The recipient destroyed the file, and said so in writing.",
    "advice": "Answer no message that asks for a password.",
    "remark": "",
}

SAID = {"fr": FRENCH, "en": ENGLISH}
KINDS = list(Kind)
