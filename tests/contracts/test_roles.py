"""Who opens what is written twice, in docs/roles.md and on the routes, and both say the same."""

import re
from dataclasses import dataclass

import pytest

from mailer.accounts.role_words import MEANINGS, WARNINGS
from mailer.accounts.roles import CONFLICTS, Role, conflicts
from mailer.web.access import DESK, SIGNED_IN, is_desk, roles_of

ROW = re.compile(r"^\| [^|]+ \| `(?P<address>/[^`]*)` \|(?P<cells>[^\n]+)\|$", re.MULTILINE)
COLUMNS = ("editor", "approver", "sender", "subscribers", "dpo", "admin")
OPENS = {"GET": {"looks", "acts"}, "POST": {"acts"}}

LOOK_AND_ACT = ("GET", "POST")
CASES = ("/bureau/demandes", "/bureau/courriels", "/bureau/violations")
PEOPLE = ("/bureau/abonnes", "/bureau/preuves", "/bureau/envois/<>/incertains/adresses")
LETTERS = ("/bureau/lettres", "/bureau/articles", "/bureau/sources")
AUTOMATIC = "/bureau/envois-automatiques"
SERIES = "/bureau/series"
SENDING = ("/bureau/envois", AUTOMATIC, SERIES, "/bureau/lettres/<>/envoi")
# An automatic letter, or a series for newcomers, is set up by who writes, and starts by the hand of
# who sends; a correction of what has left is a draft.
PREPARING = (
    AUTOMATIC,
    f"{AUTOMATIC}/<>/reglages",
    f"{AUTOMATIC}/<>/pause",
    SERIES,
    f"{SERIES}/<>/etapes",
    f"{SERIES}/<>/etapes/<>",
    f"{SERIES}/<>/etapes/<>/suppression",
    f"{SERIES}/<>/pause",
    "/bureau/envois/<>/correction",
)
APPROVING = ("/bureau/lettres/<>/approbation", "/bureau/envois/<>/objets/approbation")


@dataclass(frozen=True)
class Never:
    """Whatever the table and the routes say, that role has no such method below these addresses."""

    role: str
    methods: tuple[str, ...]
    addresses: tuple[str, ...]
    but: tuple[str, ...] = ()


NEVER = (
    *(Never(role, LOOK_AND_ACT, CASES) for role in COLUMNS if role != "dpo"),
    *(Never(role, LOOK_AND_ACT, PEOPLE) for role in ("editor", "approver", "sender", "admin")),
    *(Never(role, ("POST",), APPROVING) for role in ("sender", "subscribers", "dpo", "admin")),
    *(Never(role, ("POST",), SENDING) for role in ("dpo", "admin")),
    Never("dpo", ("POST",), (*LETTERS, "/bureau/elections", "/bureau/groupes-essai")),
    Never("dpo", LOOK_AND_ACT, ("/bureau/abonnes/exportation", "/bureau/abonnes/importation")),
    Never("editor", ("POST",), SENDING, PREPARING),
    Never("approver", ("POST",), (*LETTERS, *SENDING), APPROVING),
    Never("subscribers", ("POST",), SENDING, ("/bureau/envois/<>/incertains/adresses",)),
)


@pytest.fixture(scope="module")
def table(request):
    """What docs/roles.md says of each address."""
    text = (request.config.rootpath / "docs" / "roles.md").read_text()
    return {row["address"]: in_columns(row["cells"]) for row in ROW.finditer(text)}


def in_columns(cells):
    return dict(zip(COLUMNS, (cell.strip() for cell in cells.split("|")), strict=True))


def plain(rule):
    """The address of a route, each of its variables as `<>`."""
    return re.sub(r"<[^>]*>", "<>", rule.rule)


def is_below(address, above):
    return address == above or (above != DESK and re.match(rf"{re.escape(above)}[/.]", address))


def declared(app):
    """Each address of the desk with its method and the roles that its route names."""
    for rule in app.url_map.iter_rules():
        roles = roles_of(app, rule.endpoint) or frozenset()
        if is_desk(rule.rule):
            for method in sorted(rule.methods & set(LOOK_AND_ACT)):
                yield plain(rule), method, set(COLUMNS if SIGNED_IN in roles else roles)


def written(table, address, method):
    """Who may, by the row with the longest address; None when the table has no such row."""
    above = max((each for each in table if is_below(address, each)), key=len, default=None)
    if above is None:
        return None
    return {role for role, cell in table[above].items() if cell in OPENS[method]}


def test_every_route_of_the_desk_is_open_to_whom_the_document_says(app, table):
    assert set(COLUMNS) == set(Role)
    wrong = [
        f"{method} {address} is open to {sorted(roles)}, in docs/roles.md to {said}"
        for address, method, roles in declared(app)
        if roles != (said := written(table, address, method))
    ]

    assert wrong == []


def test_every_row_of_the_document_is_of_some_route(app, table):
    addresses = [address for address, _, _ in declared(app)]
    idle = [row for row in table if not any(is_below(address, row) for address in addresses)]

    assert idle == []


def test_roles_that_are_kept_apart_meet_on_no_route(app):
    met = [
        f"{role} may {method} {address}"
        for address, method, roles in declared(app)
        for never in NEVER
        for role in roles & {never.role}
        if method in never.methods
        and address not in never.but
        and any(is_below(address, each) for each in never.addresses)
    ]

    assert met == []


def test_every_role_says_what_it_opens_and_what_not():
    assert set(MEANINGS) == set(Role)
    assert {each.other for each in CONFLICTS} == set(WARNINGS)


@pytest.mark.parametrize(
    ("roles", "others"),
    [
        ({"dpo"}, []),
        ({"editor", "sender", "subscribers"}, []),
        ({"dpo", "editor"}, []),
        ({"dpo", "sender"}, ["sender"]),
        ({"dpo", "admin"}, ["admin"]),
        (set(Role), ["sender", "admin"]),
    ],
)
def test_an_officer_does_not_judge_their_own_work(roles, others):
    assert [each.other for each in conflicts(roles)] == others
