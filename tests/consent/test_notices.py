"""The notices: complete, and kept as they were shown."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import insert, select

from mailer import rulebook
from mailer.canonical import canonical
from mailer.clock import now
from mailer.consent import operations
from mailer.consent.bases import OF_A_LIST, LawfulBasis
from mailer.consent.evidence import sha256
from mailer.consent.fields import HEADINGS, Field
from mailer.consent.inspection import inspect, require_complete
from mailer.consent.models import FormSnapshot, Notice, NoticeKind, NoticeSource
from mailer.consent.notices import SHOWN, NoticeText, in_force, shipped
from mailer.consent.queries import current_notice
from mailer.consent.tracking import Mode
from mailer.db import Base, db, transaction
from mailer.errors import Conflict, Invalid

# A name whose article no template can know, and one that begins with a consonant.
NAMES = ("Agence de l’Estran", "Ville de Caen", "Office du tourisme", "Le Havre Seine Métropole")
# In French a space that no line ends on stands before these, and inside quotation marks.
BREAKABLE = re.compile(r"(?<=[^\n]) [;:!?»]|« ")


@pytest.fixture
def keep(app):
    def keep(kind=NoticeKind.SHORT, locale="fr"):
        with transaction():
            operations.keep_notice(in_force(kind, locale), now())

    return keep


@pytest.mark.parametrize(("kind", "locale"), SHOWN)
@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_notices_have_no_fault_whoever_sends(app, kind, locale, name):
    app.config["ORGANISATION"] = name

    assert inspect(in_force(kind, locale)) == []


@pytest.mark.parametrize("field", Field)
@pytest.mark.parametrize("locale", ["fr", "en"])
def test_it_does_not_start_without_a_field_and_names_it(app, locale, field):
    publish(NoticeKind.FULL, locale, without(field, locale))

    with pytest.raises(Invalid, match=f"the full notice in '{locale}' lacks {field}"):
        require_complete()


def publish(kind, locale, text):
    """As an older version would have, which asked for less."""
    with transaction():
        row = NoticeSource(kind=kind, locale=locale, body=text, published_at=now())
        db.session.add(row)


def without(field, locale):
    """The shipped notice without that heading and what stands under it."""
    head, *parts = re.split(r"^(?=## )", shipped(NoticeKind.FULL, locale), flags=re.MULTILINE)
    titles = [part.partition("\n")[0].removeprefix("## ") for part in parts]
    kept = [p for p, t in zip(parts, titles, strict=True) if not HEADINGS[field].find(t, locale)]
    assert len(kept) == len(parts) - 1
    return head + "".join(kept)


def test_a_fault_that_is_no_lack_is_logged_and_it_starts(app, capfd):
    publish(NoticeKind.SHORT, "fr", shipped(NoticeKind.SHORT, "fr") + "\nÉcrivez au CIL.\n")

    require_complete()

    assert "rule=former_officer" in capfd.readouterr().err


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("measure", ["none", "aggregate", "last_open_date", "individual"])
def test_french_notices_break_no_line_before_a_sign(app, kind, measure):
    app.config["TRACKING"] = measure
    offer(LawfulBasis.PUBLIC_INTEREST, Mode(measure))

    assert BREAKABLE.findall(in_force(kind, "fr").body) == []


def offer(basis=LawfulBasis.CONSENT, tracking=Mode.NONE):
    with transaction():
        db.session.execute(
            insert(Base.metadata.tables["mailing_list"]).values(
                slug="lettre",
                name="La lettre",
                description="des portraits",
                frequency="Une fois par mois",
                aim="informer de ce qui se passe sur la côte",
                basis=basis,
                tracking=tracking,
            )
        )


@pytest.mark.parametrize(
    ("limit", "asked", "told"),
    [
        ("none", Mode.INDIVIDUAL, "Nous ne mesurons ni l’ouverture"),
        ("aggregate", Mode.INDIVIDUAL, "sans savoir qui a ouvert"),
        ("last_open_date", Mode.LAST_OPEN_DATE, "la date de votre dernière ouverture"),
        ("individual", Mode.INDIVIDUAL, "seulement si vous l’acceptez par une case distincte"),
        ("individual", Mode.NONE, "Nous ne mesurons ni l’ouverture"),
    ],
)
def test_the_notice_says_what_is_measured_at_most(app, limit, asked, told):
    app.config["TRACKING"] = limit
    offer(tracking=asked)

    assert told in in_force(NoticeKind.FULL, "fr").body
    assert inspect(in_force(NoticeKind.FULL, "fr")) == []


@pytest.mark.parametrize("basis", OF_A_LIST)
@pytest.mark.parametrize("locale", ["fr", "en"])
def test_a_list_is_told_with_its_purpose_and_its_basis(app, locale, basis):
    offer(basis)

    body = in_force(NoticeKind.FULL, locale).body
    assert "La lettre" in body
    assert "informer de ce qui se passe sur la côte" in body
    assert rulebook.load().cite(basis, locale) in body
    assert [f for kind in NoticeKind for f in inspect(in_force(kind, locale))] == []


def test_two_first_visitors_at_once_keep_one_notice(app):
    text, at = in_force(NoticeKind.SHORT, "fr"), now()
    # What was read so far must not hide from the test what the visitors write.
    db.session.rollback()
    ready = Barrier(2)

    def visit():
        with app.app_context():
            ready.wait()
            with transaction():
                operations.keep_notice(text, at)
                digest = operations.keep_form(canonical({"boxes": []}), at)
            db.session.remove()
        return digest

    with ThreadPoolExecutor(2) as pool:
        digests = {visitor.result() for visitor in [pool.submit(visit), pool.submit(visit)]}

    assert len(digests) == 1
    assert [row.version for row in db.session.scalars(select(Notice))] == [1]
    assert len(db.session.scalars(select(FormSnapshot)).all()) == 1


def test_two_new_texts_at_once_are_two_versions(app):
    at, ready = now(), Barrier(2)

    def visit(body):
        with app.app_context():
            ready.wait()
            with transaction():
                operations.keep_notice(NoticeText(NoticeKind.SHORT, "fr", body), at)
            db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(visit, ["# Un\n", "# Autre\n"]))

    assert sorted(row.version for row in db.session.scalars(select(Notice))) == [1, 2]


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
