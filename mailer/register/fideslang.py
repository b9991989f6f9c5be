"""The declarations and the record in the words of Fideslang 3 (ethyca.github.io/fideslang).

One dataset: each table a collection, each personal column a field. One system: each activity of
the record a privacy declaration.
"""

from collections.abc import Iterator

from flask import current_app

from mailer.consent.bases import CARRIED_BY, LawfulBasis
from mailer.declarations import declared, tables
from mailer.personal import Category, Erasure, Purpose
from mailer.register import vocabulary, words, yaml
from mailer.register.sheet import Activity, Sheet

DATASET = "mailer_database"

CATEGORIES = {
    Category.EMAIL: "user.contact.email",
    Category.FINGERPRINT: "user.unique_id.pseudonymous",
    Category.NAME: "user.name",
    Category.POSTAL: "user.contact.address.street",
    Category.CHOICE: "user.privacy_preferences",
    Category.HISTORY: "user.account",
    Category.NETWORK: "user.device.ip_address",
    Category.MESSAGE: "user.content.private",
    Category.NOTE: "user.content.private",
    Category.SECRET: "user.authorization.credentials",
    Category.ENGAGEMENT: "user.behavior",
    Category.REFERENCE: "user.unique_id",
}
USES = {
    Purpose.NEWSLETTER: "marketing.communications.email",
    Purpose.PROOF: "essential.legal_obligation",
    Purpose.OPPOSITION_LIST: "essential.legal_obligation",
    Purpose.MEASUREMENT: "analytics.reporting.campaign_insights",
    Purpose.RIGHTS: "essential.legal_obligation",
    Purpose.BREACH: "essential.legal_obligation",
    Purpose.SECURITY: "essential.service.security",
    Purpose.STAFF: "essential.service.authentication",
}
SUBJECTS = {"staff": "employee"}
SUBJECT = "customer"
BASES = {
    LawfulBasis.CONSENT: "Consent",
    LawfulBasis.CONTRACT: "Contract",
    LawfulBasis.LEGITIMATE_INTEREST: "Legitimate interests",
    LawfulBasis.LEGAL_OBLIGATION: "Legal obligations",
    LawfulBasis.PUBLIC_INTEREST: "Public interest",
    LawfulBasis.VITAL_INTERESTS: "Vital interests",
}
ENDS = {Erasure.DELETE: "deleted", Erasure.EMPTY: "emptied", Erasure.KEEP: "kept"}


def export(sheet: Sheet) -> str:
    """The map as one YAML text."""
    return yaml.dump({"dataset": [_dataset()], "system": [_system(sheet)]})


def _dataset() -> dict[str, yaml.Node]:
    return {
        "fides_key": DATASET,
        "name": "mailer",
        "description": "What mailer keeps of people, table by table",
        "collections": [
            {
                "name": table.name,
                "description": vocabulary.table(table.name),
                "fields": [
                    {
                        "name": name,
                        "description": _description(said.erasure, said.keep, said.because),
                        "data_categories": [CATEGORIES[said.category]],
                    }
                    for name, said in declared(table).items()
                ],
            }
            for table in tables()
        ],
    }


def _description(erasure: Erasure, keep: str, because: str) -> str:
    """What the format has no word for: how long, and what erasure does."""
    reason = f" ({because})" if because else ""
    return f"Kept for {keep}; erasure: {ENDS[erasure]}{reason}"


def _system(sheet: Sheet) -> dict[str, yaml.Node]:
    return {
        "fides_key": "mailer",
        "name": "mailer",
        "description": "Newsletters, and the rights of the people who receive them",
        "system_type": "Application",
        "legal_name": sheet.controller.name,
        "legal_address": sheet.controller.address,
        "dpo": sheet.controller.officer,
        "privacy_policy": f"{current_app.config['BASE_URL']}/donnees-personnelles",
        "does_international_transfers": any(each.transfers for each in sheet.activities),
        "data_security_practices": "; ".join(words.lines(sheet.activities[0], "security")),
        "dataset_references": [DATASET],
        "privacy_declarations": [_declaration(each) for each in sheet.activities],
    }


def _declaration(activity: Activity) -> dict[str, yaml.Node]:
    basis = LawfulBasis(activity.basis)
    return {
        "name": words.title(activity),
        "data_categories": list(dict.fromkeys(_categories(activity))),
        "data_use": USES[Purpose(activity.purpose)],
        "data_subjects": sorted({SUBJECTS.get(each, SUBJECT) for each in activity.subjects}),
        "dataset_references": [DATASET],
        "legal_basis_for_processing": BASES[CARRIED_BY.get(basis, basis)],
        "retention_period": "; ".join(words.lines(activity, "retention")),
        "data_shared_with_third_parties": bool(activity.processors),
        "third_parties": "; ".join(words.lines(activity, "processors")),
    }


def _categories(activity: Activity) -> Iterator[str]:
    return (CATEGORIES[Category(each)] for each in activity.categories)
