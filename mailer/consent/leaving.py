"""How people say that they want no more letters: on folded text, one of these stands there.

Folded: in small letters, without accents, spaces single, apostrophes straight.
"""

# GDPR, article 21.
OBJECTION = (
    r"desabonn\w+|desinscri\w+|ne (?:plus|veux plus|souhaite plus) (?:jamais )?recevoir"
    r"|(?:cess\w+|arret\w+) de m'(?:ecrire|envoyer|adresser)|m'oppose|droit d'opposition"
    r"|reti\w+[ -]moi de (?:vos|votre|la|cette) (?:listes?|fichiers?)"
    r"|unsubscribe|opt out|stop (?:sending|writing|emailing|e-mailing)"
    r"|(?:no longer|do not|don't) (?:wish|want) to receive|remove me from|right to object"
    r"|object to (?:the )?(?:processing|use|receiving)"
)
# GDPR, article 7(3).
WITHDRAWAL = (
    r"retir\w+ mon (?:consentement|accord)|retrait (?:de mon|du) (?:consentement|accord)"
    r"|withdraw\w* (?:of )?my consent"
)
