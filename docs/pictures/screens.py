"""The pages of the desk that need nothing done first, by the names of their pictures."""

SCREENS = {
    "lettres": "/bureau/lettres",
    "nouvelle-lettre": "/bureau/lettres/nouvelle",
    "articles": "/bureau/articles",
    "sources": "/bureau/sources",
    "apparence": "/bureau/lettres/apparence",
    "envois": "/bureau/envois",
    "retours": "/bureau/retours",
    "fournisseurs": "/bureau/retours/fournisseurs",
    "abonnes": "/bureau/abonnes",
    "listes": "/bureau/listes",
    "integration": "/bureau/listes/1/integration",
    "demandes": "/bureau/demandes",
    "bilan": "/bureau/demandes/bilan",
    "violations": "/bureau/violations",
    "conformite": "/bureau/conformite",
    "notices": "/bureau/notices",
    "registre": "/bureau/registre",
    "conservation": "/bureau/conservation",
    "comptes": "/bureau/comptes",
    "travaux": "/bureau/travaux",
    "reglages": "/bureau/reglages",
    "manuel": "/bureau/manuel",
}

# The first link of the page leads to one of what it lists.
FIRST_OF = {
    "dossier": ("/bureau/demandes", "a[href^='/bureau/demandes/DR-']"),
    "violation": ("/bureau/violations", "a[href*='/bureau/violations/VD-']"),
}
