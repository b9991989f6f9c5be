"""What the law says in numbers stands in mailer/rules alone."""

import re

import pytest
from legal_numbers import Place, found_in

# Places that state a time or an article without taking it from the rulebook, and why they may.
ALLOWED = {
    "mailer/accounts/keys/": "how long a key of the API opens: security of the key",
    "mailer/accounts/operations.py": "how many sign-ins are remembered: security of the desk",
    "mailer/articles/public.py": "how long a browser may keep a picture",
    "mailer/cli/bench.py": "made-up letters for a measurement",
    "mailer/consent/models.py": "why a column survives erasure: a source beside what it is about",
    "mailer/doctor/": "when what is done each day or night is late: no rule",
    "mailer/demo/": "a story that is told: nothing of it is a rule",
    "mailer/bounces/history.py": "how long a server tries before it gives up (RFC 5321, 4.5.4.1)",
    "mailer/delivery/corrections.py": "how long a letter is offered for correction: no rule",
    "mailer/delivery/patience.py": "how long a mailbox may stay full: deliverability, not law",
    "mailer/delivery/sequence_rules.py": "how late a welcome still is one: no rule",
    "mailer/mail/retry.py": "how long a relay may be out of reach (RFC 5321, 4.5.4.1)",
    "mailer/oversight/desk.py": "how long unusual looks stand on a page: no rule",
    "mailer/retention/desk.py": "how many past reports one page shows",
    "mailer/retention/schedule.py": "why a table stays: a source beside what it is about",
    "mailer/rights/proceedings.py": "why a column survives erasure: a source beside it",
    "mailer/subscriptions/pausing.py": "how long letters may be paused: a choice given to readers",
    "mailer/tokens.py": "how long a link leads to a page: security of the link",
    "mailer/web/site.py": "how long the contact of security.txt holds (RFC 9116)",
}


def test_no_legal_number_or_citation_stands_outside_the_rulebook(root):
    strays = [place for place in found_in(root) if not place.path.startswith(tuple(ALLOWED))]

    assert strays == []


def test_every_exception_is_needed_and_has_its_reason(root):
    found = [place.path for place in found_in(root)]

    assert [path for path in ALLOWED if not any(f.startswith(path) for f in found)] == []
    assert all(ALLOWED.values())


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("mailer/a.py", 'SENTENCE = "Sous 30 jours."\n', "30 jours"),
        ("mailer/a.py", 'SENTENCE = "Within one month."\n', "one month"),
        ("mailer/a.py", 'CITED = f"RGPD art. {n}"\n', "RGPD art."),
        ("mailer/a.py", 'CITED = "article 15"\n', "article 15"),
        ("mailer/a.py", 'LAW = "loi n° 78-17"\n', "78-17"),
        ("mailer/a.py", "PROOF_YEARS = 5\n", "PROOF_YEARS = 5"),
        ("mailer/a.py", "kept = timedelta(days=7)\n", "timedelta(days=7)"),
        ("mailer/a.py", "kept = add_months(day, 36)\n", "add_months(day, 36)"),
        ("templates/a/b.html", "<p>{{ _('Trois ans au plus') }}</p>", "Trois ans"),
        ("templates/emails/a/body.txt", "Réponse sous un mois.", "un mois"),
        ("templates/a/b.txt", "GDPR art. 6(1)(a)", "GDPR art."),
        (
            "mailer/translations/en/LC_MESSAGES/messages.po",
            'msgid "x"\nmsgstr "72 hours"\n',
            "72 hours",
        ),
    ],
)
def test_a_planted_one_is_found(tmp_path, path, text, words):
    plant(tmp_path, path, text)

    assert [(place.path, place.words) for place in found_in(tmp_path)] == [(path, words)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("mailer/a.py", '"""Kept for 7 days (GDPR art. 5)."""\n'),
        ("mailer/a.py", "# One month: art. 12(3).\nX = 1\n"),
        ("mailer/a.py", "kept = timedelta(days=figures.ended_days.value)\n"),
        ("mailer/a.py", 'SENTENCE = "%(num)d jours"\n'),
        ("mailer/rules/fr-2027.toml", 'source = "RGPD art. 12"\n'),
        ("templates/a/b.html", "{# art. 13 #}{{ figures.ended_days.value }} jours"),
        ("templates/a/b.html", "<td>Une fois par mois</td>"),
        ("mailer/translations/en/LC_MESSAGES/messages.po", '#: a.py:7 days\nmsgid "x"\n'),
    ],
)
def test_what_is_reason_source_or_computed_is_let_be(tmp_path, path, text):
    plant(tmp_path, path, text)

    assert list(found_in(tmp_path)) == []


def test_a_place_says_its_line(tmp_path):
    plant(tmp_path, "mailer/a.py", 'X = 1\nY = "article 15"\n')

    assert list(found_in(tmp_path)) == [Place("mailer/a.py", 2, "article 15")]


def plant(folder, path, text):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    assert not re.search(r"\r", text)
