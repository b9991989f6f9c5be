"""The notices: complete, and kept as they were shown."""

import pytest
from sqlalchemy import select

from mailer import rulebook
from mailer.clock import now
from mailer.consent import operations
from mailer.consent.evidence import canonical, sha256
from mailer.consent.models import Notice, NoticeKind
from mailer.consent.notices import in_force
from mailer.consent.queries import current_notice
from mailer.db import db, transaction
from mailer.errors import Conflict

# GDPR art. 13(1) and (2), one word or two that the notice cannot do without.
FIELDS = {
    "fr": (
        "Responsable du traitement",
        "Délégué à la protection des données",
        "Finalités et bases légales",
        "6(1)(a)",
        "obligatoire. Sans elle",
        "Destinataires",
        "Transferts hors de l’Union européenne",
        "Durées de conservation",
        "Accéder",
        "rectifier",
        "effacer",
        "limiter",
        "recevoir",
        "Retirer votre consentement",
        "Vous opposer",
        "après votre décès",
        "Réclamation",
        "Décision automatisée",
    ),
    "en": (
        "Controller",
        "Data protection officer",
        "Purposes and legal bases",
        "6(1)(a)",
        "compulsory. Without it",
        "Recipients",
        "Transfers outside the European Union",
        "How long we keep them",
        "Access",
        "rectified",
        "erased",
        "restricted",
        "Receiving",
        "Withdrawing your consent",
        "Objecting",
        "after your death",
        "Complaint",
        "Automated decisions",
    ),
}


@pytest.fixture
def keep(app):
    def keep(kind=NoticeKind.SHORT, locale="fr"):
        with transaction():
            operations.keep_notice(in_force(kind, locale), now())

    return keep


@pytest.mark.parametrize("locale", FIELDS)
def test_the_full_notice_has_every_field_of_article_13(app, locale):
    body = in_force(NoticeKind.FULL, locale).body

    assert [field for field in FIELDS[locale] if field not in body] == []


@pytest.mark.parametrize("locale", ["fr", "en"])
@pytest.mark.parametrize("kind", NoticeKind)
def test_no_notice_cites_the_rights_by_their_old_numbers_or_names_the_cil(app, kind, locale):
    body = in_force(kind, locale).body

    old = [
        number for right in ("38", "39", "40") for number in (f"art. {right} de", f"art. {right})")
    ]
    assert not [number for number in [*old, "CIL", "cil@"] if number in body]


def test_the_durations_are_those_of_the_rulebook(app):
    figures, body = rulebook.load().figures, in_force(NoticeKind.FULL, "fr").body

    assert f"{figures.unconfirmed_days.value} jours" in body
    assert f"{figures.proof_years.value} ans après votre départ" in body
    assert f"Après {figures.prospect_months.value} mois sans contact" in body


def test_the_officer_and_the_processors_come_from_the_settings(app):
    app.config["PROCESSORS"] = ["Relais SA, Rennes\u00a0: remise des courriels"]

    body = in_force(NoticeKind.FULL, "fr").body

    assert app.config["DPO_ADDRESS"] in body
    assert "- Relais SA, Rennes\u00a0: remise des courriels" in body
    assert "Aucun sous-traitant" not in body


def test_the_page_shows_the_text_that_would_be_hashed(visitor, keep):
    keep(NoticeKind.FULL)

    page = visitor.get("/donnees-personnelles").text

    assert in_force(NoticeKind.FULL, "fr").sha256 in page
    assert "Version 1, en vigueur depuis le" in page
    assert page.count("<h1>") == 1


def test_reading_the_page_stores_nothing(visitor, app):
    visitor.get("/donnees-personnelles")

    assert db.session.scalars(select(Notice)).all() == []


def test_the_same_text_is_kept_once(keep):
    keep()
    keep()

    assert len(db.session.scalars(select(Notice)).all()) == 1


def test_a_changed_text_is_a_new_version_and_the_old_one_stays(app, keep):
    keep()
    app.config["ORGANISATION"] = "Région de l’Estran"
    keep()

    old, new = db.session.scalars(select(Notice).order_by(Notice.version)).all()
    assert (old.version, new.version) == (1, 2)
    assert "Agence de l’Estran" in old.body
    assert current_notice(NoticeKind.SHORT, "fr").id == new.id


def test_a_kept_notice_is_never_changed(keep):
    keep()

    with pytest.raises(Conflict), transaction():
        db.session.scalars(select(Notice)).one().body = "Autre chose."


def test_a_kept_notice_is_never_deleted(keep):
    keep()

    with pytest.raises(Conflict), transaction():
        db.session.delete(db.session.scalars(select(Notice)).one())


def test_equal_contents_have_one_digest_whatever_their_order():
    assert sha256(canonical({"a": 1, "é": 2})) == sha256(canonical({"é": 2, "a": 1}))
