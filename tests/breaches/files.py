"""What incidents are made of, for the tests of their register."""

from datetime import UTC, datetime

from mailer.breaches.kinds import Cause, Risk
from mailer.breaches.operations import Description

AWARE = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
OFFICER = "account:1"
WORDS = {
    "nature": "Un fichier a été envoyé au mauvais destinataire.",
    "consequences": "Vous pouvez recevoir des courriels trompeurs.",
    "measures": "Le destinataire a détruit le fichier.",
    "advice": "Méfiez-vous des courriels qui demandent un mot de passe.",
    "remark": "",
}


def description(**other):
    """A file of which nothing is missing."""
    said = {
        "began_at": None,
        "discovered_at": None,
        "aware_at": AWARE,
        "found_how": "Par un agent",
        "circumstances": "Un export est parti à la mauvaise adresse.",
        "cause": Cause.INTERNAL_ACCIDENT,
        "natures": ["confidentiality"],
        "data": ["contact"],
        "people": ["subscribers"],
        "persons_count": 2,
        "records_count": None,
        "safeguards": "",
        "consequences": "De l’hameçonnage.",
        "measures_taken": "Le fichier a été détruit.",
        "measures_planned": "",
        "risk": Risk.HIGH,
        "risk_reason": "Les adresses sont en clair.",
        "is_cross_border": False,
        "countries": "",
        "processors": "",
    }
    return Description(**said | other)
