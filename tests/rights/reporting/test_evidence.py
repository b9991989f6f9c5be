"""The proof file of a case: complete, the same in both forms, discreet until asked, recorded."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import date

import pytest
from sqlalchemy import inspect
from statements import statements

from mailer.audit.queries import history_of
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.queries import by_reference

REFERENCE = "DR-2026-0001"
CASE = f"/bureau/demandes/{REFERENCE}"
FILE = f"{CASE}/preuve.zip"


def taken(browser, path=FILE):
    """The two files of the archive, by their ending."""
    answer = browser.get(path)
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name.rpartition(".")[2]: archive.read(name) for name in archive.namelist()}


def said(browser, path=FILE):
    return json.loads(taken(browser, path)["json"])


def words(pdf):
    """The text of the PDF, as a screen reader would come by it."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(  # noqa: S603 - it reads the file that was just made
        [program, "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().split())


@pytest.fixture
def case(dpo, lived):
    """A case with a bit of everything."""
    lived(Right.ACCESS, on=date(2026, 11, 20))
    dpo.submit(f"{CASE}/attribution")
    dpo.submit(f"{CASE}/notes", words="Rappeler jeudi.")
    dpo.submit(f"{CASE}/identite", wanted="2", doubt="Deux lettres se contredisent.")
    dpo.submit(f"{CASE}/prolongation", ground="complexity", facts="Trois fichiers à relire.")
    return by_reference(REFERENCE)


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_the_file_does_not_exist_for_anyone_else(staff, lived, role):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    assert staff(role).get(FILE).status_code == 404


def test_an_unknown_case_has_no_file(dpo):
    assert dpo.get(FILE).status_code == 404


def test_the_case_page_offers_it(dpo, case):
    page = dpo.get(CASE).text
    assert f'action="{FILE}"' in page
    assert 'name="adresse"' in page


def test_the_data_hold_the_clock_step_by_step(dpo, case):
    clock = said(dpo)["clock"]
    assert (clock["rulebook"], clock["due"]) == ("fr-2026.1", case.due.isoformat())
    assert clock["steps"][0] == {"day": "2026-11-20", "cause": "received", "detail": ""}
    assert clock["sources"][0].startswith("RGPD")


def test_the_data_hold_what_was_done_and_by_whom(dpo, case):
    content = said(dpo)
    assert content["notes"][0] | {"at": ""} == {
        "at": "",
        "by": "account:1",
        "words": "Rappeler jeudi.",
    }
    assert content["questions"][0]["doubt"] == "Deux lettres se contredisent."
    assert content["extension"][0]["ground"] == "complexity"
    verbs = [(entry["actor"], entry["verb"]) for entry in content["record"]]
    assert ("account:1", "assign") in verbs
    assert verbs[-1] == ("account:1", "export-proof")
    assert {"asked_on", "at", "received_on"} <= {each["what"] for each in content["moments"]}


def test_a_letter_stands_with_its_words_and_how_far_it_has_come(dpo, case):
    (first, *_rest) = said(dpo)["letters"]
    assert (first["kind"], first["via"], first["delivery"]) == (
        "acknowledgement",
        "email",
        "queued",
    )
    assert "Madame, Monsieur" in first["text"] or "Bonjour" in first["text"]


def test_a_letter_that_was_kept_stands_with_its_hash_and_whether_it_holds(dpo, lived):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    dpo.submit(f"{CASE}/lettres/receipt/envoi")
    receipt = said(dpo)["letters"][-1]
    kept = by_reference(REFERENCE).letters[-1]
    assert (receipt["sha256"], receipt["hash_holds"]) == (kept.sha256, True)
    with transaction():
        by_reference(REFERENCE).letters[-1].source += "<p>Ajouté.</p>"
    assert said(dpo)["letters"][-1]["hash_holds"] is False


def test_no_address_and_no_way_in_stands_in_it_until_asked_for(dpo, case):
    files = taken(dpo)
    text = files["json"].decode() + words(files["pdf"])
    assert "nadia.k@exemple.fr" not in text
    assert "n••••@exemple.fr" in text
    mail = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)).first()
    tokens = re.findall(r"/droits/([\w.-]{20,})", mail.text)
    assert tokens
    assert not any(token in text for token in tokens)


def test_the_address_is_given_to_whom_asks_and_the_asking_is_recorded(dpo, case):
    assert said(dpo, f"{FILE}?adresse=1")["case"]["address"] == "nadia.k@exemple.fr"
    verbs = [entry.verb for entry in history_of(f"request:{case.id}")]
    assert verbs[-1] == "export-proof-address"


def test_neither_fingerprints_nor_codes_nor_sealed_names_are_in_it(dpo, case):
    text = taken(dpo, f"{FILE}?adresse=1")["json"].decode()
    assert case.fingerprint not in text
    assert not any(f'"{name}"' in text for name in ("fingerprint", "code_digest", "file"))


def test_the_pdf_bears_the_hash_of_the_json_beside_it(dpo, case):
    files = taken(dpo)
    assert hashlib.sha256(files["json"]).hexdigest() in words(files["pdf"]).replace(" ", "")


def test_the_pdf_is_tagged_and_says_in_words_what_the_data_say_in_codes(dpo, case):
    pdf = taken(dpo)["pdf"]
    assert all(word in pdf for word in (b"/StructTreeRoot", b"pdfuaid:part", b"/Lang(fr"))
    text = words(pdf)
    for sentence in (
        "Dossier de preuve DR-2026-0001",
        "Reçue le vendredi 20 novembre 2026.",
        "Question d’identité posée, délai suspendu",
        "Rappeler jeudi.",
        "Trois fichiers à relire.",
        "prend la demande en charge",
        "télécharge ce dossier de preuve",
    ):
        assert sentence in text


def test_the_pdf_is_in_english_for_who_reads_english(dpo, case):
    text = words(taken(dpo, f"{FILE}?lang=en")["pdf"])
    assert "Proof file DR-2026-0001" in text
    assert "Dossier de preuve" not in text


@pytest.mark.parametrize("typed", ["#eval(1)", "*gras* _z_ $x$", "😀 山田", "a\nb"])
def test_what_somebody_typed_is_printed_and_never_run(dpo, lived, typed):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    dpo.submit(f"{CASE}/notes", words=typed)
    files = taken(dpo)
    assert files["pdf"].startswith(b"%PDF")
    assert json.loads(files["json"])["notes"][0]["words"] == typed


def test_whatever_hangs_on_a_case_stands_in_the_data(dpo, case):
    content = said(dpo)
    assert {each.key for each in inspect(RightsRequest).relationships} <= set(content)


def test_the_file_asks_as_much_of_the_database_for_a_long_case(dpo, case):
    def asked():
        with statements() as seen:
            dpo.get(FILE)
        return len(seen)

    few = asked()
    for number in range(9):
        dpo.submit(f"{CASE}/notes", words=f"Note {number}.")
    assert asked() == few <= 20
