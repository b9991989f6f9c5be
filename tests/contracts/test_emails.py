"""Every e-mail has its three parts and a golden file of each."""

import pytest

PARTS = {"subject.txt", "body.txt", "body.html"}


@pytest.fixture
def emails(root):
    """The folders of the e-mails, as domain/name."""
    templates = root / "templates/emails"
    return {str(f.parent.relative_to(templates)) for f in templates.glob("*/*/*.*")}


def test_every_email_has_subject_text_and_html(root, emails):
    lacking = {
        email: PARTS - {part.name for part in (root / "templates/emails" / email).iterdir()}
        for email in emails
    }

    assert {email: parts for email, parts in lacking.items() if parts} == {}


def test_every_email_has_golden_files(root, emails):
    golden = root / "tests/emails"

    assert {email for email in emails if not list(golden.glob(f"{email}*"))} == set()
