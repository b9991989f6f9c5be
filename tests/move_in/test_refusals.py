"""What cannot be used is refused in a sentence that says how to mend it, and nothing is taken."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from mailer.db import db
from mailer.move_in.sorting_out import HEADER
from mailer.subscriptions.imports import storage
from mailer.subscriptions.models import MailingList

HEAD = "cid,status,HASH_EMAIL,EMAIL\n"


def archive(members, *, damaged=False):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    found = content.getvalue()
    return found[:40] + bytes(20) + found[60:] if damaged else found


BOMB = {"a.csv": "0" * 30_000_000}
SHEET = {"a.csv": HEAD + "".join(f"{n},subscribed,x,p{n}@phare.example\n" for n in range(200))}
CASES = {
    "a bomb": ("x.zip", archive(BOMB), "one after the other"),
    "a damaged archive": ("x.zip", archive(SHEET, damaged=True), "Download it again"),
    "the end of an archive": ("x.zip", archive(SHEET)[:400], "Download it again"),
    "an archive of pictures": ("x.zip", archive({"a.png": "x"}), "Give the exported files"),
    "a broken encoding": ("x.csv", HEAD.encode() + b"1,subscribed,x,l\x81a@phare.example", "UTF-8"),
    "another table": ("x.csv", b"a,b\n1,2\n", "mailer import"),
    "an empty file": ("x.csv", b"", "mailer import"),
    "no JSON": ("x.json", b"{", "as it is"),
    "deep JSON": ("x.json", b"[" * 200_000, "as it is"),
    "JSON of something else": ("x.json", json.dumps({"a": 1}).encode(), "Moving in"),
    "JSON in Latin letters": ("x.json", '["é"]'.encode("latin-1"), "UTF-8"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_that_cannot_be_used_is_refused_with_its_cure(app, move_in, tmp_path, case):
    name, content, cure = CASES[case]
    (tmp_path / name).write_bytes(content)

    said = move_in("mailtrain", str(tmp_path / name), "--list", "Le port")

    assert (said.exit_code, f"Error: {name}" in said.stderr or "a.csv" in said.stderr) == (1, True)
    assert cure in said.stderr
    assert db.session.scalars(select(MailingList)).all() == []
    assert list(storage.folder().iterdir()) == []


def test_an_archive_that_is_locked_is_refused(move_in, tmp_path):
    locked = bytearray(archive(SHEET))
    # The first flag of the local header and of the central directory (APPNOTE.TXT 4.4.4).
    for place in (6, locked.rindex(b"PK\x01\x02") + 8):
        locked[place] |= 1
    (tmp_path / "x.zip").write_bytes(bytes(locked))

    said = move_in("mailtrain", str(tmp_path / "x.zip"), "--list", "Le port")

    assert (said.exit_code, "password" in said.stderr) == (1, True)


def test_a_file_that_names_no_list_needs_one(move_in):
    said = move_in("brevo", "brevo-contacts.csv")

    assert (said.exit_code, "--list" in said.stderr) == (1, True)
    assert db.session.scalars(select(MailingList)).all() == []


def test_an_unknown_status_is_set_aside_and_said(report, tmp_path):
    (tmp_path / "x.csv").write_text(f"{','.join(HEADER)}\nlea@phare.example,peut-être,,\n")

    told = report("mailtrain", str(tmp_path / "x.csv"), "--list", "Le port")

    assert told["people"][0]["counts"] == {"faulty": 1}
